/// Threads of its own with large stacks, which share out the items of one batch after another.
///
///     let pool = WorkerPool(workers: 2)
///     pool.run(count: 20, every: 0.1, tick: {}) { item, worker in print(item) }   // returns when all items are done
///     pool.close()
///
/// Items are taken in order from a shared counter. The caller's thread waits, and calls `tick` now and then.
final class WorkerPool {
    private let shared: SharedBatch
    /// How many threads there really are; where none could be made, batches run on the caller's thread.
    let workers: Int

    init(workers: Int, stackBytes: Int = 64 << 20) {
        let shared = SharedBatch()
        var made = 0
        for _ in 0..<max(1, workers) where startThread(shared, stackBytes: stackBytes) { made += 1 }
        self.shared = shared
        self.workers = made
    }

    deinit { close() }

    /// Calls `body` once for each item of `0 ..< count`, on the workers, which are numbered from 1; returns when all have returned.
    func run(count: Int, every seconds: Double, tick: () -> Void, _ body: @escaping @Sendable (_ item: Int, _ worker: Int) -> Void) {
        if workers == 0 {
            for item in 0..<count {
                body(item, 1)
                tick()
            }
            return
        }
        shared.begin(count, body)
        while !shared.wait(atMost: seconds) { tick() }
    }

    /// Ends the threads and waits for them.
    func close() { shared.close(workers) }
}
