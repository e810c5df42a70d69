import NaslExpr
import NaslLanguage
import NaslTensor
import NaslTraining

extension Builtins {
    /// Layers, nets, optimizers and training.
    static let learning: [Builtin] = [
        Builtin("train", "net, data, loss?, optimizer?, batch?, steps?, epochs?, examples?, schedule?, seed?",
                "Trains a net and measures it on the validation part. Random numbers depend on the trial's seed alone, so all candidates start alike.",
                example: "train(mlp([64, 10]), digits, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 500).validation.loss") { arguments, interpreter in
            let data = try arguments.object("data", DataValue.self, expected: "a data set, such as `digits`").dataSet()
            let net = try NetValue.layer(of: arguments.value("net"), interpreter, at: arguments.range(of: "net"))
            let settings = try trainingSettings(arguments, interpreter)
            let host = interpreter.host
            if host.fuel != nil { try interpreter.spend(workUnits(settings)) }
            let fit = try tracing { try NaslTraining.train(net, on: data, settings, watch: (host as? TrialHost)?.watch) { host.isInterrupted } }
            interpreter.metrics = FitValue.metrics(fit)
            return .object(FitValue(fit, net: arguments.value("net")) { host.isInterrupted })
        },
        Builtin("weights", "net, data", "How many trainable numbers a net has on this data, without training it.", example: "weights(mlp([32, 10]), digits)") { arguments, interpreter in
            let data = try arguments.object("data", DataValue.self, expected: "a data set, such as `digits`").dataSet()
            let net = try NetValue.layer(of: arguments.value("net"), interpreter, at: arguments.range(of: "net"))
            return .number(Double(try tracing { try weightCount(of: net, on: data) }))
        },
        Builtin("dense", "units", "A fully connected layer.", example: "dense(64) >> relu >> dense(10)") { arguments, _ in
            .object(NetValue(Dense(try arguments.count("units", in: 1...1_000_000))))
        },
        Builtin("embedding", "dimension, context?", "Characters as vectors, those of the context side by side.",
                example: "embedding(16, context: 6) >> dense(64) >> tanh >> classify()") { arguments, _ in
            let context = arguments.given("context") ? try arguments.count("context", in: 1...10_000) : nil
            return .object(NetValue(Embedding(try arguments.count("dimension", in: 1...100_000), context: context)))
        },
        Builtin("mlp", "sizes, activation?", "Dense layers of these sizes with the activation between them.", example: "mlp([64, 64, 10], activation: tanh)") { arguments, _ in
            .object(NetValue(Nets.mlp(try sizes(arguments, "sizes"), activation: try activation(arguments))))
        },
        Builtin("convnet", "filters, classes?, activation?", "For each number so many 3 x 3 filters, the activation and max-pooling by 2; then a dense layer for the classes.",
                example: "convnet([8, 16], classes: 10)") { arguments, _ in
            .object(NetValue(Nets.convnet(try sizes(arguments, "filters"), classes: try classes(arguments), activation: try activation(arguments))))
        },
        Builtin("resnet20", "classes?, activation?", "The residual net of 20 layers for small pictures (He et al. 2016).", example: "resnet20(classes: 10)") { arguments, _ in
            .object(NetValue(Nets.resnet20(classes: try classes(arguments), activation: try activation(arguments))))
        },
        Builtin("char_mlp", "data, context?, hidden?, activation?, embedding?",
                "A net that predicts the next character of a text from the `context` before it: an embedding, dense layers, a softmax.",
                example: "char_mlp(austen, context: 6, hidden: [64], activation: tanh)") { arguments, _ in
            let data = try arguments.object("data", DataValue.self, expected: "a text, such as `austen`").dataSet()
            guard data.isText else { throw Fault.value("`char_mlp` needs a text, but `\(data.name)` holds rows", at: arguments.range(of: "data")) }
            let hidden = arguments.given("hidden") ? try sizes(arguments, "hidden") : [64]
            return .object(NetValue(Nets.charMLP(
                context: try arguments.count("context", in: 1...1000, default: 6), hidden: hidden, activation: try activation(arguments),
                dimension: try arguments.count("embedding", in: 1...10_000, default: 16))))
        },
        Builtin("char_rnn", "data, cell?, width?, window?, embedding?",
                "A recurrent net that goes over a text and predicts each next character; a step sees `window` characters of each of `batch` streams. The cell is `lstm` (the default), `gru` or a function (x, h, c) -> (h: .., c: ..).",
                example: "char_rnn(austen, cell: gru, width: 32)") { arguments, interpreter in
            let data = try arguments.object("data", DataValue.self, expected: "a text, such as `austen`").dataSet()
            guard data.isText else { throw Fault.value("`char_rnn` needs a text, but `\(data.name)` holds rows", at: arguments.range(of: "data")) }
            let cell = arguments.given("cell") ? try CellValue.cell(of: arguments.value("cell"), interpreter, at: arguments.range(of: "cell")) : LSTM()
            return .object(NetValue(CharRNN(
                cell: cell, width: try arguments.count("width", in: 1...100_000, default: 64), window: try arguments.count("window", in: 1...10_000, default: 32),
                dimension: arguments.given("embedding") ? try arguments.count("embedding", in: 1...100_000) : nil)))
        },
        Builtin("optimizer", "rule, lr?", "An optimizer from an expression: the weight w moves by -lr times a function of some of w, its gradient g, the averages m of g, v of g^2 and q of g^3 (decay 0.9, 0.999 and 0.999, corrected as in Adam) and progress t from 0 to 1.",
                example: "optimizer((w, g, m, v, t) -> m / (sqrt(v) + 1e-8), 1e-3)") { arguments, _ in
            let rule = try updateRule(try term(arguments, "rule"), arguments)
            return .object(OptimizerValue(Optimizer(rule, learningRate: try arguments.number("lr", default: 1e-3))))
        },
        optimizer("powersign", "lr?, base?, beta?", rate: 0.1, "PowerSign (Bello et al. 2017).") {
            .powersign(base: try $0.number("base", default: 2.718281828459045), beta: try $0.number("beta", default: 0.9))
        },
        optimizer("addsign", "lr?, alpha?, beta?", rate: 0.1, "AddSign (Bello et al. 2017).") {
            .addsign(alpha: try $0.number("alpha", default: 1), beta: try $0.number("beta", default: 0.9))
        },
        optimizer("sgd", "lr?", rate: 0.1, "Plain gradient descent.") { _ in .sgd() },
        optimizer("momentum", "lr?, beta?", rate: 0.01, "Gradient descent with momentum (Polyak 1964).") { .momentum(beta: try $0.number("beta", default: 0.9)) },
        optimizer("nesterov", "lr?, beta?", rate: 0.01, "Momentum that looks ahead (Nesterov 1983).") { .nesterov(beta: try $0.number("beta", default: 0.9)) },
        optimizer("rmsprop", "lr?, beta?", rate: 1e-3, "Steps divided by a running root mean square (Tieleman & Hinton 2012).") {
            .rmsprop(beta: try $0.number("beta", default: 0.99))
        },
        optimizer("adam", "lr?, beta1?, beta2?", rate: 1e-3, "Adam (Kingma & Ba 2015).") {
            .adam(beta1: try $0.number("beta1", default: 0.9), beta2: try $0.number("beta2", default: 0.999))
        },
        optimizer("adamw", "lr?, beta1?, beta2?, decay?", rate: 1e-3, "Adam with decoupled weight decay (Loshchilov & Hutter 2019).") {
            .adamw(beta1: try $0.number("beta1", default: 0.9), beta2: try $0.number("beta2", default: 0.999), decay: try $0.number("decay", default: 0.01))
        },
        optimizer("lion", "lr?, beta1?, beta2?", rate: 1e-4, "The sign of an interpolated momentum (Chen et al. 2023).") {
            .lion(beta1: try $0.number("beta1", default: 0.9), beta2: try $0.number("beta2", default: 0.99))
        },
    ]

