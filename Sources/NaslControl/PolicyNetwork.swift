import NaslExpr
import NaslTensor

/// The network of a policy, recorded on a tracer: embeddings of what a step sees, LSTM layers one above the other, one head for all sites.
struct PolicyNetwork {
    let weights: [Tracer.Variable]
    private let tracer: Tracer
    private let settings: LSTMPolicy.Settings
    private let vocabulary: PolicyVocabulary

    /// Shapes of all weights, in their order: embedding table, input and recurrent weights of the gates, gate biases, head, head biases; then
    /// the gates of each further layer, which have the state of the layer below for an input; then heads of numbers and
    /// the weights of attention, if there are any.
    static func shapes(_ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) -> [(name: String, shape: [Int])] {
        let width = settings.width
        let first: [(name: String, shape: [Int])] = [
            ("embedding", [vocabulary.words, settings.embedding]),
            ("gates of the inputs", [PolicyVocabulary.inputs * settings.embedding, 4 * width]),
            ("gates of the state", [width, 4 * width]),
            ("gate biases", [4 * width]),
            ("heads", [width, vocabulary.choices]),
            ("head biases", [vocabulary.choices]),
        ]
        let further = (1..<max(1, settings.layers)).flatMap { layer -> [(name: String, shape: [Int])] in
            [
                ("gates of the layer below, \(layer + 1)", [width, 4 * width]),
                ("gates of the state, \(layer + 1)", [width, 4 * width]),
                ("gate biases, \(layer + 1)", [4 * width]),
            ]
        }
        let numbers: [(name: String, shape: [Int])] = vocabulary.numbers == 0 ? [] : [("heads of numbers", [width, vocabulary.numbers]), ("biases of numbers", [vocabulary.numbers])]
        let attention: [(name: String, shape: [Int])] = vocabulary.isAttentive ? [("earlier states", [width, width]), ("present states", [width, width]), ("attention", [width])] : []
        return first + further + numbers + attention
    }

    /// Where the weights of the heads of numbers begin, and those of attention.
    static func numberStart(_ settings: LSTMPolicy.Settings) -> Int { start(max(1, settings.layers)) }
    static func attentionStart(_ settings: LSTMPolicy.Settings, _ vocabulary: PolicyVocabulary) -> Int { numberStart(settings) + (vocabulary.numbers == 0 ? 0 : 2) }

    /// The weights of a further layer begin here, by layer from 1.
    private static func start(_ layer: Int) -> Int { 6 + 3 * (layer - 1) }

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
        /// The transposes of the weights through which the way back goes at each step: those of the states by layer, those of the layers below
        /// from the second layer on.
        let recurrent: [Tracer.Variable]
        let below: [Tracer.Variable]
        let heads: Tracer.Variable
    }

    func tables() -> Tables {
        let width = settings.embedding
        let inputs = tracer.stack((0..<PolicyVocabulary.inputs).map { place in
            tracer.matmul(weights[0], tracer.rows(weights[1], place * width..<(place + 1) * width))
        })
        let further = (1..<max(1, settings.layers)).map(PolicyNetwork.start)
        return Tables(
            inputs: inputs, recurrent: ([2] + further.map { $0 + 1 }).map { tracer.transpose(weights[$0]) },
            below: further.map { tracer.transpose(weights[$0]) }, heads: tracer.transpose(weights[4]))
    }

    /// What an LSTM layer hands on to the next step.
    typealias State = (h: Tracer.Variable, c: Tracer.Variable)

    /// Records one step of some sequences from a state of each layer, kept in frames.
    ///
    /// - Parameter tokens: [B, 4].
    /// - Returns: the logits [B, V], what the heads of numbers put out, if there are any, what states are to be attended to by, if any are, and
    ///   the next states.
    func step(
        _ tokens: Tracer.Tokens, _ tables: Tables, _ before: [State]
    ) -> (logits: Tracer.Variable, numbers: Tracer.Variable?, attention: (earlier: Tracer.Variable, present: Tracer.Variable)?, states: [State]) {
        var inputs = tracer.embeddingSum(tokens, tables: tables.inputs, bias: weights[3])
        var states: [State] = []
        for (layer, state) in before.enumerated() {
            let start = layer == 0 ? 1 : PolicyNetwork.start(layer)
            if layer > 0 {
                inputs = tracer.dense(states[layer - 1].h, weight: weights[start], bias: weights[start + 2], transposed: tables.below[layer - 1])
            }
            let sums = tracer.matmul(state.h, weights[start + 1], plus: inputs, transposed: tables.recurrent[layer])
            states.append(tracer.inFrames { tracer.lstmCell(x: sums, c: state.c) })
        }
        let top = states[states.count - 1].h
        return tracer.inFrames {
            let logits = bounded(tracer.dense(top, weight: weights[4], bias: weights[5], transposed: tables.heads))
            let number = PolicyNetwork.numberStart(settings), attention = PolicyNetwork.attentionStart(settings, vocabulary)
            return (
                logits, vocabulary.numbers == 0 ? nil : tracer.dense(top, weight: weights[number], bias: weights[number + 1]),
                vocabulary.isAttentive ? (tracer.matmul(top, weights[attention]), tracer.matmul(top, weights[attention + 1])) : nil, states)
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
