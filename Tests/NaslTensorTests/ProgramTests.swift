import CKernels
import NaslExpr
import NaslRandom
import NaslTensor
import Testing

@Suite struct ProgramTests {
    /// A random graph over `inputs` inputs, and some of its nodes.
    static func randomGraph(seed: Int, inputs: Int, nodes: Int, from primitives: [Primitive]) -> (Graph, [Graph.Ref]) {
        var stream = RandomStream(seed: seed, "graph")
        var graph = Graph(inputs: inputs)
        var refs = (0..<inputs).map(graph.input) + [graph.number(0.5), graph.number(-1.25)]
        for _ in 0..<nodes {
            let primitive = primitives[stream.below(primitives.count)]
            let arguments = (0..<3).map { _ in refs[stream.below(refs.count)] }
            refs.append(graph.apply(primitive, arguments[0], primitive.arity > 1 ? arguments[1] : nil, primitive.arity > 2 ? arguments[2] : nil))
        }
        return (graph, [refs[refs.count - 1], refs[refs.count - 3], refs[0], refs[inputs], refs[refs.count - 1]])
    }

    /// Bounded operations, so that small differences stay small.
    static let smooth: [Primitive] = [.add, .sub, .mul, .tanh, .sin, .cos, .sigmoid, .erf, .atan, .asinh, .softplus, .max, .min, .relu, .neg]

    /// In double precision the block interpreter gives what the table's functions give, for lengths around a vector and a block.
    @Test(arguments: [1, 2, 15, 16, 17, 511, 512, 513, 1500])
    func agreesWithTheTable(_ count: Int) {
        for seed in 0..<20 {
            let (graph, outputs) = Self.randomGraph(seed: seed, inputs: 3, nodes: 5 + seed * 2, from: Primitive.table.map(\.primitive).filter { !$0.isRandom })
            let inputs = (0..<3).map { randomValues(count, seed: seed * 3 + $0, scale: 2) }
            let found = Program(graph, outputs: outputs).evaluate(inputs, count: count)
            for (slot, output) in outputs.enumerated() {
                for element in stride(from: 0, to: count, by: 37) {
                    let expected = graph.value(at: output, inputs: inputs.map { $0[element] })
                    let value = found[slot][element]
                    #expect(value == expected || value.isNaN && expected.isNaN || abs(value - expected) <= 1e-9 * abs(expected))
                }
            }
        }
    }

    /// Every instruction set, in single precision.
    @Test(arguments: Engine.instructionSets)
    func floatsAgreeWithDoubles(_ set: String) {
        for seed in 0..<30 {
            let (graph, outputs) = Self.randomGraph(seed: seed, inputs: 2, nodes: 4 + seed, from: Self.smooth)
            let inputs = (0..<2).map { randomValues(700, seed: seed * 2 + $0) }
            let program = Program(graph, outputs: outputs)
            let exact = program.evaluate(inputs, count: 700)
            let found = program.evaluate(inputs.map { $0.map(Float.init) }, count: 700, kernels: nasl_float_kernels_named(set), as: Float.self)
            for slot in outputs.indices {
                let scale = exact[slot].map(abs).max() ?? 1
                let worst = zip(found[slot], exact[slot]).map { abs(Double($0) - $1) }.max() ?? 0
                #expect(worst <= 2e-4 * max(scale, 1), "seed \(seed)")
            }
        }
    }

    @Test func scalarsHoldForAllElements() {
        var graph = Graph(inputs: 2)
        let product = graph.apply(.mul, graph.input(0), graph.apply(.exp, graph.input(1)))
        let found = Program(graph, outputs: [product, graph.input(1)]).evaluate([[1, 2, 3], [0]], count: 3)
        #expect(found == [[1, 2, 3], [0, 0, 0]])
    }

    @Test func deadCodeIsDropped() {
        var graph = Graph(inputs: 2)
        let kept = graph.apply(.tanh, graph.input(0))
        _ = graph.apply(.exp, graph.apply(.sin, graph.input(1)))
        #expect(Program(graph, outputs: [kept]).stepCount == 1)
    }

    /// A long chain of sums needs few registers, whatever its length.
    @Test func registersAreReused() {
        var graph = Graph(inputs: 1)
        var sum = graph.input(0)
        for step in 1...200 { sum = graph.apply(.add, graph.apply(.sin, sum), graph.apply(.mul, graph.input(0), graph.number(Double(step)))) }
        let program = Program(graph, outputs: [sum])
        #expect(program.registersInUse - 200 < 8)  // one for each of the 199 constants, and these
        #expect(program.evaluate([[0.3]], count: 1)[0][0] == graph.value(at: sum, inputs: [0.3]))
    }

    @Test func noElementsAreFine() {
        let graph = Graph(inputs: 1)
        #expect(Program(graph, outputs: [graph.input(0)]).evaluate([[]], count: 0) == [[]])
    }
}
