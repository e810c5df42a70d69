import NaslExpr
import NaslTensor
import Testing

/// A step recorded once and run over frames, against the same network unrolled.
@Suite struct FrameTests {
    private static let (rows, width, steps) = (3, 5, 6)

    /// h and c of a cell whose inputs are scaled by a weight, and what a head makes of h.
    private static func step(
        _ tracer: Tracer, _ w: [Tracer.Variable], _ x: Tracer.Variable, h: Tracer.Variable, c: Tracer.Variable, transposed: Tracer.Variable? = nil
    ) throws -> (y: Tracer.Variable, h: Tracer.Variable, c: Tracer.Variable) {
        let sums = tracer.matmul(h, w[0], plus: tracer.multiply(x, w[1]), transposed: transposed)
        return try tracer.inFrames {
            let next = tracer.lstmCell(x: sums, c: c)
            return (try tracer.elementwise(tanhTerm, [tracer.dense(next.h, weight: w[2], bias: w[3])]), next.h, next.c)
        }
    }

    private static func weights(_ tracer: Tracer) -> [Tracer.Variable] {
        [[width, 4 * width], [4 * width], [width, 2], [2]].enumerated().map { tracer.parameter($1, name: "\($0)") }
    }

    private static let shapes = [[width, 4 * width], [4 * width], [width, 2], [2]]
    private static let inputs = (0..<steps).map { randomValues(rows * 4 * width, seed: 20 + $0) }
    /// By the outputs of each step.
    private static let slopes = (0..<steps).map { randomValues(rows * 2, seed: 40 + $0) }

    private static func fill(_ plan: inout Plan, _ w: [Tracer.Variable]) {
        for (slot, variable) in w.enumerated() { plan.write(randomValues(variable.count, seed: slot), to: variable) }
    }

    /// Outputs of all steps and derivatives by the weights of their sum weighted with `slopes`.
    private static func unrolled(_ set: String) throws -> (outputs: [[Double]], gradient: [[Double]]) {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let w = weights(tracer), xs = inputs.map { _ in tracer.input([rows, 4 * width]) }, ds = slopes.map { _ in tracer.input([rows, 2]) }
        var (h, c) = (tracer.input([rows, width]), tracer.input([rows, width]))
        var outputs: [Tracer.Variable] = [], parts: [Tracer.Variable] = []
        for (x, d) in zip(xs, ds) {
            let sums = tracer.matmul(h, w[0], plus: tracer.multiply(x, w[1]))
            (h, c) = tracer.lstmCell(x: sums, c: c)
            outputs.append(try tracer.elementwise(tanhTerm, [tracer.dense(h, weight: w[2], bias: w[3])]))
            parts.append(tracer.reshape(tracer.multiply(outputs[outputs.count - 1], d), [1, d.count]))
        }
        tracer.gradient(of: tracer.sum(tracer.concatenate(parts)))
        let gradients = w.map(tracer.gradient(ofParameter:))
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        fill(&plan, w)
        for (x, values) in zip(xs + ds, inputs + slopes) { plan.write(values, to: x) }
        plan.run()
        return (outputs.map { plan.values(of: $0) }, gradients.map { plan.values(of: $0) })
    }

    @Test(arguments: ValueTests.sets, [false, true]) func areTheNetworkUnrolled(_ set: String, _ transposes: Bool) throws {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let (rows, width) = (Self.rows, Self.width)
        let w = Self.weights(tracer), x = tracer.input([rows, 4 * width])
        let (h, c) = (tracer.carried([rows, width]), tracer.carried([rows, width]))
        let transposed = transposes ? tracer.transpose(w[0]) : nil
        let first = tracer.operationCount
        var now: (y: Tracer.Variable, h: Tracer.Variable, c: Tracer.Variable)?
        try tracer.section("step") { now = try Self.step(tracer, w, x, h: h, c: c, transposed: transposed) }
        let next = try #require(now)
        tracer.carry(next.h, to: h)
        tracer.carry(next.c, to: c)
        let (dy, dh, dc) = (tracer.input([rows, 2]), tracer.input([rows, width]), tracer.input([rows, width])), operations = first..<tracer.operationCount
        tracer.section("back") {
            tracer.backward(operations, from: [(next.y, dy), (next.h, dh), (next.c, dc)], setting: [(h, dh), (c, dc)])
        }
        let gradients = w.map(tracer.gradient(ofParameter:))
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        Self.fill(&plan, w)
        plan.run()
        let sections = (plan.section("step"), plan.section("back"))
        let step = try #require(sections.0), back = try #require(sections.1), start = 2
        var outputs: [[Double]] = []
        for time in 0..<Self.steps {
            // Room is made as it is needed, and nothing is lost.
            plan.reserve(frames: start + time + 2)
            if time == 0 { for variable in [next.h, next.c] { plan.clear(variable, frame: start) } }
            plan.write(Self.inputs[time], to: x)
            plan.run(step, frame: start + 1 + time)
            outputs.append((0..<rows * 2).map { plan.value($0, of: next.y, frame: start + 1 + time) })
        }
        func derivatives() -> [[Double]] {
            plan.clearGradients()
            for variable in [dh, dc] { plan.clear(variable) }
            for time in (0..<Self.steps).reversed() {
                plan.write(Self.inputs[time], to: x)
                plan.write(Self.slopes[time], to: dy)
                plan.run(back, frame: start + 1 + time)
            }
            return gradients.map { plan.values(of: $0) }
        }
        let found = derivatives(), expected = try Self.unrolled(set)
        for (own, other) in zip(outputs, expected.outputs) { #expect(ValueTests.close(own, other, set)) }
        for (own, other) in zip(found, expected.gradient) { #expect(ValueTests.close(own, other, set, scale: 4)) }
        // The frames are as they were.
        #expect(derivatives() == found)
    }
}
