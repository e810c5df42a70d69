import CKernels

/// One recorded operation: what it read and wrote, and how to emit its backward pass.
struct TapeEntry {
    let inputs: [Int32]
    let outputs: [Int32]
    let backward: (Tracer) -> Void
}

/// The state of one reverse pass.
struct GradientPass {
    /// Variables on a path from what is differentiated by.
    var needed: Set<Int32> = []
    var adjoints: [Int32: Tracer.Variable] = [:]
    /// Where the first share of a derivative goes, if that is not to be fresh memory.
    var homes: [Int32: Tracer.Variable] = [:]
}

extension Tracer {
    /// Emits the backward pass for every parameter (Griewank & Walther, "Evaluating Derivatives", chapter 3): after a run,
    /// ``gradient(of:)`` of a parameter holds the derivative of `loss`, zero where the loss does not depend on it.
    ///
    /// - Parameters:
    ///   - loss: a variable of shape [1].
    ///   - others: further variables to differentiate by, such as inputs.
    /// - Returns: where the derivatives by `others` will be.
    @discardableResult
    public func gradient(of loss: Variable, by others: [Variable] = []) -> [Variable] {
        precondition(loss.count == 1, "a loss has one value")
        pass = GradientPass()
        pass.needed = Set(parameters.map(\.variable.id) + others.map(\.id))
        for entry in tape where entry.inputs.contains(where: pass.needed.contains) { pass.needed.formUnion(entry.outputs) }
        let (seed, _) = contribution(to: loss) ?? (variable([1]), false)
        record(NASL_FILL, [seed.id], sizes: [1], values: [1])
        for entry in tape.reversed() where entry.outputs.contains(where: { pass.adjoints[$0] != nil }) {
            entry.backward(self)
        }
        for parameter in parameters where pass.adjoints[parameter.variable.id] == nil {
            if let (zero, _) = contribution(to: parameter.variable) { record(NASL_FILL, [zero.id], sizes: [zero.count], values: [0]) }
        }
        return others.map { other in
            if let known = pass.adjoints[other.id] { return known }
            return variable(other.shape)
        }
    }

    /// The number of operations recorded so far, for ``backward(_:from:adding:setting:)``.
    package var operationCount: Int { tape.count }

    /// Emits the backward pass of some of the operations recorded so far, from derivatives that are there to others; all derivatives by
    /// parameters are added to what is there.
    ///
    /// - Parameters:
    ///   - operations: their numbers, counted by ``operationCount``.
    ///   - outputs: variables and where the derivatives by them stand.
    ///   - sums: variables and where the derivatives by them are added.
    ///   - inputs: variables and where the derivatives by them are put; that may be where a derivative by an output stood.
    package func backward(
        _ operations: Range<Int>, from outputs: [(Variable, Variable)], adding sums: [(Variable, Variable)] = [], setting inputs: [(Variable, Variable)] = []
    ) {
        pass = GradientPass()
        let targets = parameters.map { ($0.variable, gradient(ofParameter: $0.variable)) } + sums
        pass.needed = Set((targets + inputs).map(\.0.id))
        for entry in tape[operations] where entry.inputs.contains(where: pass.needed.contains) { pass.needed.formUnion(entry.outputs) }
        for (variable, adjoint) in targets + outputs { pass.adjoints[variable.id] = adjoint }
        for (variable, adjoint) in inputs { pass.homes[variable.id] = adjoint }
        for entry in tape[operations].reversed() where entry.outputs.contains(where: { pass.adjoints[$0] != nil }) { entry.backward(self) }
    }

    /// Where the gradient of a parameter is after a run of the section that computes it.
    public func gradient(ofParameter parameter: Variable) -> Variable {
        var place = places[Int(parameter.id)]
        precondition(place.storage == Tracer.parameterStorage, "not a parameter")
        place.storage = Tracer.gradientStorage
        places.append(place)
        return Variable(id: Int32(places.count - 1), shape: parameter.shape)
    }

    // MARK: - for operations

    func addToTape(_ inputs: [Variable], _ outputs: [Variable], backward: @escaping (Tracer) -> Void) {
        tape.append(TapeEntry(inputs: inputs.map(\.id), outputs: outputs.map(\.id), backward: backward))
    }

    /// The derivative of the loss by `output`; nil where the loss does not depend on it.
    func adjoint(of output: Variable) -> Variable? { pass.adjoints[output.id] }

    /// Where an operation puts its share of the derivative by `input`, and whether to add to what is there; nil where nobody asks.
    func contribution(to input: Variable) -> (Variable, accumulate: Bool)? {
        guard pass.needed.contains(input.id) else { return nil }
        if let known = pass.adjoints[input.id] { return (known, true) }
        let fresh = pass.homes[input.id] ?? (isParameter(input) ? gradient(ofParameter: input) : variable(input.shape))
        pass.adjoints[input.id] = fresh
        return (fresh, false)
    }

    /// The derivative by `input` is `adjoint` itself under another shape; says false where it has to be added instead.
    func adopt(_ adjoint: Variable, asAdjointOf input: Variable) -> Bool {
        guard pass.needed.contains(input.id) else { return true }
        guard pass.adjoints[input.id] == nil, pass.homes[input.id] == nil, !isParameter(input) else { return false }
        pass.adjoints[input.id] = view(adjoint, shape: input.shape)
        return true
    }

    /// A parameter itself, not another view of its memory.
    private func isParameter(_ variable: Variable) -> Bool { parameterIDs.contains(variable.id) }
}
