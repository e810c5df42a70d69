/// Where a diagram's boxes stand and its lines run, on a grid of characters that all writers share.
///
/// Lines leave a box at the middle of its lower edge, which is in an even column, and arrive in odd ones, or from straight above; so
/// no two arrows run along one another.
package struct DiagramLayout {
    package struct Place: Hashable {
        package var column, row, width, height: Int
        var middle: Int { column + width / 2 }
        var bottom: Int { row + height - 1 }
    }

    package struct Point: Hashable {
        package var column, row: Int
    }

    /// A line along the grid, from corner to corner.
    package struct Line: Hashable {
        /// The box where it begins.
        package let source: Int
        package let points: [Point]
        /// Whether it arrives at a box.
        package let isArrow: Bool
    }

    /// Of each box.
    package private(set) var places: [Place] = []
    package private(set) var lines: [Line] = []
    package private(set) var columns = 0
    package private(set) var rows = 0

    private static let gap = 3

    package init(_ diagram: Diagram) {
        let levels = DiagramLevels(diagram)
        let widths = levels.nodes.map { node -> Int in
            guard let box = node.box else { return 1 }
            // On each side of the middle a column for every second line that arrives.
            let text = (diagram.boxes[box].lines.map(\.shownWidth).max() ?? 0) + 4
            return max(text, 4 * node.above.count + 1) | 1
        }
        let middles = DiagramLayout.middles(levels, widths)
        columns = zip(middles, widths).map { $0 + $1 / 2 + 1 }.max() ?? 0
        places = [Place](repeating: Place(column: 0, row: 0, width: 0, height: 0), count: diagram.boxes.count)
        // The first row of each level, and of what comes after it.
        var spans: [(top: Int, bottom: Int)] = []
        var pending: [(from: Int, to: Int, port: Int)] = []
        for level in levels.levels {
            let tracks = DiagramTracks(pending.map { ($0.from, middles[$0.from], $0.port) })
            let top = spans.isEmpty ? 0 : rows + max(tracks.count, 1) + 1
            for (from, to, port) in pending {
                addLine(from: from, to: to, port: port, track: tracks.track[from].map { rows + $0 }, top: top, levels, middles, spans)
            }
            let height = level.compactMap { levels.nodes[$0].box.map { diagram.boxes[$0].lines.count + 2 } }.max() ?? 1
            for node in level {
                if let box = levels.nodes[node].box {
                    places[box] = Place(column: middles[node] - widths[node] / 2, row: top, width: widths[node], height: diagram.boxes[box].lines.count + 2)
                } else {
                    lines.append(Line(source: levels.nodes[node].source, points: [Point(column: middles[node], row: top), Point(column: middles[node], row: top + height - 1)], isArrow: false))
                }
            }
            spans.append((top, top + height - 1))
            rows = top + height
            pending = level.flatMap { node in levels.nodes[node].below.map { (node, $0, 0) } }
            for index in pending.indices { pending[index].port = DiagramLayout.port(of: pending[index].from, at: pending[index].to, levels, middles) }
        }
    }

    private mutating func addLine(
        from: Int, to: Int, port: Int, track: Int?, top: Int, _ levels: DiagramLevels, _ middles: [Int], _ spans: [(top: Int, bottom: Int)]
    ) {
        let node = levels.nodes[from], start = middles[from]
        var points = [Point(column: start, row: node.box.map { places[$0].bottom } ?? spans[node.level].bottom)]
        if port != start, let track { points += [Point(column: start, row: track), Point(column: port, row: track)] }
        points.append(Point(column: port, row: top))
        let isArrow = levels.nodes[to].box != nil
        if !isArrow, port != middles[to] { points.append(Point(column: middles[to], row: top)) }
        lines.append(Line(source: node.source, points: points, isArrow: isArrow))
    }

    /// The column in which a line arrives: the middle from straight above, else an odd column on the side from which it comes.
    private static func port(of from: Int, at to: Int, _ levels: DiagramLevels, _ middles: [Int]) -> Int {
        let middle = middles[to], start = middles[from]
        if start == middle { return middle }
        let isLeft = start < middle
        let nearer = levels.nodes[to].above.count { isLeft ? middles[$0] > start && middles[$0] < middle : middles[$0] < start && middles[$0] > middle }
        return isLeft ? middle - 1 - 2 * nearer : middle + 1 + 2 * nearer
    }

    /// The middle column of each node, even: near the mean of its neighbours', in the order of its level and apart.
    private static func middles(_ levels: DiagramLevels, _ widths: [Int]) -> [Int] {
        // In steps of two columns.
        var middles = [Int](repeating: 0, count: widths.count)
        func room(_ level: [Int]) -> [Int] {
            var sums = [0]
            for (left, right) in zip(level, level.dropFirst()) { sums.append((sums.last ?? 0) + (widths[left] / 2 + widths[right] / 2 + 1 + gap + 1) / 2) }
            return sums
        }
        let rooms = levels.levels.map(room)
        for (level, room) in zip(levels.levels, rooms) { for (node, place) in zip(level, room) { middles[node] = place - (room.last ?? 0) / 2 } }
        for sweep in 0..<11 {
            let isDown = sweep % 2 == 0
            for level in isDown ? Array(levels.levels.indices) : levels.levels.indices.reversed() {
                let wanted = levels.levels[level].map { node -> Double in
                    let near = isDown ? levels.nodes[node].above : levels.nodes[node].below
                    return near.isEmpty ? Double(middles[node]) : near.reduce(0) { $0 + Double(middles[$1]) } / Double(near.count)
                }
                let free = zip(wanted, rooms[level]).map { $0 - Double($1) }
                for (place, level) in zip(zip(levels.levels[level], rooms[level]), ascending(free)) { middles[place.0] = Int(level.rounded(.down)) + place.1 }
            }
        }
        let left = zip(middles, widths).map { 2 * $0 - $1 / 2 }.min() ?? 0
        // Even, so that the middles stay even.
        let shift = left - (left & 1)
        return middles.map { 2 * $0 - shift }
    }

    /// The ascending numbers nearest to these by squares (pooling of adjacent violators; Barlow et al. 1972).
    static func ascending(_ numbers: [Double]) -> [Double] {
        var blocks: [(sum: Double, count: Int)] = []
        for number in numbers {
            blocks.append((number, 1))
            while blocks.count > 1, let last = blocks.last, case let before = blocks[blocks.count - 2], before.sum / Double(before.count) > last.sum / Double(last.count) {
                blocks.removeLast(2)
                blocks.append((before.sum + last.sum, before.count + last.count))
            }
        }
        return blocks.flatMap { [Double](repeating: $0.sum / Double($0.count), count: $0.count) }
    }
}

/// The rows between two levels: one for the lines of each node that do not lead straight down, shared where they stay apart.
struct DiagramTracks {
    private(set) var count = 0
    /// By node, from 0.
    private(set) var track: [Int: Int] = [:]

    init(_ lines: [(from: Int, start: Int, port: Int)]) {
        var spans: [Int: ClosedRange<Int>] = [:]
        for line in lines where line.port != line.start {
            let own = min(line.start, line.port)...max(line.start, line.port)
            spans[line.from] = spans[line.from].map { min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound) } ?? own
        }
        var ends: [Int] = []
        for (node, span) in spans.sorted(by: { ($0.value.lowerBound, $0.key) < ($1.value.lowerBound, $1.key) }) {
            // A row is free where its last span has ended.
            let row = ends.firstIndex { $0 < span.lowerBound - 1 } ?? ends.count
            if row == ends.count { ends.append(0) }
            ends[row] = span.upperBound
            track[node] = row
        }
        count = ends.count
    }
}
