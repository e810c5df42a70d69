import Synchronization

/// Numbers that a callback has seen.
final class Seen: Sendable {
    private let list = Mutex<[Int]>([])

    var rows: [Int] { list.withLock { $0 } }

    func add(_ row: Int) { list.withLock { $0.append(row) } }
}
