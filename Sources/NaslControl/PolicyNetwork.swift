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

    /// Records what the gates get from each word in each of the four places: [4 * words, 4H]. It depends on the weights alone.
    func inputTables() -> Tracer.Variable {
        let width = settings.embedding
        return tracer.stack((0..<PolicyVocabulary.inputs).map { place in
            tracer.matmul(weights[0], tracer.rows(weights[1], place * width..<(place + 1) * width))
        })
    }

    /// Records `steps` steps of `batch` sequences from the state (h, c).
    ///
    /// - Parameters:
    ///   - tokens: [steps * batch, 4], all sequences of one step together.
    ///   - tables: what ``inputTables()`` gives.
    /// - Returns: the logits [batch * steps, V], all steps of one sequence together.
    func unroll(
        _ tokens: Tracer.Tokens, tables: Tracer.Variable, batch: Int, steps: Int, h: Tracer.Variable, c: Tracer.Variable
    ) -> Tracer.Variable {
        // What the gates get from the inputs is known beforehand, for all steps.
        let inputs = tracer.embeddingSum(tokens, tables: tables, bias: weights[3])
        var (h, c) = (h, c)
        var outputs: [Tracer.Variable] = []
        for own in tracer.unstack(inputs, rows: batch) {
            (h, c) = tracer.lstmCell(x: tracer.matmul(h, weights[2], plus: own), c: c)
            outputs.append(h)
        }
        let states = tracer.reshape(tracer.concatenate(outputs), [batch * steps, settings.width])
        return bounded(tracer.dense(states, weight: weights[4], bias: weights[5]))
    }

    /// Records one step of `batch` sequences, whose state (h, c) it changes. Gives the logits [batch, V].
    func step(_ tokens: Tracer.Tokens, tables: Tracer.Variable, h: Tracer.Variable, c: Tracer.Variable) -> Tracer.Variable {
        let inputs = tracer.embeddingSum(tokens, tables: tables, bias: weights[3])
        tracer.stepLSTM(x: tracer.matmul(h, weights[2], plus: inputs), h: h, c: c)
        return bounded(tracer.dense(h, weight: weights[4], bias: weights[5]))
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
