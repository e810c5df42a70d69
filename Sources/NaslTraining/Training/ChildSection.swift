import NaslExpr
import NaslTensor

/// A net recorded for batches of one size: where its examples go in and its losses come out.
struct ChildSection {
    enum Input {
        case values(Tracer.Variable)
        case tokens(Tracer.Tokens)
    }

    let name: String
    let batch: Int
    let input: Input
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

    /// Records `net` under `name`.
    ///
    /// - Parameter training: recorded with it, and gets the loss; nil where the net is only measured.
    init(
        _ name: String, batch: Int, net: any Layer, data: DataSet, loss: Loss, in tracer: NetTracer,
        training: ((Tracer.Variable) -> Void)? = nil
    ) throws {
        let outputs = max(data.classes, 1)
        let engine = tracer.tracer
        let labels = data.classes > 0 ? engine.tokens([batch]) : nil
        let needsTargets = labels == nil || loss != .crossEntropy
        let targets = needsTargets ? engine.input([batch, outputs]) : nil
        let x: TracedTensor
        if let vocabulary = data.vocabulary {
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
            guard output.shape == [batch, outputs] else {
                let wanted = data.classes > 0 ? "has \(outputs) \(data.isText ? "characters" : "classes")" : "has one number to predict"
                throw NetError(net.summary, "it gives \(shapeText(Array(output.shape.dropFirst()))) for each example, but `\(data.name)` \(wanted), so it should give [\(outputs)]")
            }
            let (losses, divisor) = try loss.record(output, labels: labels, targets: targets, in: tracer)
            let count = batch * divisor
            let mean = losses.count == count ? engine.mean(losses) : engine.scale(engine.sum(losses), by: 1 / Double(count))
            results = (losses, divisor, mean, training == nil ? labels.map { engine.correct(output, labels: $0) } : nil)
            training?(mean)
        }
        guard let results else { throw NetError(net.summary, "nothing was recorded") }
        self.name = name
        self.batch = batch
        self.labels = labels
        self.targets = targets
        (losses, divisor, mean, correct) = results
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
