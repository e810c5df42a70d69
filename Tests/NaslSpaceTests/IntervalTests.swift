import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// Intervals contain what comes out, and know when that may be 0.
@Suite struct IntervalTests {
    @Test(arguments: Primitive.table.map(\.primitive).filter { !$0.isRandom }) func encloses(_ primitive: Primitive) {
        var stream = RandomStream(seed: 5, "interval", .number(Int(primitive.opcode)))
        let marks: [Double] = [-.infinity, -20, -3, -1.5, -1, -0.25, 0, 0.5, 1, 2, 3, 20, .infinity]
        for _ in 0..<400 {
            let intervals = (0..<primitive.arity).map { _ -> Interval in
                let a = marks[stream.below(marks.count)], b = marks[stream.below(marks.count)]
                return a == b && abs(a) == .infinity ? .everything : Interval(min(a, b), max(a, b), hasZero: stream.below(2) == 0)
            }
            let image = Interval.image(of: primitive, intervals)
            for _ in 0..<20 {
                let point = intervals.map { interval -> Double in
                    let low = max(interval.low, -50), high = min(interval.high, 50)
                    var value = [low, high, low + (high - low) * stream.uniform()][stream.below(3)]
                    if stream.below(3) == 0 { value = value.rounded() }
                    value = min(max(value, low), high)
                    return value == 0 && !interval.hasZero ? .nan : value
                }
                if point.contains(where: \.isNaN) { continue }
                let value = primitive.row.evaluate(point[0], point.dropFirst().first ?? 0, point.last ?? 0)
                if value.isNaN || abs(value) == .infinity { continue }
                #expect(value >= image.low - 1e-12 * abs(value) && value <= image.high + 1e-12 * abs(value), "\(primitive.name) of \(point) in \(intervals) is \(value), not in \(image)")
                // A product may vanish below the smallest double, and a tail of a distribution, too.
                if value == 0 { #expect(image.hasZero || [.exp, .sigmoid, .softplus].contains(primitive), "\(primitive.name) of \(point) in \(intervals) is 0") }
            }
        }
    }

    @Test func widening() {
        let first = Interval(0.5, 0.75), second = Interval(0.25, 3)
        #expect(second.widened(from: first) == Interval(0, .infinity, hasZero: false))
        #expect(Interval(-0.5, 0.75).widened(from: first) == Interval(-1, 0.75))
        #expect(Interval(-5, 0.75).widened(from: first) == Interval(-.infinity, 0.75))
        #expect(Interval(0.5, 1).widened(from: first) == Interval(0.5, 1))
        #expect(first.union(.nothing) == first && Interval.nothing.union(first) == first)
    }
}
