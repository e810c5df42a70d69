import NaslExpr
import NaslTensor

/// The network of a policy, recorded on a tracer: embeddings of what a step sees, one LSTM layer, one head for all sites.
struct PolicyNetwork {
    let weights: [Tracer.Variable]
    private let tracer: Tracer
    private let settings: LSTMPolicy.Settings
    private let vocabulary: PolicyVocabulary

    /// Shapes of all weights, in their order: embedding table, input and recurrent weights of the gates, gate biases, head, head biases.
    static func shapes(_ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) -> [(name: String, shape: [Int])] {
        [
            ("embedding", [vocabulary.words, settings.embedding]),
            ("gates of the inputs", [PolicyVocabulary.inputs * settings.embedding, 4 * settings.width]),
            ("gates of the state", [settings.width, 4 * settings.width]),
            ("gate biases", [4 * settings.width]),
            ("heads", [settings.width, vocabulary.choices]),
            ("head biases", [vocabulary.choices]),
        ]
    }

    init(_ tracer: Tracer, _ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) {
        self.tracer = tracer
        self.settings = settings
        self.vocabulary = vocabulary
        weights = PolicyNetwork.shapes(settings, vocabulary).map { tracer.parameter($0.shape, name: $0.name) }
    }

    /// What follows from the weights alone, and is computed once for all steps.
    struct Tables {
        /// What the gates get from each word in each of the four places: [4 * words, 4H].
        let inputs: Tracer.Variable
        /// The transposes of the weights through which the way back goes at each step.
        let recurrent: Tracer.Variable
        let heads: Tracer.Variable
    }

    func tables() -> Tables {
        let width = settings.embedding
        let inputs = tracer.stack((0..<PolicyVocabulary.inputs).map { place in
            tracer.matmul(weights[0], tracer.rows(weights[1], place * width..<(place + 1) * width))
        })
        return Tables(inputs: inputs, recurrent: tracer.transpose(weights[2]), heads: tracer.transpose(weights[4]))
    }

    /// Records one step of some sequences from the state (h, c), kept in frames.
    ///
    /// - Parameter tokens: [B, 4].
    /// - Returns: the logits [B, V], and the next state.
    func step(
        _ tokens: Tracer.Tokens, _ tables: Tables, h: Tracer.Variable, c: Tracer.Variable
    ) -> (logits: Tracer.Variable, h: Tracer.Variable, c: Tracer.Variable) {
        let inputs = tracer.embeddingSum(tokens, tables: tables.inputs, bias: weights[3])
        let sums = tracer.matmul(h, weights[2], plus: inputs, transposed: tables.recurrent)
        return tracer.inFrames {
            let (h, c) = tracer.lstmCell(x: sums, c: c)
            return (bounded(tracer.dense(h, weight: weights[4], bias: weights[5], transposed: tables.heads)), h, c)
        }
    }

    /// `constant * tanh(logits / temperature)`.
    private func bounded(_ logits: Tracer.Variable) -> Tracer.Variable {
        let cooled = settings.temperature == 1 ? logits : tracer.scale(logits, by: 1 / settings.temperature)
        guard let constant = settings.tanhConstant else { return cooled }
        return tracer.scale(tracer.tanh(cooled), by: constant)
    }
}

extension Tracer {
    fileprivate func tanh(_ x: Variable) -> Variable {
        do {
            return try elementwise(FunctionTerm(parameters: ["x"], body: .apply(.tanh, .variable("x"))), [x])
        } catch {
            preconditionFailure("tanh is an elementwise function of one argument: \(error)")
        }
    }
}
