import NaslExpr
import NaslTensor

/// A net recorded for batches of one size: where its examples go in and its losses come out.
struct ChildSection {
    enum Input {
        case values(Tracer.Variable)
        /// [B, context]: the next character is the label.
        case tokens(Tracer.Tokens)
        /// [window, B]: the labels are the characters after each.
        case streams(Tracer.Tokens)
    }

    let name: String
    let batch: Int
    /// Predictions: one for each example, or for each character of all windows.
    let rows: Int
    let input: Input
    /// What a recurrent net carries from run to run.
    let states: [Tracer.Variable]
    /// Where the data has classes.
    let labels: Tracer.Tokens?
    /// [B, outputs]: one-hot classes or numbers, where the loss needs them.
    let targets: Tracer.Variable?
    /// Their sum over all rows, by `batch * divisor`, is the loss.
    let losses: Tracer.Variable
    let divisor: Int
    /// The loss, shape [1].
    let mean: Tracer.Variable
    /// For each row 1 where the likeliest class is right; where it is measured and the data has classes.
    let correct: Tracer.Variable?
    /// Where it applies the function that is watched.
    let watched: [InputWatch.Application]

    /// Records `net` under `name`.
    ///
    /// - Parameter training: recorded with it, and gets the loss; nil where the net is only measured.
    init(
        _ name: String, batch: Int, net: any Layer, data: DataSet, loss: Loss, in tracer: NetTracer,
        training: ((Tracer.Variable) -> Void)? = nil
    ) throws {
        let outputs = max(data.classes, 1)
        let engine = tracer.tracer
        let window = try ChildSection.window(of: net, data)
        let rows = batch * (window ?? 1)
        let labels = data.classes > 0 ? engine.tokens([rows]) : nil
        let needsTargets = labels == nil || loss != .crossEntropy
        if needsTargets { try tracer.reserve([rows, outputs], net.summary) }
        let targets = needsTargets ? engine.input([rows, outputs]) : nil
        let x: TracedTensor
        if let vocabulary = data.vocabulary, let window {
            try tracer.reserve([batch, window], net.summary)
            let tokens = engine.tokens([window, batch])
            input = .streams(tokens)
            x = TracedTensor(tokens, vocabulary: vocabulary.count, in: tracer)
        } else if let vocabulary = data.vocabulary {
            let context = try ChildSection.context(of: net, data)
            try tracer.reserve([batch, context], net.summary)
            let tokens = engine.tokens([batch, context])
            input = .tokens(tokens)
            x = TracedTensor(tokens, vocabulary: vocabulary.count, in: tracer)
        } else {
            try tracer.reserve([batch] + data.shape, net.summary)
            let values = engine.input([batch] + data.shape)
            input = .values(values)
            x = TracedTensor(values, in: tracer)
        }
        var results: (losses: Tracer.Variable, divisor: Int, mean: Tracer.Variable, correct: Tracer.Variable?)?
        try tracer.trace(name, training: training != nil) {
            let output = try net.apply(to: x).variable(for: net.summary)
            guard output.shape == [rows, outputs] else {
                let wanted = data.classes > 0 ? "has \(outputs) \(data.isText ? "characters" : "classes")" : "has one number to predict"
                throw NetError(net.summary, "it gives \(shapeText(Array(output.shape.dropFirst()))) for each example, but `\(data.name)` \(wanted), so it should give [\(outputs)]")
            }
            let (losses, divisor) = try loss.record(output, labels: labels, targets: targets, in: tracer)
            let count = rows * divisor
            let mean = losses.count == count ? engine.mean(losses) : engine.scale(engine.sum(losses), by: 1 / Double(count))
            results = (losses, divisor, mean, training == nil ? labels.map { engine.correct(output, labels: $0) } : nil)
            training?(mean)
            // After the way back, which reads them.
            tracer.recordCarrying()
        }
        guard let results else { throw NetError(net.summary, "nothing was recorded") }
        self.name = name
        self.batch = batch
        self.rows = rows
        states = tracer.carried.map(\.start)
        watched = tracer.watched
        self.labels = labels
        self.targets = targets
        (losses, divisor, mean, correct) = results
    }

    /// How many characters of each stream a run sees; nil where the net does not go over a text.
    private static func window(of net: any Layer, _ data: DataSet) throws -> Int? {
        guard let window = net.window else { return nil }
        guard data.isText else { throw NetError(net.summary, "it goes over a text, but `\(data.name)` holds examples of shape \(shapeText(data.shape))") }
        let shortest = min(data.train.count, data.validation.count, data.test.count)
        guard window >= 1, window < shortest else {
            throw NetError(net.summary, "it sees \(window) characters at a time; 1 to \(shortest - 1) are possible with `\(data.name)`")
        }
        return window
    }

    private static func context(of net: any Layer, _ data: DataSet) throws -> Int {
        guard let context = net.context else {
            throw NetError(net.summary, "`\(data.name)` is text, but this net does not say how many characters it looks at; `char_mlp` does")
        }
        let shortest = min(data.train.count, data.validation.count, data.test.count)
        guard context >= 1, context < shortest else {
            throw NetError(net.summary, "it looks at \(context) characters; 1 to \(shortest - 1) are possible with `\(data.name)`")
        }
        return context
    }
}

extension Loss {
    /// The losses whose sum is divided by rows times `divisor`.
    fileprivate func record(
        _ output: Tracer.Variable, labels: Tracer.Tokens?, targets: Tracer.Variable?, in net: NetTracer
    ) throws -> (losses: Tracer.Variable, divisor: Int) {
        let tracer = net.tracer
        switch self {
        case .crossEntropy:
            guard let labels else { throw TrainingError("cross_entropy needs classes, but the data has numbers to predict; use squared_error") }
            return (tracer.softmaxCrossEntropy(output, labels: labels), 1)
        case .squaredError:
            guard let targets else { throw TrainingError("squared_error needs targets") }
            return (tracer.squaredError(output, targets), output.columns)
        case .expression(let term):
            guard let targets else { throw TrainingError("a loss needs targets") }
            let p = labels == nil ? output : try tracer.elementwise(Loss.probability, [tracer.logSoftmax(output)])
            let losses = try TracedTensor.apply(term, to: [.tensor(TracedTensor(p, in: net)), .tensor(TracedTensor(targets, in: net))])
            return (try losses.variable(for: summary), 1)
        }
    }

    /// No probability is below 1e-7, as in Keras: a loss may take its logarithm.
    private static let probability = FunctionTerm(parameters: ["a"], body: .apply(.max, .apply(.exp, .variable("a")), 1e-7))
}
