import CKernels
import NaslExpr

extension Tracer {
    /// A function of the language on every element, fused into one pass over memory, and so is its backward pass.
    ///
    ///     let swish = FunctionTerm(parameters: ["x"], body: .apply(.mul, .variable("x"), .apply(.sigmoid, .variable("x"))))
    ///     let y = try tracer.elementwise(swish, [x])
    ///
    /// - Parameters:
    ///   - f: as many parameters as there are `xs`.
    ///   - xs: all of one shape, or [1], or [C] against a last axis of length C (one value per channel), or that shape with a last
    ///     axis of length 1 (one value per row).
    ///   - weights: for each `param(..)` in the body, in reading order, a variable of shape [C] or [1].
    /// - Throws: ``NotElementwise`` if the body is no elementwise term, ``ShapeMismatch`` if the shapes do not fit.
    public func elementwise(_ f: FunctionTerm, _ xs: [Variable], weights: [Variable] = []) throws -> Variable {
        let operands = xs + weights
        guard f.parameters.count == xs.count, let layout = ElementwiseLayout(operands.map(\.shape)) else {
            throw ShapeMismatch(operation: "`\(f)`", shapes: operands.map(\.shape))
        }
        // The last input is the adjoint of the result, read by the backward program only.
        var graph = Graph(inputs: operands.count + 1)
        graph.nextSite = sites
        var names: [Symbol: Graph.Ref] = [:]
        for (slot, name) in f.parameters.enumerated() { names[name] = graph.input(slot) }
        let result = try graph.insert(f.body, names, weights: weights.indices.map { graph.input(xs.count + $0) })
        sites = graph.nextSite
        let output = elementwise(graph, result, operands, layout)
        note(.elementwise(f, weights: weights.count), operands, [output])
        return output
    }

    /// The sum of two variables whose shapes fit as in ``elementwise(_:_:weights:)``.
    public func add(_ a: Variable, _ b: Variable) -> Variable { apply(.add, a, b) }

    /// The difference.
    public func subtract(_ a: Variable, _ b: Variable) -> Variable { apply(.sub, a, b) }

    /// The product, element by element.
    public func multiply(_ a: Variable, _ b: Variable) -> Variable { apply(.mul, a, b) }

    /// `(a - b)^2`, element by element.
    public func squaredError(_ a: Variable, _ b: Variable) -> Variable {
        apply([a, b]) { graph in graph.apply(.square, graph.apply(.sub, graph.input(0), graph.input(1))) }
    }

    /// `x` times a number.
    public func scale(_ x: Variable, by factor: Double) -> Variable {
        apply([x]) { graph in graph.apply(.mul, graph.input(0), graph.number(factor)) }
    }

    private func apply(_ primitive: Primitive, _ a: Variable, _ b: Variable) -> Variable {
        apply([a, b]) { graph in graph.apply(primitive, graph.input(0), graph.input(1)) }
    }

    private func apply(_ operands: [Variable], _ body: (inout Graph) -> Graph.Ref) -> Variable {
        guard let layout = ElementwiseLayout(operands.map(\.shape)) else {
            preconditionFailure(ShapeMismatch(operation: "an elementwise operation", shapes: operands.map(\.shape)).description)
        }
        var graph = Graph(inputs: operands.count + 1)
        let result = body(&graph)
        return elementwise(graph, result, operands, layout)
    }

    private func elementwise(_ graph: Graph, _ result: Graph.Ref, _ operands: [Variable], _ layout: ElementwiseLayout) -> Variable {
        let output = variable(layout.shape)
        run(graph, [result], inputs: operands, layout, outputs: [(output, layout.full, false)])
        addToTape(operands, [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            var graph = graph
            let wanted = operands.indices.filter { tracer.pass.needed.contains(operands[$0].id) }
            let slopes = graph.gradient(of: result, seed: graph.input(operands.count), by: wanted.map(graph.input))
            let targets = wanted.map { slot in
                let (target, accumulate) = tracer.contribution(to: operands[slot]) ?? (output, false)
                return (target, layout.kinds[slot], accumulate)
            }
            tracer.run(graph, slopes, inputs: operands + [adjoint], layout.withAdjoint, outputs: targets)
        }
        return output
    }

    private func run(
        _ graph: Graph, _ results: [Graph.Ref], inputs: [Variable], _ layout: ElementwiseLayout,
        outputs: [(target: Variable, kind: ElementwiseLayout.Kind, accumulate: Bool)]
    ) {
        let scalars = Set(inputs.indices.filter { layout.kinds[$0].code == NASL_SCALAR })
        let program = Program(graph, outputs: results, scalars: scalars, aliases: [:])
        var places: [nasl_operand] = []
        for slot in 0..<graph.inputCount {
            guard slot < inputs.count, program.code.isUsed[slot] else {
                places.append(nasl_operand(at: -1, period: 1, kind: Int32(NASL_UNUSED), accumulate: 0))
                continue
            }
            let kind = layout.kinds[slot]
            places.append(nasl_operand(at: Int64(inputs[slot].id), period: Int64(kind.period), kind: Int32(kind.code), accumulate: 0))
        }
        for (slot, output) in outputs.enumerated() {
            var code = output.kind.code
            if code == NASL_FULL, output.accumulate || !program.code.isDirect[slot] { code = NASL_COPIED }
            places.append(nasl_operand(
                at: Int64(output.target.id), period: Int64(output.kind.period), kind: Int32(code), accumulate: output.accumulate ? 1 : 0))
        }
        record(program, places, count: layout.shape.reduce(1, *))
    }

    /// Records a program; `count` nil means all parameters.
    func record(_ program: Program, _ places: [nasl_operand], count: Int?) {
        programs.append(program)
        record(NASL_ELEMENTWISE, [], sizes: [count ?? -1, programs.count - 1, operands.count])
        operands += places
    }
}

/// How operands of different shapes meet in an elementwise operation.
struct ElementwiseLayout {
    struct Kind {
        let code: Int
        let period: Int
    }

    let shape: [Int]
    private(set) var kinds: [Kind]
    let full = Kind(code: NASL_FULL, period: 1)

    /// Nil where the shapes do not fit.
    init?(_ shapes: [[Int]]) {
        guard let largest = shapes.max(by: { ($0.reduce(1, *), $0.count) < ($1.reduce(1, *), $1.count) }) else { return nil }
        shape = largest
        kinds = []
        for candidate in shapes {
            if candidate == largest {
                kinds.append(full)
            } else if candidate.reduce(1, *) == 1 {
                kinds.append(Kind(code: NASL_SCALAR, period: 1))
            } else if candidate.count == 1, candidate[0] == largest.last {
                kinds.append(Kind(code: NASL_COLUMNS, period: candidate[0]))
            } else if candidate.count == largest.count, candidate.last == 1, candidate.dropLast() == largest.dropLast() {
                kinds.append(Kind(code: NASL_ROWS, period: largest[largest.count - 1]))
            } else {
                return nil
            }
        }
    }

    /// With one more operand, the adjoint of the result.
    var withAdjoint: ElementwiseLayout {
        var layout = self
        layout.kinds.append(full)
        return layout
    }
}
