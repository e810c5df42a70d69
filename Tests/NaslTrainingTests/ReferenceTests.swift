import NaslExpr
import NaslRandom
import NaslTensor
import NaslTraining
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// 50 steps of the character model against an independent implementation in double precision: plain loops, derivatives by hand, the
/// same starting weights and batches (both follow from their addresses).
@Suite struct ReferenceTests {
    @Test(arguments: [Precision.float, .double]) func fiftyStepsAgree(precision: Precision) throws {
        // x * sigmoid(param(1) * x), with a weight for each channel.
        let swish = FunctionTerm(
            parameters: ["x"], body: .apply(.mul, .variable("x"), .apply(.sigmoid, .apply(.mul, .parameter(1), .variable("x")))))
        try compare(swish, precision, ReferenceNet.Activation(weight: 1) { x, b in
            let s = 1 / (1 + exp(-b * x))
            return (x * s, s + x * b * s * (1 - s), x * x * s * (1 - s))
        })
        // max(x, sin(x) + x * x), with kinks.
        let bent = FunctionTerm(
            parameters: ["x"],
            body: .apply(.max, .variable("x"), .apply(.add, .apply(.sin, .variable("x")), .apply(.mul, .variable("x"), .variable("x")))))
        try compare(bent, precision, ReferenceNet.Activation(weight: nil) { x, _ in
            let other = sin(x) + x * x
            return x >= other ? (x, 1, 0) : (other, cos(x) + 2 * x, 0)
        })
    }

    private func compare(_ function: FunctionTerm, _ precision: Precision, _ activation: ReferenceNet.Activation) throws {
        let data = try DataSet.austen()
        let settings = TrainingSettings(
            optimizer: .adam(learningRate: 3e-3), batch: 32, length: .steps(50), seed: 11, repeat: 2, precision: precision)
        let fit = try train(Nets.charMLP(context: 4, hidden: [24], activation: function, dimension: 8), on: data, settings)
        #expect(fit.history.count == 50)

        let text = try data.train.tokens.map(Int.init)
        var net = ReferenceNet(vocabulary: 75, context: 4, dimension: 8, hidden: 24, activation: activation, seed: 11, repeat: 2)
        var batches = RandomStream(seed: 11, "child", 2, "batches")
        let tolerance = precision == .float ? 1e-4 : 1e-10
        for step in 1...50 {
            let places = (0..<32).map { _ in batches.below(text.count - 4) }
            let loss = net.step(places.map { Array(text[$0..<$0 + 5]) }, number: step, learningRate: 3e-3)
            #expect(abs(fit.history[step - 1].loss - loss) <= tolerance * loss, "step \(step)")
        }
    }
}

/// Embedding, dense, activation, dense, softmax cross-entropy, Adam.
private struct ReferenceNet {
    struct Activation {
        /// Where the weight of each channel starts, if there is one.
        let weight: Double?
        /// Value, derivative by the argument, derivative by the weight.
        let values: (Double, Double) -> (Double, Double, Double)
    }

    let context: Int, dimension: Int, hidden: Int, vocabulary: Int
    let activation: Activation
    // Table, hidden weights and biases, channel weights, output weights and biases.
    var table: Weights, first: Weights, firstBias: Weights, channel: Weights, second: Weights, secondBias: Weights

    init(vocabulary: Int, context: Int, dimension: Int, hidden: Int, activation: Activation, seed: Int, repeat: Int) {
        (self.vocabulary, self.context, self.dimension, self.hidden, self.activation) = (vocabulary, context, dimension, hidden, activation)
        var index = 0
        func normal(_ count: Int, _ variance: Double) -> Weights {
            var stream = RandomStream(seed: seed, "child", .number(`repeat`), "init", .number(index))
            index += 1
            return Weights((0..<count).map { _ in variance.squareRoot() * stream.normal() })
        }
        func constant(_ count: Int, _ value: Double) -> Weights {
            index += 1
            return Weights([Double](repeating: value, count: count))
        }
        let inputs = context * dimension
        table = normal(vocabulary * dimension, 1)
        first = normal(inputs * hidden, 2 / Double(inputs))
        firstBias = constant(hidden, 0)
        channel = activation.weight.map { constant(hidden, $0) } ?? Weights([Double](repeating: 0, count: hidden))
        second = normal(hidden * vocabulary, 2 / Double(hidden + vocabulary))
        secondBias = constant(vocabulary, 0)
    }

    /// One step on rows of context and next character; gives the mean loss before it.
    mutating func step(_ rows: [[Int]], number: Int, learningRate: Double) -> Double {
        let inputs = context * dimension
        let share = 1 / Double(rows.count)
        var loss = 0.0
        for row in rows {
            let x = row[..<context].flatMap { token in (0..<dimension).map { table.w[token * dimension + $0] } }
            let bent = (0..<hidden).map { unit in
                let sum = (0..<inputs).reduce(firstBias.w[unit]) { $0 + x[$1] * first.w[$1 * hidden + unit] }
                return activation.values(sum, channel.w[unit])
            }
            let logits = (0..<vocabulary).map { output in
                (0..<hidden).reduce(secondBias.w[output]) { $0 + bent[$1].0 * second.w[$1 * vocabulary + output] }
            }
            let largest = logits.max() ?? 0
            let total = logits.reduce(0) { $0 + exp($1 - largest) }
            loss += (largest + log(total) - logits[row[context]]) * share

            var gradient = logits.map { exp($0 - largest) / total * share }
            gradient[row[context]] -= share
            var back = [Double](repeating: 0, count: inputs)
            for unit in 0..<hidden {
                var by = 0.0
                for output in 0..<vocabulary {
                    by += gradient[output] * second.w[unit * vocabulary + output]
                    second.g[unit * vocabulary + output] += gradient[output] * bent[unit].0
                }
                channel.g[unit] += by * bent[unit].2
                let inner = by * bent[unit].1
                firstBias.g[unit] += inner
                for input in 0..<inputs {
                    back[input] += inner * first.w[input * hidden + unit]
                    first.g[input * hidden + unit] += inner * x[input]
                }
            }
            for output in 0..<vocabulary { secondBias.g[output] += gradient[output] }
            for input in 0..<inputs { table.g[row[input / dimension] * dimension + input % dimension] += back[input] }
        }
        for path in [\ReferenceNet.table, \.first, \.firstBias, \.channel, \.second, \.secondBias] {
            self[keyPath: path].adam(number, learningRate)
        }
        return loss
    }
}

private struct Weights {
    var w: [Double], g: [Double], m: [Double], v: [Double]

    init(_ start: [Double]) {
        w = start
        g = start.map { _ in 0 }
        m = g
        v = g
    }

    /// Kingma & Ba 2015, algorithm 1.
    mutating func adam(_ t: Int, _ rate: Double) {
        for i in w.indices {
            m[i] = 0.9 * m[i] + 0.1 * g[i]
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
            w[i] -= rate * (m[i] / (1 - pow(0.9, Double(t)))) / ((v[i] / (1 - pow(0.999, Double(t)))).squareRoot() + 1e-8)
            g[i] = 0
        }
    }
}
