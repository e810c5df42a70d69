extension Graph {
    /// Reverse mode: the derivative of `output`, weighted by `seed`, by each of `inputs`. Cost and size are a small multiple of the
    /// term's own (Griewank & Walther, "Evaluating Derivatives", section 4.6).
    public mutating func gradient(of output: Ref, seed: Ref, by inputs: [Ref]) -> [Ref] {
        gradient(of: [(output, seed)], by: inputs)
    }

    /// The same for several outputs: the sum over them.
    public mutating func gradient(of outputs: [(output: Ref, seed: Ref)], by inputs: [Ref]) -> [Ref] {
        let last = outputs.map(\.output.index).max() ?? 0
        let needed = dependents(of: inputs, upTo: last)
        var adjoints: [Int: Ref] = [:]
        for (output, seed) in outputs { accumulate(seed, into: &adjoints[output.index]) }
        for position in stride(from: last, through: 0, by: -1) {
            guard needed[position], let adjoint = adjoints[position], case .apply(let primitive, _, _, _) = nodes[position] else { continue }
            let here = Ref(position)
            let arguments = arguments(at: here)
            if primitive.isRandom {
                // Both are proportional to their first argument.
                guard needed[arguments[0].index], case .apply(_, _, let second, let third) = nodes[position] else { continue }
                let local = redraw(primitive, number(1), second, primitive == .noise ? second : third)
                accumulate(apply(.mul, adjoint, local), into: &adjoints[arguments[0].index])
                continue
            }
            for (slot, partial) in primitive.row.derivative.enumerated() where needed[arguments[slot].index] {
                guard let partial else { continue }
                let local = partialDerivative(partial, arguments, here)
                accumulate(apply(.mul, adjoint, local), into: &adjoints[arguments[slot].index])
            }
        }
        return inputs.map { adjoints[$0.index] ?? number(0) }
    }

    private mutating func partialDerivative(_ partial: Expr, _ arguments: [Ref], _ result: Ref) -> Ref {
        var names: [Symbol: Ref] = [Graph.resultName: result]
        for (name, argument) in zip(Graph.argumentNames, arguments) { names[name] = argument }
        do { return try insert(partial, names) } catch { preconditionFailure("the table of primitives holds a derivative that is no elementwise term: \(error)") }
    }

    private mutating func accumulate(_ term: Ref, into sum: inout Ref?) {
        sum = if let before = sum { apply(.add, before, term) } else { term }
    }

    private func dependents(of inputs: [Ref], upTo last: Int) -> [Bool] {
        var needed = [Bool](repeating: false, count: nodes.count)
        for input in inputs { needed[input.index] = true }
        for position in 0...last where !needed[position] {
            needed[position] = arguments(at: Ref(position)).contains { needed[$0.index] }
        }
        return needed
    }

    private static let argumentNames: [Symbol] = ["a", "b", "c"]
    private static let resultName: Symbol = "y"
}
