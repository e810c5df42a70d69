/// A grid of dots, several to a character: 2 x 4 in braille, one in ASCII. Each dot knows which series drew it; earlier series lie on top.
struct DotGrid {
    let columns: Int
    let rows: Int
    private let isBraille: Bool
    private let dotsPerColumn: Int
    private let dotsPerRow: Int
    /// Series number + 1 by dot, row by row from the top; 0 for none.
    private var owners: [UInt8]

    init(columns: Int, rows: Int, isBraille: Bool) {
        self.columns = columns
        self.rows = rows
        self.isBraille = isBraille
        (dotsPerColumn, dotsPerRow) = isBraille ? (2, 4) : (1, 1)
        owners = [UInt8](repeating: 0, count: columns * dotsPerColumn * rows * dotsPerRow)
    }

    private var width: Int { columns * dotsPerColumn }
    private var height: Int { rows * dotsPerRow }

    /// The column of characters in which a fraction of the width lies; nil outside.
    func column(at fraction: Double) -> Int? { (0...1).contains(fraction) ? dot(fraction, width) / dotsPerColumn : nil }

    /// The row of characters, from the top, in which a fraction of the height lies; nil outside.
    func row(at fraction: Double) -> Int? { (0...1).contains(fraction) ? dot(1 - fraction, height) / dotsPerRow : nil }

    private func dot(_ fraction: Double, _ count: Int) -> Int { Int((fraction * Double(count - 1)).rounded()) }

    private mutating func set(_ x: Int, _ y: Int, _ owner: UInt8) {
        let position = y * width + x
        if owners[position] == 0 || owners[position] > owner { owners[position] = owner }
    }

    mutating func mark(_ place: Place, series: Int) { set(dot(place.x, width), dot(1 - place.y, height), UInt8(series + 1)) }

    /// A point that stands alone between gaps: large enough to be seen.
    private mutating func markAlone(_ place: Place, series: Int) {
        let (x, y) = (dot(place.x, width), dot(1 - place.y, height))
        for (right, down) in isBraille ? [(0, 0), (1, 0), (0, 1), (1, 1)] : [(0, 0)] {
            set(min(width - 1, x + right), min(height - 1, y + down), UInt8(series + 1))
        }
    }

    /// Draws a line through the places; `dash` says which of the dots along it are set, over and over.
    mutating func stroke(_ places: [Place], series: Int, dash: [Bool]) {
        if places.count == 1 { return markAlone(places[0], series: series) }
        for (number, dot) in path(places).enumerated() where dash[number % dash.count] { set(dot.x, dot.y, UInt8(series + 1)) }
    }

    /// The dots along a line (Bresenham 1965), without the corners where one step aside follows one up or down: a line one dot thick.
    private func path(_ places: [Place]) -> [(x: Int, y: Int)] {
        var path: [(x: Int, y: Int)] = []
        func add(_ x: Int, _ y: Int) {
            if path.count >= 2 {
                let before = path[path.count - 2]
                if abs(before.x - x) == 1, abs(before.y - y) == 1 { path.removeLast() }
            }
            path.append((x, y))
        }
        for place in places {
            let target = (x: dot(place.x, width), y: dot(1 - place.y, height))
            guard var (x, y) = path.last else {
                path.append(target)
                continue
            }
            let (dx, dy) = (abs(target.x - x), -abs(target.y - y))
            let (stepX, stepY) = (x < target.x ? 1 : -1, y < target.y ? 1 : -1)
            var error = dx + dy
            while (x, y) != (target.x, target.y) {
                let twice = 2 * error
                if twice >= dy { error += dy; x += stepX }
                if twice <= dx { error += dx; y += stepY }
                add(x, y)
            }
        }
        return path
    }

    /// The character of a cell and the series on top there; nil where nothing was drawn.
    func cell(_ column: Int, _ row: Int) -> (character: Character, series: Int)? {
        var bits: UInt32 = 0
        var top: UInt8 = 0
        for y in 0..<dotsPerRow {
            for x in 0..<dotsPerColumn {
                let owner = owners[(row * dotsPerRow + y) * width + column * dotsPerColumn + x]
                guard owner > 0 else { continue }
                bits |= DotGrid.brailleBit[y][x]
                if top == 0 || owner < top { top = owner }
            }
        }
        guard top > 0 else { return nil }
        let series = Int(top) - 1
        guard isBraille else { return (LineMark.ascii(series), series) }
        return (Character(Unicode.Scalar(0x2800 + bits) ?? " "), series)
    }

    /// Unicode numbers the dots of a braille cell by column, the lowest row last.
    private static let brailleBit: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
}

/// How series are told apart: by colour, by dashes where there is none, by characters in ASCII.
enum LineMark {
    static let colors = ["36", "35", "32", "33", "31", "94"]
    private static let dashes: [(pattern: [Bool], sample: String)] = [
        ([true], "⠒⠒⠒"),
        ([true, true, true, true, false, false, false, false], "⠒ ⠒"),
        ([true, false, false], "⠂⠂⠂"),
        ([true, true, true, true, true, true, false, false, true, false, false], "⠒⠐⠒"),
    ]
    private static let characters = Array("*+o#x%@&=~$")

    static func ascii(_ series: Int) -> Character { characters[series % characters.count] }

    /// With colours lines are solid until the colours run out.
    static func dash(_ series: Int, hasColor: Bool) -> [Bool] { dashes[number(series, hasColor)].pattern }

    /// A piece of the line for the legend.
    static func sample(_ series: Int, _ style: Series.Style, _ output: OutputStyle) -> String {
        guard output.isUnicode else { return String(repeating: ascii(series), count: style == .points ? 1 : 3).padded(to: 3) }
        return style == .points ? " ⠂ " : dashes[number(series, output.hasColor)].sample
    }

    private static func number(_ series: Int, _ hasColor: Bool) -> Int { (hasColor ? series / colors.count : series) % dashes.count }
}
