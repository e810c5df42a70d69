import Foundation

/// The child of the tests written down once more, in plain loops over doubles: embedding, dense, x * sigmoid(x), dense, cross-entropy.
struct NaiveChild {
    let (words, width, context, hidden, classes): (Int, Int, Int, Int, Int)
    /// Table, first weight and bias, second weight and bias.
    var parameters: [[Double]]
    var states: [[[Double]]]

    init(words: Int, width: Int, context: Int, hidden: Int, classes: Int, parameters: [[Double]]) {
        (self.words, self.width, self.context, self.hidden, self.classes) = (words, width, context, hidden, classes)
        self.parameters = parameters
        states = parameters.map { [[Double](repeating: 0, count: $0.count), [Double](repeating: 0, count: $0.count)] }
    }

    /// The mean loss of a batch and the derivatives by all parameters.
    func lossAndGradients(tokens: [Int32], labels: [Int32]) -> (Double, [[Double]]) {
        var gradients = parameters.map { [Double](repeating: 0, count: $0.count) }
        let inputs = context * width
        var total = 0.0
        for (example, label) in labels.enumerated() {
            var input = [Double](repeating: 0, count: inputs)
            for position in 0..<context {
                let token = Int(tokens[example * context + position])
                for j in 0..<width { input[position * width + j] = parameters[0][token * width + j] }
            }
            var sums = parameters[2], outputs = parameters[4]
            for i in 0..<inputs { for j in 0..<hidden { sums[j] += input[i] * parameters[1][i * hidden + j] } }
            let gates = sums.map { 1 / (1 + exp(-$0)) }
            let activations = zip(sums, gates).map { $0 * $1 }
            for i in 0..<hidden { for j in 0..<classes { outputs[j] += activations[i] * parameters[3][i * classes + j] } }
            let top = outputs.max() ?? 0
            let normal = outputs.reduce(0) { $0 + exp($1 - top) }
            total += log(normal) + top - outputs[Int(label)]
            var dOutputs = outputs.map { exp($0 - top) / normal }
            dOutputs[Int(label)] -= 1
            dOutputs = dOutputs.map { $0 / Double(labels.count) }
            var dActivations = [Double](repeating: 0, count: hidden)
            for j in 0..<classes {
                gradients[4][j] += dOutputs[j]
                for i in 0..<hidden {
                    gradients[3][i * classes + j] += activations[i] * dOutputs[j]
                    dActivations[i] += dOutputs[j] * parameters[3][i * classes + j]
                }
            }
            var dInput = [Double](repeating: 0, count: inputs)
            for j in 0..<hidden {
                let d = dActivations[j] * (gates[j] + sums[j] * gates[j] * (1 - gates[j]))
                gradients[2][j] += d
                for i in 0..<inputs {
                    gradients[1][i * hidden + j] += input[i] * d
                    dInput[i] += d * parameters[1][i * hidden + j]
                }
            }
            for position in 0..<context {
                let token = Int(tokens[example * context + position])
                for j in 0..<width { gradients[0][token * width + j] += dInput[position * width + j] }
            }
        }
        return (total / Double(labels.count), gradients)
    }

    /// One step of the rule of that name, as in its paper.
    mutating func update(_ rule: String, _ gradients: [[Double]], step: Int, rate: Double) {
        for part in parameters.indices {
            for index in parameters[part].indices {
                let g = gradients[part][index]
                switch rule {
                case "momentum":
                    states[part][0][index] = 0.9 * states[part][0][index] + g
                    parameters[part][index] -= rate * states[part][0][index]
                case "adam":
                    states[part][0][index] = 0.9 * states[part][0][index] + 0.1 * g
                    states[part][1][index] = 0.999 * states[part][1][index] + 0.001 * g * g
                    let first = states[part][0][index] / (1 - pow(0.9, Double(step)))
                    let second = states[part][1][index] / (1 - pow(0.999, Double(step)))
                    parameters[part][index] -= rate * first / (second.squareRoot() + 1e-8)
                default: parameters[part][index] -= rate * g
                }
            }
        }
    }
}
