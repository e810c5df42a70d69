import NaslExpr

/// Ways to make a function smaller at one place.
struct Reduction: Sendable {
    enum Kind: String, Sendable { case part, constant }

    let kind: Kind
    /// Where the replaced part stands in the term's nodes.
    let position: Int
    let before: Expr
    let after: Expr
    let whole: Expr

    /// Each operation replaced by one of its arguments and by a constant: 0, 1, and the middle one of the values that it has over `inputs`.
    static func all(of term: FunctionTerm, over inputs: [[Double]]) -> [Reduction] {
        let body = term.body
        var reductions: [Reduction] = []
        for position in body.nodes.indices where body.nodes[position].kind == .primitive {
            let part = body.subterm(at: position)
            var known: Set<Expr> = [part]
            func add(_ kind: Kind, _ after: Expr) {
                guard known.insert(after).inserted else { return }
                reductions.append(Reduction(kind: kind, position: position, before: part, after: after, whole: body.replacing(at: position, with: after)))
            }
            for argument in part.arguments { add(.part, argument) }
            if !part.isConstantTerm { for number in [0, 1] + [median(of: part, term, inputs)].compactMap({ $0 }) { add(.constant, .number(number)) } }
        }
        return reductions
    }

    /// The middle value over the inputs, to three digits; nil where the part needs more than the parameters.
    private static func median(of part: Expr, _ term: FunctionTerm, _ inputs: [[Double]]) -> Double? {
        let function = FunctionTerm(parameters: term.parameters, body: part)
        guard !part.isRandom, (try? function.value(at: inputs.first ?? [])) != nil else { return nil }
        let values = inputs.compactMap { try? function.value(at: $0) }.filter(\.isFinite).sorted()
        guard !values.isEmpty else { return nil }
        return rounded(values[values.count / 2], digits: 3)
    }

    static func rounded(_ value: Double, digits: Int) -> Double {
        guard value != 0, value.isFinite else { return value }
        var scale = 1.0
        while abs(value) * scale < 1, scale < 1e12 { scale *= 10 }
        for _ in 1..<digits { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}

extension Expr {
    /// Whether no name stands in it.
    var isConstantTerm: Bool { !nodes.contains { $0.kind != .number && $0.kind != .primitive } }
}