    /// Losses, cells and data sets: names that are values.
    static let learningValues: [(String, Value)] =
        [("cross_entropy", .object(LossValue(.crossEntropy))), ("squared_error", .object(LossValue(.squaredError)))]
        + CellValue.library
        + DataValue.library.map { ($0.name, .object($0)) }

    private static func optimizer(
        _ name: String, _ signature: String, rate: Double, _ summary: String, _ rule: @escaping @Sendable (Arguments) throws -> UpdateRule
    ) -> Builtin {
        Builtin(name, signature, "Optimizer: \(summary)", example: "\(name)(lr: \(numberText(rate)))") { arguments, _ in
            .object(OptimizerValue(Optimizer(try rule(arguments), learningRate: try arguments.number("lr", default: rate))))
        }
    }

    private static func activation(_ arguments: Arguments) throws -> FunctionTerm {
        guard arguments.given("activation") else {
            return FunctionTerm(parameters: ["x"], body: .apply(.relu, .variable("x")))
        }
        let term = try term(arguments, "activation")
        guard term.parameters.count == 1 else {
            throw Fault.value("an activation takes one argument, but this function takes \(term.parameters.count)", at: arguments.range(of: "activation"))
        }
        return term
    }

    private static func classes(_ arguments: Arguments) throws -> Int? {
        arguments.given("classes") ? try arguments.count("classes", in: 1...1_000_000) : nil
    }

