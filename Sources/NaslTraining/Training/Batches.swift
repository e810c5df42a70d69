import NaslRandom

/// Which examples each step sees; decided by (seed, "child", repeat, "batches").
///
/// Rows come in random order, every row once before any comes again; a batch may reach from one such epoch into the next. Places in a
/// text are drawn independently, since neighbours overlap anyway. Streams through a text begin at equal distances from a place that is
/// drawn, and go round it as on a ring.
struct Batches {
    enum Order: Sendable {
        case shuffled, places
        /// So many characters further with each step.
        case streams(window: Int)

        init(_ net: any Layer, _ data: DataSet) {
            self = net.window.map { .streams(window: $0) } ?? (data.isText ? .places : .shuffled)
        }
    }

    private var stream: RandomStream
    private let count: Int
    private let kind: Order
    private var hasBegun = false
    private var order: [Int] = []
    private var next: Int
    /// The examples of the present step.
    private(set) var positions: [Int]

    init(count: Int, batch: Int, order kind: Order, seed: Int, repeat: Int) {
        stream = RandomStream(seed: seed, "child", .number(`repeat`), "batches")
        self.count = count
        self.kind = kind
        if case .shuffled = kind { order = Array(0..<count) }
        next = count
        positions = [Int](repeating: 0, count: batch)
    }

    /// From here on so many examples a step; the order goes on.
    mutating func resize(to batch: Int) { positions = [Int](repeating: 0, count: batch) }

    mutating func draw() {
        switch kind {
        case .shuffled: for row in positions.indices { positions[row] = nextRow() }
        case .places: for row in positions.indices { positions[row] = stream.below(count) }
        case .streams(let window): moveStreams(by: window)
        }
    }

    private mutating func moveStreams(by window: Int) {
        let start = hasBegun ? 0 : stream.below(count), distance = count / positions.count
        for row in positions.indices {
            positions[row] = (hasBegun ? positions[row] + window : start + row * distance) % count
        }
        hasBegun = true
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
