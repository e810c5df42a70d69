import Synchronization

/// Independent work on own threads with large stacks, for what is not a search: the repeats of a comparison.
///
///     let rewards = Workers.map(count: 30, workers: 2, stop: stop) { number in reward(number) }
public enum Workers {
    /// The results of `0 ..< count` in that order, whatever the number of workers; nil for what was not begun before the flag was set.
    /// `tick` is called on this thread about ten times a second with the number of results so far.
    public static func map<Result: Sendable>(
        count: Int, workers: Int, stackBytes: Int = 64 << 20, stop: StopFlag = StopFlag(), tick: (Int) -> Void = { _ in },
        _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result?] {
        let results = Collected<Result>(count)
        let pool = WorkerPool(workers: min(workers, count), stackBytes: stackBytes)
        defer { pool.close() }
        pool.run(count: count, every: 0.1) {
            tick(results.done)
        } _: { item, _ in
            if stop.isRequested { return }
            results.store(body(item), at: item)
        }
        return results.all
    }
}

private final class Collected<Result: Sendable>: Sendable {
    private let state: Mutex<(results: [Result?], done: Int)>

    init(_ count: Int) { state = Mutex((Array(repeating: nil, count: count), 0)) }

    var done: Int { state.withLock { $0.done } }
    var all: [Result?] { state.withLock { $0.results } }

    func store(_ result: Result, at slot: Int) {
        state.withLock {
            $0.results[slot] = result
            $0.done += 1
        }
    }
}