    /// Parameters called w, g, m, v, q, t are these; others by their order, where there are all five.
    private static func updateRule(_ rule: FunctionTerm, _ arguments: Arguments) throws -> UpdateRule {
        var rule = rule
        if !rule.parameters.allSatisfy({ UpdateRule.allNames.contains($0.text) }) {
            guard rule.parameters.count == UpdateRule.names.count else {
                throw Fault.value("a rule is a function of some of w, g, m, v and t, but this one takes \(rule.parameters.map { "`\($0)`" }.joined(separator: ", "))", at: arguments.range(of: "rule"))
            }
            let names = UpdateRule.names.map { Symbol($0) }
            rule = FunctionTerm(parameters: names, body: rule.body.substituting(Dictionary(uniqueKeysWithValues: zip(rule.parameters, names.map { Expr.variable($0) }))))
        }
        do { return try UpdateRule(rule) } catch { throw Fault.opaque("`rule` of `optimizer`", reason: error.description, at: arguments.range(of: "rule")) }
    }

    private static func sizes(_ arguments: Arguments, _ name: String) throws -> [Int] {
        let sizes = try arguments.list(name).map { value in
            let what = "a size in `\(name)` of `\(arguments.callee)`"
            let expected = "a whole number from 1 to 1,000,000"
            guard case .number(let number) = value else { throw Fault.type(what, expected: expected, found: value, at: arguments.range(of: name)) }
            guard let size = Int(exactly: number), (1...1_000_000).contains(size) else {
                throw Fault.number(what, expected: expected, found: number, at: arguments.range(of: name))
            }
            return size
        }
        return sizes
    }

