/// The boxes of a diagram in levels, each below what it takes from ("Methods for Visual Understanding of Hierarchical System Structures",
/// Sugiyama, Tagawa & Toda 1981). An arrow over several levels goes through a bend on each between; arrows from one box share their bends.
struct DiagramLevels {
    struct Node {
        /// nil: a bend.
        let box: Int?
        /// The box where what goes through it begins.
        let source: Int
        let level: Int
        var above: [Int] = []
        var below: [Int] = []
    }

    private(set) var nodes: [Node]
    /// Nodes from left to right.
    private(set) var levels: [[Int]]

    init(_ diagram: Diagram) {
        var level = [Int](repeating: 0, count: diagram.boxes.count)
        // Arrows lead to later boxes.
        for arrow in diagram.arrows.sorted(by: { $0.to < $1.to }) { level[arrow.to] = max(level[arrow.to], level[arrow.from] + 1) }
        nodes = diagram.boxes.indices.map { Node(box: $0, source: $0, level: level[$0]) }
        levels = []
        var bends: [[Int]: Int] = [:]
        for arrow in diagram.arrows {
            var last = arrow.from
            for between in level[arrow.from] + 1..<max(level[arrow.to], level[arrow.from] + 1) {
                let bend = bends[[arrow.from, between]] ?? nodes.count
                if bend == nodes.count {
                    nodes.append(Node(box: nil, source: arrow.from, level: between))
                    bends[[arrow.from, between]] = bend
                    connect(last, bend)
                }
                last = bend
            }
            connect(last, arrow.to)
        }
        levels = [[Int]](repeating: [], count: (level.max() ?? -1) + 1)
        for (number, node) in nodes.enumerated() { levels[node.level].append(number) }
        order()
    }

    private mutating func connect(_ upper: Int, _ lower: Int) {
        nodes[upper].below.append(lower)
        nodes[lower].above.append(upper)
    }

    /// Each node goes to the mean place of its neighbours, down and up again; the order with the fewest crossings stays.
    private mutating func order() {
        var best = (crossings: crossings, levels: levels)
        for sweep in 0..<12 {
            let isDown = sweep % 2 == 0
            for level in isDown ? Array(levels.indices.dropFirst()) : levels.indices.dropLast().reversed() {
                let neighbours = levels[isDown ? level - 1 : level + 1]
                let place = Dictionary(uniqueKeysWithValues: neighbours.enumerated().map { ($1, Double($0)) })
                let keys = levels[level].enumerated().map { current, node -> (key: Double, current: Int, node: Int) in
                    let places = (isDown ? nodes[node].above : nodes[node].below).compactMap { place[$0] }
                    return (places.isEmpty ? Double(current) : places.reduce(0, +) / Double(places.count), current, node)
                }
                levels[level] = keys.sorted { ($0.key, $0.current) < ($1.key, $1.current) }.map(\.node)
            }
            let count = crossings
            if count < best.crossings { best = (count, levels) }
        }
        levels = best.levels
    }

    private var crossings: Int {
        var count = 0
        for (upper, lower) in zip(levels, levels.dropFirst()) {
            let place = Dictionary(uniqueKeysWithValues: lower.enumerated().map { ($1, $0) })
            let ends = upper.map { nodes[$0].below.compactMap { place[$0] } }
            for right in ends.indices {
                for left in 0..<right { count += ends[left].reduce(0) { sum, end in sum + ends[right].count { $0 < end } } }
            }
        }
        return count
    }
}
