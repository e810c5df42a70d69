/// A colour of the scale from dark blue over green to yellow: even in lightness, so that it also reads in grey and by the colour-blind
/// (after viridis, van der Walt & Smith 2015).
struct HeatColor {
    let red: Int
    let green: Int
    let blue: Int

    private static let anchors: [(Double, Double, Double)] = [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)]

    /// The colour at a fraction 0...1 of the scale.
    static func at(_ fraction: Double) -> HeatColor {
        let place = min(max(fraction, 0), 1) * Double(anchors.count - 1)
        let first = min(Int(place), anchors.count - 2)
        let share = place - Double(first)
        let (a, b) = (anchors[first], anchors[first + 1])
        func mix(_ from: Double, _ to: Double) -> Int { Int((from + (to - from) * share).rounded()) }
        return HeatColor(red: mix(a.0, b.0), green: mix(a.1, b.1), blue: mix(a.2, b.2))
    }

    /// Its nearest neighbour among the 6 x 6 x 6 colours that terminals number from 16.
    var terminal: Int {
        func level(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
        return 16 + 36 * level(red) + 6 * level(green) + level(blue)
    }

    /// `#rrggbb`.
    var hex: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension HeatMap {
    /// At most so many rows and columns: each number the mean of a block, those that are not finite left out.
    func reduced(rows target: Int, columns: Int) -> HeatMap {
        guard target < rows || columns < self.columns else { return self }
        let (target, columns) = (min(target, rows), min(columns, self.columns))
        var reduced: [Double] = []
        reduced.reserveCapacity(target * columns)
        for row in 0..<target {
            let rowBlock = row * rows / target..<(row + 1) * rows / target
            for column in 0..<columns {
                var (sum, count) = (0.0, 0.0)
                for y in rowBlock {
                    for x in column * self.columns / columns..<(column + 1) * self.columns / columns where self[y, x].isFinite {
                        sum += self[y, x]
                        count += 1
                    }
                }
                reduced.append(count > 0 ? sum / count : .nan)
            }
        }
        return HeatMap(rows: target, columns: columns, numbers: reduced, scale: scale)
    }
}
