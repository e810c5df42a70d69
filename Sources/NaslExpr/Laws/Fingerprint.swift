/// The values of an elementwise function at fixed points in double precision: a second opinion beside the laws.
///
///     let f = try Fingerprint(of: term)
///     f.comparison(with: g)   // .same(points: 50), or .different at a point
public struct Fingerprint: Sendable {
    public static let pointCount = 50

    /// Nil where a part of the function is not defined.
    let values: [Estimate?]

    /// What the values of two functions say.
    public enum Comparison: Sendable, Equatable {
        /// They agree at so many points at which both are defined.
        case same(points: Int)
        /// At this point they differ by more than rounding explains.
        case different(at: [Double], Double, Double)
    }

    /// - Throws: ``NotElementwise`` where the function is more than an elementwise expression, or draws at random.
    public init(of term: FunctionTerm) throws(NotElementwise) {
        if term.body.isRandom { throw NotElementwise(found: "a random draw") }
        try self.init(marked: FunctionTerm(parameters: term.parameters, body: term.body.marked()))
    }

    /// Each draw of its own is one more argument, by its mark.
    init(marked term: FunctionTerm) throws(NotElementwise) {
        var marks: [Symbol] = []
        for node in term.body.nodes where node.drawsAnew && !marks.contains(node.symbol) { marks.append(node.symbol) }
        let body = term.body.inlined(keepingDraws: false)
        var values: [Estimate?] = []
        for index in 0..<Fingerprint.pointCount {
            var names: [Symbol: Estimate] = [:]
            for (axis, coordinate) in Fingerprint.point(index, axes: term.parameters.count).enumerated() { names[term.parameters[axis]] = .exact(coordinate) }
            // A mark is the same draw in every form of the term, wherever it stands.
            for mark in marks { names[mark] = .exact(SamplePoints.generic(1000 + (Int(mark.text.dropFirst()) ?? 0), of: index)) }
            values.append(try body.estimate(names))
        }
        self.values = values
    }

    public static func point(_ index: Int, axes: Int) -> [Double] { (0..<axes).map { SamplePoints.generic($0, of: index) } }

    package func comparison(with other: Fingerprint, axes: Int) -> Comparison {
        var count = 0
        for (index, pair) in zip(values, other.values).enumerated() {
            guard let a = pair.0, let b = pair.1 else { continue }
            if a.differs(from: b) { return .different(at: Fingerprint.point(index, axes: axes), a.value, b.value) }
            if a.isSignificant, b.isSignificant { count += 1 }
        }
        return .same(points: count)
    }
}
