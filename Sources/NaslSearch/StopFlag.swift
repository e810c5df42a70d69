import Synchronization

/// A wish to stop, seen by the run and by every child in flight. Any thread (and a signal handler) may set it.
public final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    public var isRequested: Bool { flag.load(ordering: .relaxed) }

    public func request() { flag.store(true, ordering: .relaxed) }

    /// For the next run.
    public func reset() { flag.store(false, ordering: .relaxed) }
}
