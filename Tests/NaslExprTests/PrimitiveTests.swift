import NaslExpr
import Testing

/// The table of primitives: every row's derivative against differences, and what the rows say of themselves.
@Suite struct PrimitiveTests {
    /// Those that draw are checked with the engine, where a key fixes their draws.
    static let names = Primitive.table.filter { !$0.primitive.isRandom }.map(\.name)

    /// Points of the domain, away from kinks and jumps.
    static func points(_ row: Primitive.Row) -> [[Double]] {
        // A lattice with an irrational step, so that no point is special.
        func lattice(_ count: Int, _ step: Double, _ range: ClosedRange<Double>) -> [Double] {
            (1...count).map { number in
                let place = Double(number) * step
                return range.lowerBound + (range.upperBound - range.lowerBound) * (place - place.rounded(.down))
            }
        }
        let count = 400
        let (a, b, c) = (lattice(count, 0.618033988749895, -3...3), lattice(count, 0.414213562373095, -3...3), lattice(count, 0.7320508075688772, -3...3))
        return (0..<count).map { [a[$0], b[$0], c[$0]] }.filter { inDomain(row, $0) && awayFromKinks(row, $0) }
    }

    static func inDomain(_ row: Primitive.Row, _ point: [Double]) -> Bool {
        switch row.domain {
        case .everywhere: true
        case .firstPositive, .firstNonnegative, .power: point[0] > 0.05
        case .secondNonzero: abs(point[1]) > 0.3
        case .cosineNonzero: abs(abs(point[0]) - Double.pi / 2) > 0.2
        }
    }

    static func awayFromKinks(_ row: Primitive.Row, _ point: [Double]) -> Bool {
        let gap = 0.01
        let (a, b) = (point[0], point[1])
        func fromWhole(_ x: Double) -> Double { abs(x - x.rounded()) }
        if row.arity == 1, row.kinks.contains(where: { abs(a - $0) < gap }) { return false }
        switch row.name {
        case "floor": return fromWhole(a) > gap
        case "round": return fromWhole(a + 0.5) > gap
        case "mod": return fromWhole(a / b) > gap * 3
        case "clip": return b > 0.1 && abs(abs(a) - b) > gap
        case "max", "min", "less", "less_or_equal", "greater", "greater_or_equal", "equals", "not_equals": return abs(a - b) > gap
        case "select": return abs(a) > gap
        default: return true
        }
    }

    /// Central differences with one step of Richardson's extrapolation: the error is of the fourth order.
    static func difference(_ h: Double, _ f: (Double) -> Double) -> Double {
        (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
    }

    @Test(arguments: names)
    func derivativesAgreeWithDifferences(_ name: String) throws {
        let row = try #require(Primitive.named(name)?.row)
        let points = Self.points(row)
        #expect(points.count >= 100)
        var graph = Graph(inputs: 3)
        let inputs = (0..<3).map(graph.input)
        let result = graph.apply(row.primitive, inputs[0], row.arity > 1 ? inputs[1] : nil, row.arity > 2 ? inputs[2] : nil)
        let slopes = graph.gradient(of: result, seed: graph.number(1), by: Array(inputs.prefix(row.arity)))
        for point in points {
            for (slot, slope) in slopes.enumerated() {
                let found = graph.value(at: slope, inputs: point)
                let expected = Self.difference(1e-3) { shift in
                    var moved = point
                    moved[slot] += shift
                    return row.evaluate(moved[0], moved[1], moved[2])
                }
                let size = max(abs(expected), 1e-3 * max(1, abs(row.evaluate(point[0], point[1], point[2]))))
                #expect(abs(found - expected) < 1e-6 * size, "argument \(slot) at \(point): \(found), not \(expected)")
            }
        }
    }

    /// Derivatives are terms of the language and can be differentiated again.
    @Test(arguments: names.filter { Primitive.named($0)?.arity == 1 })
    func secondDerivativesAgreeWithDifferences(_ name: String) throws {
        let row = try #require(Primitive.named(name)?.row)
        let first = try FunctionTerm(parameters: ["x"], body: .apply(row.primitive, .variable("x"))).derivative()
        let second = try first.derivative()
        for point in Self.points(row).map({ $0[0] }) where name != "sinc" || abs(abs(point) - 0.01) > 0.005 {
            let found = try second.value(at: [point])
            let expected = Self.difference(1e-3) { (try? first.value(at: [point + $0])) ?? .nan }
            let size = max(abs(expected), 1e-2 * max(1, abs(try first.value(at: [point]))))
            #expect(abs(found - expected) < 1e-5 * size, "at \(point): \(found), not \(expected)")
        }
    }

    /// A negative base may have a whole exponent; the derivative by the base holds there too.
    @Test func powersOfNegativeNumbers() {
        var graph = Graph(inputs: 1)
        let cube = graph.apply(.pow, graph.input(0), graph.number(3))
        let slope = graph.gradient(of: cube, seed: graph.number(1), by: [graph.input(0)])[0]
        #expect(graph.value(at: cube, inputs: [-2]) == -8)
        #expect(graph.value(at: slope, inputs: [-2]) == 12)
    }

    @Test func namesAndOpcodesAreUnique() {
        #expect(Set(Primitive.table.map(\.name)).count == Primitive.table.count)
        #expect(Set(Primitive.table.map(\.primitive.opcode)).count == Primitive.table.count)
        #expect(Set(Primitive.table.compactMap { $0.arity == 2 ? $0.infix : nil }).count == Primitive.table.filter { $0.arity == 2 && $0.infix != nil }.count)
    }

    @Test func lookUpByNameAndBySign() {
        #expect(Primitive.named("tanh") == .tanh)
        #expect(Primitive.named("+") == .add)
        #expect(Primitive.named("add") == .add)
        #expect(Primitive.named("-") == .sub)  // the sign of one argument is no name
        #expect(Primitive.named("tangent") == nil)
    }

    @Test func rowsHaveOneDerivativeForEachArgument() {
        for row in Primitive.table {
            #expect(row.derivative.count == row.arity)
            #expect(!row.summary.isEmpty)
        }
    }

    /// NaN goes through, so that a diverged trial is seen; comparisons alone give 0 or 1.
    @Test func notANumberGoesThrough() {
        let opaque: Set<String> = ["less", "less_or_equal", "greater", "greater_or_equal", "equals", "not_equals", "select", "noise", "drop"]
        for row in Primitive.table where !opaque.contains(row.name) {
            #expect(row.evaluate(.nan, 0.5, 0.5).isNaN, "\(row.name)")
            if row.arity == 2, row.name != "left" { #expect(row.evaluate(0.5, .nan, 0).isNaN, "\(row.name)") }
        }
        #expect(Primitive.less.row.evaluate(.nan, 1, 0) == 0)
    }
}
