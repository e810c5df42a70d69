import NaslExpr
import NaslTensor
import Testing

@Suite struct TracerTests {
    /// Sections share parameters: what one trains, another of a different batch evaluates.
    @Test func sectionsShareParameters() {
        let tracer = Tracer(precision: .double)
        let w = tracer.parameter([2, 1], name: "w")
        let small = tracer.input([1, 2]), large = tracer.input([3, 2])
        var result: Tracer.Variable?
        tracer.section("train") {
            tracer.gradient(of: tracer.sum(tracer.matmul(small, w)))
            tracer.update(.sgd())
        }
        tracer.section("evaluate") { result = tracer.matmul(large, w) }
        var plan = tracer.finish()
        plan.write([1, 2], to: small)
        plan.write([1, 0, 0, 1, 1, 1] as [Double], to: large)
        plan.prepareUpdate(step: 1, learningRate: 0.5)
        plan.run("train")
        plan.run("evaluate")
        #expect(result.map { plan.values(of: $0) } == [-0.5, -1, -1.5])
        #expect(plan.section("train") != plan.section("evaluate"))
        #expect(plan.section("nothing") == nil)
    }

    /// Two losses in two sections: each writes all gradients, zero where it does not reach.
    @Test func everyGradientIsWrittenAnew() {
        let tracer = Tracer(precision: .double)
        let a = tracer.parameter([2], name: "a"), b = tracer.parameter([3], name: "b")
        tracer.section("first") { tracer.gradient(of: tracer.sum(tracer.multiply(a, a))) }
        tracer.section("second") { tracer.gradient(of: tracer.sum(tracer.scale(b, by: 4))) }
        let gradients = [a, b].map { tracer.gradient(ofParameter: $0) }
        var plan = tracer.finish()
        plan.write([1, 2], to: a)
        plan.run("first")
        #expect(gradients.map { plan.values(of: $0) } == [[2, 4], [0, 0, 0]])
        plan.run("second")
        #expect(gradients.map { plan.values(of: $0) } == [[0, 0], [4, 4, 4]])
    }

    /// A section of a name used before goes on where that one ended.
    @Test func aSectionMayBeContinued() {
        let tracer = Tracer(precision: .double)
        let x = tracer.input([2])
        var y = x
        tracer.section("a") { y = tracer.scale(x, by: 2) }
        tracer.section("b") { _ = tracer.sum(x) }
        tracer.section("a") { y = tracer.scale(y, by: 5) }
        var plan = tracer.finish()
        plan.write([1, 2], to: x)
        plan.run("a")
        #expect(plan.values(of: y) == [10, 20])
    }

    /// A reshaped parameter, rows of a parameter and the parameter itself all add to its one gradient.
    @Test func viewsOfAParameter() {
        let tracer = Tracer(precision: .double)
        let w = tracer.parameter([2, 3], name: "w")
        let flat = tracer.reshape(w, [6]), second = tracer.rows(w, 1..<2)
        let loss = tracer.add(tracer.add(tracer.sum(tracer.multiply(flat, flat)), tracer.sum(second)), tracer.sum(tracer.scale(w, by: 10)))
        tracer.gradient(of: loss)
        let gradient = tracer.gradient(ofParameter: w)
        var plan = tracer.finish()
        plan.write([1, 2, 3, 4, 5, 6], to: w)
        plan.run()
        #expect(plan.values(of: gradient) == [12, 14, 16, 19, 21, 23])
    }

    @Test func shapesThatDoNotFitAreRefused() {
        let tracer = Tracer()
        let a = tracer.input([4, 6]), b = tracer.input([5])
        let sum = FunctionTerm(parameters: ["x", "y"], body: .apply(.add, .variable("x"), .variable("y")))
        let error = #expect(throws: ShapeMismatch.self) { try tracer.elementwise(sum, [a, b]) }
        #expect(error?.description == "`(x, y) -> x + y` cannot take tensors of shapes [4, 6] and [5]")
        #expect(throws: ShapeMismatch.self) { try tracer.elementwise(sum, [a]) }
        #expect(throws: NotElementwise.self) { try tracer.elementwise(FunctionTerm(parameters: ["x"], body: .variable("y")), [a]) }
    }

    @Test func floatsAndDoublesComeAndGo() {
        let tracer = Tracer()
        let x = tracer.input([3]), s = tracer.scalar()
        var plan = tracer.finish()
        plan.write([1.5, 2.5, -0.25] as [Float], to: x)
        plan.set(s, to: 0.75)
        #expect(plan.values(of: x) == [1.5, 2.5, -0.25] && plan.value(of: s) == 0.75)
        plan.withFloats(of: x) { $0[1] = 8 }
        #expect(plan.values(of: x) == [1.5, 8, -0.25])
    }

    @Test func parametersAreListedInOrder() {
        let tracer = Tracer()
        _ = tracer.parameter([2, 3], name: "weight")
        _ = tracer.parameter([3], name: "bias")
        let plan = tracer.finish()
        #expect(plan.parameters.map(\.name) == ["weight", "bias"])
        #expect(plan.parameterCount == 9)
    }
}
