import Synchronization

/// A bound on how much is evaluated, for texts that nobody vouches for: shared by a session and the trials it starts.
///
///     let fuel = Fuel(100_000)
///     try fuel.spend(1_000)      // a Fault once nothing is left
///
/// One unit is about one evaluated expression, one element of a list or one training step.
public final class Fuel: Sendable {
    private let left: Atomic<Int>

    public init(_ amount: Int) { left = Atomic(amount) }

    public func fill(_ amount: Int) { left.store(amount, ordering: .relaxed) }

    public var isEmpty: Bool { left.load(ordering: .relaxed) <= 0 }

    public func spend(_ amount: Int) throws(Fault) {
        let before = left.load(ordering: .relaxed)
        // Never below zero, however often it is asked for.
        if before > 0 { left.store(amount >= before ? 0 : before - amount, ordering: .relaxed) }
        if isEmpty { throw .outOfFuel }
    }
}
