import CKernels
import NaslExpr
import NaslRandom
import NaslTensor
import Testing

@Suite struct TermAssemblerTests {
    static let primitives = Primitive.table.map(\.primitive).filter { !$0.isRandom }

    /// A random term over x and y, with the numbers that are folded or melted among its leaves.
    static func randomTerm(_ stream: inout RandomStream, depth: Int, from primitives: [Primitive] = primitives) -> Expr {
        if depth == 0 || stream.uniform() < 0.15 {
            let leaves: [Expr] = [.variable("x"), .variable("y"), .variable("x"), .variable("pi"), .number(0), .number(1), .number(2), .number(3), .number(-0.75)]
            return leaves[stream.below(leaves.count)]
        }
        let primitive = primitives[stream.below(primitives.count)]
        return .apply(primitive, (0..<primitive.arity).map { _ in randomTerm(&stream, depth: depth - 1, from: primitives) })
    }

    /// The same bits as by way of the graph, for lengths around a block and inputs of one value.
    @Test(arguments: [1, 2, 20, 511, 513])
    func valuesAreThoseOfTheGraph(_ count: Int) throws {
        var stream = RandomStream(seed: count, "terms")
        let x = randomValues(count, seed: 1, scale: 2), y = randomValues(count == 20 ? 1 : count, seed: 2, scale: 2)
        let evaluator = Evaluator([x, y], count: count, kernels: nasl_double_kernels())
        for number in 0..<(count < 100 ? 1_000 : 200) {
            let term = FunctionTerm(parameters: ["x", "y"], body: Self.randomTerm(&stream, depth: 1 + number % 6))
            let expected = try Program(term).evaluate([x, y], count: count)[0]
            let found = try evaluator.evaluate(term)
            #expect(found.count == count)
            let isSame = zip(found, expected).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
            #expect(isSame, "\(term)")
        }
    }

    /// In single precision a product that two sums share is rounded in one way only, so last digits may differ.
    @Test(arguments: Engine.instructionSets)
    func floatsAgreeWithDoubles(_ set: String) throws {
        guard let kernels = nasl_float_kernels_named(set) else { return }
        var stream = RandomStream(seed: 7, "terms")
        let inputs = (0..<2).map { randomValues(50, seed: $0) }
        let evaluator = Evaluator(inputs.map { $0.map(Float.init) }, count: 50, kernels: kernels)
        for _ in 0..<300 {
            let term = FunctionTerm(parameters: ["x", "y"], body: Self.randomTerm(&stream, depth: 4, from: ProgramTests.smooth))
            let exact = try term.evaluate(inputs, count: 50)
            let scale = Swift.max(exact.map(Swift.abs).max() ?? 1, 1)
            for (found, value) in zip(try evaluator.evaluate(term), exact) { #expect(Swift.abs(Double(found) - value) <= 2e-4 * scale) }
        }
    }

    /// What is more than one pass can write goes through the graph; what is no elementwise term is refused.
    @Test func otherTerms() throws {
        let x = Expr.variable("x")
        let shared = FunctionTerm(parameters: ["x"], body: .binding("a", .apply(.square, [x]), in: .apply(.add, [.variable("a"), .variable("a")])))
        #expect(try shared.evaluate([[3]], count: 1) == [18])
        #expect(throws: NotElementwise.self) { try FunctionTerm(parameters: ["x"], body: .variable("q")).evaluate([[3]], count: 1) }
        #expect(try FunctionTerm(parameters: ["x"], body: x).evaluate([[1, 2]], count: 2) == [1, 2])
        #expect(try FunctionTerm(parameters: ["x"], body: .number(4)).evaluate([[1, 2]], count: 2) == [4, 4])
        #expect(try FunctionTerm(parameters: ["x"], body: x).evaluate([[]], count: 0) == [])
        #expect(try FunctionTerm(parameters: [], body: .variable("pi")).evaluate([], count: 2) == [.pi, .pi])
    }

    /// Thousands of nodes, nested to one side.
    @Test func deepTerms() throws {
        var term = Expr.variable("x")
        for _ in 0..<5_000 { term = .apply(.add, [.variable("x"), term]) }
        #expect(try FunctionTerm(parameters: ["x"], body: term).evaluate([[1, 2]], count: 2) == [5_001, 10_002])
    }
}
