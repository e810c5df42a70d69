import Foundation
import NaslExpr
import NaslRandom
import NaslTensor

/// Numbers that avoid kinks and ties: uniform in -1...1.
func randomValues(_ count: Int, seed: Int = 1, scale: Double = 1) -> [Double] {
    var stream = RandomStream(seed: seed, "values")
    return (0..<count).map { _ in (stream.uniform() * 2 - 1) * scale }
}

func randomTokens(_ count: Int, below bound: Int, seed: Int = 1) -> [Int32] {
    var stream = RandomStream(seed: seed, "tokens")
    return (0..<count).map { _ in Int32(stream.below(bound)) }
}

func function(_ parameters: [Symbol], _ body: Expr) -> FunctionTerm { FunctionTerm(parameters: parameters, body: body) }

let x: Expr = .variable("x")
let swish = function(["x"], .apply(.mul, x, .apply(.sigmoid, x)))
let tanhTerm = function(["x"], .apply(.tanh, x))

/// The largest difference between the derivatives that a plan computes and central differences, in double precision, relative to the
/// larger of 1 and the derivative. NaN counts as infinite.
///
/// - Parameters:
///   - shapes: of the inputs that `body` gets, filled with random values.
///   - body: records the operation; its result is weighted with random numbers and summed.
func worstGradientError(_ shapes: [[Int]], _ body: (Tracer, [Tracer.Variable]) throws -> Tracer.Variable) throws -> Double {
    try worstGradientErrorWithTokens(shapes, tokens: [0]) { tracer, inputs, _ in try body(tracer, inputs) }
}

/// The same for operations that also take indices.
func worstGradientErrorWithTokens(
    _ shapes: [[Int]], tokens: [Int32], seed: Int = 1, _ body: (Tracer, [Tracer.Variable], Tracer.Tokens) throws -> Tracer.Variable,
    prepare: (inout Plan) -> Void = { _ in }
) throws -> Double {
    let tracer = Tracer(precision: .double)
    let inputs = shapes.map(tracer.input), indices = tracer.tokens([tokens.count])
    let output = try body(tracer, inputs, indices)
    let weights = tracer.input(output.shape)
    let loss = tracer.sum(tracer.multiply(output, weights))
    let gradients = tracer.gradient(of: loss, by: inputs)
    var plan = tracer.finish()
    prepare(&plan)
    plan.write(tokens, to: indices)
    let start = inputs.enumerated().map { randomValues($1.count, seed: seed + $0) }
    for (input, values) in zip(inputs, start) { plan.write(values, to: input) }
    plan.write(randomValues(weights.count, seed: seed + 100), to: weights)
    plan.run()
    let found = gradients.map { plan.values(of: $0) }
    var worst = 0.0
    for (slot, input) in inputs.enumerated() {
        for element in 0..<input.count {
            var losses: [Double] = []
            for step in [1e-5, -1e-5] {
                var shifted = start[slot]
                shifted[element] += step
                plan.write(shifted, to: input)
                plan.run()
                losses.append(plan.value(of: loss))
            }
            plan.write(start[slot], to: input)
            let slope = (losses[0] - losses[1]) / 2e-5
            let error = abs(slope - found[slot][element]) / max(1, abs(slope))
            worst = error.isNaN ? .infinity : max(worst, error)
        }
    }
    return worst
}

/// Pages of memory that the process holds.
func residentPages() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? Int(fields[1]) ?? 0 : 0
}
