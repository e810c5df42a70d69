import NaslRandom

/// Which examples each step sees; decided by (seed, "child", repeat, "batches").
///
/// Rows come in random order, every row once before any comes again; a batch may reach from one such epoch into the next. Places in a
/// text are drawn independently, since neighbours overlap anyway.
struct Batches {
    private var stream: RandomStream
    private let count: Int
    private let isText: Bool
    private var order: [Int] = []
    private var next: Int
    /// The examples of the present step.
    private(set) var positions: [Int]

    init(count: Int, batch: Int, isText: Bool, seed: Int, repeat: Int) {
        stream = RandomStream(seed: seed, "child", .number(`repeat`), "batches")
        self.count = count
        self.isText = isText
        if !isText { order = Array(0..<count) }
        next = count
        positions = [Int](repeating: 0, count: batch)
    }

    mutating func draw() {
        for row in positions.indices { positions[row] = isText ? stream.below(count) : nextRow() }
    }

    private mutating func nextRow() -> Int {
        if next == count {
            shuffle()
            next = 0
        }
        next += 1
        return order[next - 1]
    }

    /// In place (Fisher and Yates).
    private mutating func shuffle() {
        var last = count - 1
        while last > 0 {
            order.swapAt(last, stream.below(last + 1))
            last -= 1
        }
    }
}
