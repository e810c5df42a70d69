import NaslExpr
import Testing

@Suite struct GraphTests {
    typealias P = ExprPrintingTests

    static func graph(_ term: Expr, _ names: [Symbol] = ["x", "y"]) throws -> (Graph, Graph.Ref) {
        var graph = Graph(inputs: names.count)
        var refs: [Symbol: Graph.Ref] = [:]
        for (slot, name) in names.enumerated() { refs[name] = graph.input(slot) }
        let ref = try graph.insert(term, refs)
        return (graph, ref)
    }

    @Test func equalPartsAreOneNode() throws {
        let sine = Expr.apply(.sin, P.add(P.x, 1))
        let (graph, _) = try Self.graph(P.mul(P.add(sine, P.y), P.add(sine, P.y)))
        #expect(graph.nodes.count == 2 + 1 + 4)  // inputs; 1; x + 1, sin, + y, *
    }

    @Test func numbersAreFolded() throws {
        let (graph, ref) = try Self.graph(P.add(P.mul(2, 3), .apply(.sqrt, 4)))
        #expect(graph.constant(at: ref) == 8)
    }

    @Test func neutralElementsVanish() throws {
        for term in [P.mul(P.x, 1), P.mul(1, P.x), P.div(P.x, 1), P.sub(P.x, 0), P.pow(P.x, 1), .apply(.id, P.x), .apply(.left, P.x, P.y)] {
            let (graph, ref) = try Self.graph(term)
            #expect(ref == graph.input(0), "\(term)")
        }
    }

    /// x * 0 and x + 0 stay: x may be infinite, or minus zero.
    @Test func nothingIsDroppedThatCouldMatter() throws {
        for term in [P.mul(P.x, 0), P.add(P.x, 0), P.sub(P.x, P.x), P.div(P.x, P.x)] {
            let (graph, ref) = try Self.graph(term)
            #expect(ref != graph.input(0) && graph.constant(at: ref) == nil, "\(term)")
        }
        let (graph, ref) = try Self.graph(P.mul(P.x, 0))
        #expect(graph.value(at: ref, inputs: [.infinity, 0]).isNaN)
    }

    @Test func bindingsShadow() throws {
        let term = Expr.binding("x", P.add(P.x, 1), in: .binding("x", P.mul(P.x, 2), in: P.sub(P.x, P.y)))
        let (graph, ref) = try Self.graph(term)
        #expect(graph.value(at: ref, inputs: [3, 1]) == 7)
    }

    @Test func weightsAreTakenInReadingOrder() throws {
        let term = P.add(P.mul(.parameter(2), P.x), .parameter(5))
        #expect(term.weights == [2, 5])
        var graph = Graph(inputs: 3)
        let ref = try graph.insert(term, ["x": graph.input(0)], weights: [graph.input(1), graph.input(2)])
        #expect(graph.value(at: ref, inputs: [10, 3, 4]) == 34)
        // Without weights their starts stand for them.
        let (plain, start) = try Self.graph(term)
        #expect(plain.value(at: start, inputs: [10, 0]) == 25)
    }

    @Test(arguments: [
        (Expr.variable("q"), "an elementwise expression was expected, but this holds the name `q`"),
        (.list([1]), "an elementwise expression was expected, but this holds a list"),
        (.call(.variable("f"), [1]), "an elementwise expression was expected, but this holds a call, `f(1)`"),
        (.lambda(["z"], 1), "an elementwise expression was expected, but this holds a function, `z -> 1`"),
        (.hole("E"), "an elementwise expression was expected, but this holds the undrawn rule `E`"),
    ])
    func whatIsNoElementwiseTermIsNamed(_ term: Expr, _ message: String) {
        let error = #expect(throws: NotElementwise.self) { try Self.graph(P.add(P.x, term)) }
        #expect(error?.description == message)
    }

    /// d/dx of x * y + sin(x) over several outputs with their weights.
    @Test func gradientsOfSeveralOutputs() throws {
        var graph = Graph(inputs: 2)
        let x = graph.input(0), y = graph.input(1)
        let product = graph.apply(.mul, x, y), sine = graph.apply(.sin, x)
        let slopes = graph.gradient(of: [(product, graph.number(3)), (sine, graph.number(2))], by: [x, y])
        #expect(abs(graph.value(at: slopes[0], inputs: [0.5, 4]) - (12 + 2 * 0.8775825618903728)) < 1e-12)
        #expect(graph.value(at: slopes[1], inputs: [0.5, 4]) == 1.5)
    }

    @Test func whatDoesNotMatterHasSlopeZero() throws {
        var (graph, ref) = try Self.graph(.apply(.exp, P.x))
        let slope = graph.gradient(of: ref, seed: graph.number(1), by: [graph.input(1)])[0]
        #expect(graph.constant(at: slope) == 0)
    }

    /// Back to a term: what is used twice gets a name that is not taken.
    @Test func termsShareByLet() throws {
        let sine = Expr.apply(.sin, .variable("a"))
        let (graph, ref) = try Self.graph(P.mul(sine, P.add(sine, .variable("b"))), ["a", "b"])
        #expect(graph.term(at: ref, names: ["a", "b"]).text == "let c = sin(a) in c * (c + b)")
        let (again, back) = try Self.graph(graph.term(at: ref, names: ["a", "b"]), ["a", "b"])
        #expect(again.value(at: back, inputs: [0.3, 2]) == graph.value(at: ref, inputs: [0.3, 2]))
    }

    @Test func derivativesOfFunctions() throws {
        let f = FunctionTerm(parameters: ["x"], body: .apply(.max, P.x, .apply(.tanh, P.x)))
        #expect(try f.derivative().value(at: [-0.5]) == 0.7864477329659274)
        #expect(f.text == "x -> max(x, tanh(x))")
        let product = FunctionTerm(parameters: ["x", "y"], body: P.mul(P.x, P.y))
        #expect(try product.derivative(by: 1).text == "(x, y) -> x")
    }
}