    private static func trainingSettings(_ arguments: Arguments, _ interpreter: Interpreter) throws -> TrainingSettings {
        var settings = TrainingSettings()
        settings.seed = try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000, default: interpreter.seed)
        settings.repeat = interpreter.repetition
        if arguments.given("batch"), arguments.value("batch").isCallable {
            settings.batches = try batches(arguments)
        } else {
            settings.batch = try arguments.count("batch", in: 1...1_000_000, default: 64)
        }
        if arguments.given("loss") { settings.loss = try loss(arguments) }
        if arguments.given("optimizer") { settings.optimizer = try optimizer(arguments, interpreter) }
        if ["steps", "epochs", "examples"].count(where: arguments.given) > 1 {
            throw Fault.value("`train` takes one of `steps:`, `epochs:` and `examples:`", at: arguments.range)
        }
        if arguments.given("steps") { settings.length = .steps(try arguments.count("steps", in: 1...1_000_000_000)) }
        if arguments.given("epochs") { settings.length = .epochs(try arguments.number("epochs")) }
        if arguments.given("examples") { settings.length = .examples(try arguments.count("examples", in: 1...1_000_000_000_000)) }
        if arguments.given("schedule") { settings.schedule = try schedule(arguments) }
        return settings
    }

    /// Training steps, a hundred units each.
    private static func workUnits(_ settings: TrainingSettings) -> Int {
        switch settings.length {
        case .steps(let steps): 100 * min(steps, 1 << 40)
        case .examples(let examples): 100 * max(1, min(examples, 1 << 40) / 64)
        case .epochs(let epochs): Int(exactly: (min(max(epochs, 0), 1e9) * 100_000).rounded(.up)) ?? .max
        }
    }

    private static func loss(_ arguments: Arguments) throws -> Loss {
        switch arguments.value("loss") {
        case .object(let object):
            if let loss = object as? LossValue { return loss.loss }
        case .function: return .expression(try term(arguments, "loss"))
        default: break
        }
        throw arguments.wrongType("loss", expected: "a loss, such as `cross_entropy`, or a function of p and y")
    }

    private static func optimizer(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Optimizer {
        switch arguments.value("optimizer") {
        case .object(let object):
            if let value = object as? OptimizerValue { return value.optimizer }
        case .function(let function):
            // `optimizer: adam` is `optimizer: adam()`.
            if case .builtin(let builtin) = function.body, builtin.summary.hasPrefix("Optimizer:"),
               case .object(let object) = try builtin.call(try Arguments([], to: builtin, at: arguments.range), interpreter), let value = object as? OptimizerValue {
                return value.optimizer
            }
        default: break
        }
        throw arguments.wrongType("optimizer", expected: "an optimizer, such as `adam(lr: 3e-3)`")
    }

    /// A function of progress from 0 to 1 that gives a factor on the learning rate.
    private static func schedule(_ arguments: Arguments) throws -> @Sendable (Double) -> Double {
        let term = try term(arguments, "schedule")
        guard term.parameters.count == 1 else { throw Fault.value("a schedule is a function of progress alone", at: arguments.range(of: "schedule")) }
        let value = try compiled(term, "a schedule", at: arguments.range(of: "schedule"))
        return { value([$0]) }
    }

    /// A function of progress, or of progress and the noise scale of the gradient, that gives the examples of a step.
    private static func batches(_ arguments: Arguments) throws -> BatchSchedule {
        let term = try term(arguments, "batch")
        guard (1...2).contains(term.parameters.count) else {
            throw Fault.value("a batch that changes is a function of progress, or of progress and the noise scale of the gradient", at: arguments.range(of: "batch"))
        }
        let value = try compiled(term, "a batch that changes", at: arguments.range(of: "batch"))
        // The noise is measured only where it is looked at.
        let usesNoise = term.parameters.count == 2 && term.parameters.last.map(term.body.mentions) == true
        return BatchSchedule(usesNoise: usesNoise) { progress, noise in value(term.parameters.count == 2 ? [progress, noise] : [progress]) }
    }

    /// A function of numbers, ready to be called often.
    private static func compiled(_ term: FunctionTerm, _ what: String, at range: SourceRange) throws -> @Sendable ([Double]) -> Double {
        var graph = Graph(inputs: term.parameters.count)
        do {
            let inputs = Dictionary(uniqueKeysWithValues: term.parameters.enumerated().map { ($1, graph.input($0)) })
            let output = try graph.insert(term.body, inputs)
            return { [graph] numbers in graph.value(at: output, inputs: numbers) }
        } catch {
            throw Fault.opaque(what, reason: error.description, at: range)
        }
    }
}
