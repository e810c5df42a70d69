import NaslControl
import NaslLanguage

/// Search methods with a policy, an LSTM that writes programs and learns from what they earn.
extension Builtins {
    static let policyMethods: [Builtin] = [
        Builtin("reinforce", "width?, lr?, entropy?, baseline?, exploration?, batch?, \(networkSignature)",
                "Search method: an LSTM controller trained by REINFORCE (Williams 1992; Zoph & Le 2017) with a moving-average baseline and an entropy bonus.",
                example: "search(reads_austen, with: reinforce(lr: 0.01), trials: 400)") { arguments, _ in
            let settings = try withBaseline(arguments, ReinforceController.Settings())
            return .object(Method("reinforce", shown: written(arguments, policyLabels + ["baseline"])) { ReinforceController(space: $0, seed: $1, settings: settings) })
        },
        Builtin("ppo", "width?, lr?, clip?, epochs?, minibatches?, entropy?, window?, exploration?, imitation?, queue?, batch?, \(networkSignature)",
                "Search method: as reinforce, with several passes over each round's trials and a clip on how far they may carry the controller (proximal policy optimization, Schulman et al. 2017).",
                example: "search(reads_austen, with: ppo(batch: 40, entropy: 0.2), trials: 400)") { arguments, _ in
            let shown = written(arguments, policyLabels + imitationLabels + ["window", "clip", "epochs", "minibatches"])
            return .object(ppoMethod(try ppoSettings(arguments), shown: shown))
        },
        Builtin("risk_seeking", "quantile?, standardized?, steps?, width?, lr?, entropy?, entropy_decay?, exploration?, imitation?, queue?, batch?, \(networkSignature)",
                "Search method: an LSTM controller that learns from the best `quantile` of each round only, for its best program and not its mean (Petersen et al. 2021, Deep Symbolic Regression).",
                example: "search(reads_austen, with: risk_seeking(quantile: 0.05, batch: 100), trials: 2000)") { arguments, _ in
            var settings = try riskSeeking(arguments, RiskSeekingController.Settings())
            settings.common = try imitating(arguments, settings.common)
            settings.steps = try arguments.count("steps", in: 1...10_000, default: settings.steps)
            let shown = written(arguments, policyLabels + imitationLabels + ["quantile", "standardized", "steps", "entropy_decay"])
            return .object(Method("risk_seeking", shown: shown) { [settings] in RiskSeekingController(space: $0, seed: $1, settings: settings) })
        },
        Builtin("priority_queue", "queue?, steps?, width?, lr?, entropy?, exploration?, batch?, \(networkSignature)",
                "Search method: an LSTM controller that learns to write the best `queue` programs so far (priority queue training, Abolafia et al. 2018).",
                example: "search(reads_austen, with: priority_queue(queue: 20), trials: 400)") { arguments, _ in
            var settings = PriorityQueueController.Settings()
            settings.common = try policy(arguments, settings.common)
            settings.queue = try arguments.count("queue", in: 1...100_000, default: settings.queue)
            settings.steps = try arguments.count("steps", in: 1...10_000, default: settings.steps)
            let shown = written(arguments, policyLabels + ["queue", "steps"])
            return .object(Method("priority_queue", shown: shown) { [settings] in PriorityQueueController(space: $0, seed: $1, settings: settings) })
        },
        Builtin("neural_guided", "generations?, guests?, elite?, patience?, tournament?, crossover?, parsimony?, quantile?, standardized?, width?, lr?, entropy?, entropy_decay?, exploration?, batch?, \(networkSignature)",
                "Search method: a round of the controller's programs begets `generations` rounds of descendants, of whose best `guests` it learns as in risk_seeking (Mundhenk et al. 2021). The best `elite` of a generation live on, and after `patience` cycles without a better program the controller begins anew. A parent is the winner of a tournament, or with the probability `parsimony` the shorter of two.",
                example: "search(reads_austen, with: neural_guided(generations: 20), trials: 5000)") { arguments, _ in
            var settings = NeuralGuidedController.Settings()
            settings.riskSeeking = try riskSeeking(arguments, settings.riskSeeking)
            try breeding(arguments, &settings.tournament, &settings.crossover)
            settings.parsimony = try number(arguments, "parsimony", expected: "from 0 to 1", default: settings.parsimony) { (0...1).contains($0) }
            settings.generations = try arguments.count("generations", in: 1...10_000, default: settings.generations)
            settings.guests = try arguments.count("guests", in: 1...100_000, default: settings.guests)
            settings.elite = try arguments.count("elite", in: 0...100_000, default: settings.elite)
            settings.patience = try arguments.count("patience", in: 0...100_000, default: settings.patience)
            let shown = written(arguments, policyLabels + ["quantile", "standardized", "entropy_decay", "generations", "guests", "elite", "patience", "tournament", "crossover", "parsimony"])
            return .object(Method("neural_guided", shown: shown) { [settings] in NeuralGuidedController(space: $0, seed: $1, settings: settings) })
        },
    ]

    static func ppoMethod(_ settings: PPOController.Settings, shown: String) -> Method {
        Method("ppo", shown: shown) { PPOController(space: $0, seed: $1, settings: settings) }
    }

    private static func ppoSettings(_ arguments: Arguments) throws -> PPOController.Settings {
        var settings = PPOController.Settings()
        settings.common = try imitating(arguments, policy(arguments, settings.common))
        settings.common.rankWindow = try arguments.count("window", in: 0...100_000, default: settings.common.rankWindow ?? 0)
        settings.clip = try number(arguments, "clip", expected: "positive", default: settings.clip) { $0 > 0 }
        settings.epochs = try arguments.count("epochs", in: 1...10_000, default: settings.epochs)
        settings.minibatches = try arguments.count("minibatches", in: 1...10_000, default: settings.minibatches)
        return settings
    }

    /// What the network of a policy is like.
    private static let networkLabels = ["layers", "temperature", "tanh_constant", "length", "length_sd", "number_heads", "spread", "attention"]
    private static let networkSignature = networkLabels.map { "\($0)?" }.joined(separator: ", ")
    private static let policyLabels = ["width", "lr", "entropy", "exploration", "batch"] + networkLabels
    private static let imitationLabels = ["imitation", "queue"]

    /// What all methods with a policy take.
    private static func policy(_ arguments: Arguments, _ defaults: PolicyGradientSettings) throws -> PolicyGradientSettings {
        var settings = defaults
        settings.width = try arguments.count("width", in: 1...1024, default: settings.width)
        settings.learningRate = try number(arguments, "lr", expected: "positive", default: settings.learningRate) { $0 > 0 }
        settings.entropyWeight = try number(arguments, "entropy", expected: "at least 0", default: settings.entropyWeight) { $0 >= 0 }
        settings.exploration = try number(arguments, "exploration", expected: "at least 0 and below 1", default: settings.exploration) { $0 >= 0 && $0 < 1 }
        settings.roundSize = try batch(arguments, default: settings.roundSize)
        try network(arguments, &settings)
        return settings
    }

    private static func network(_ arguments: Arguments, _ settings: inout PolicyGradientSettings) throws {
        settings.layers = try arguments.count("layers", in: 1...2, default: settings.layers)
        settings.temperature = try number(arguments, "temperature", expected: "positive", default: settings.temperature) { $0 > 0 }
        if arguments.given("tanh_constant") {
            settings.tanhConstant = try number(arguments, "tanh_constant", expected: "positive", default: 0) { $0 > 0 }
        }
        if arguments.given("length") { settings.length = try number(arguments, "length", expected: "positive", default: 0) { $0 > 0 } }
        if arguments.given("length_sd"), settings.length == nil {
            throw Fault.value("`length_sd` of `\(arguments.callee)` needs `length`, of which it is the deviation", at: arguments.range(of: "length_sd"))
        }
        settings.lengthDeviation = try number(arguments, "length_sd", expected: "positive", default: settings.lengthDeviation) { $0 > 0 }
        settings.hasNumberHeads = try arguments.bool("number_heads", default: settings.hasNumberHeads)
        settings.attention = try arguments.bool("attention", default: settings.attention)
        settings.spread = try number(arguments, "spread", expected: "positive", default: settings.spread) { $0 > 0 }
    }

    /// What those with a baseline take.
    private static func withBaseline(_ arguments: Arguments, _ defaults: PolicyGradientSettings) throws -> PolicyGradientSettings {
        var settings = try policy(arguments, defaults)
        settings.baselineDecay = try number(arguments, "baseline", expected: "at least 0 and below 1", default: settings.baselineDecay) { $0 >= 0 && $0 < 1 }
        return settings
    }

    /// What those that also imitate the best programs so far take.
    private static func imitating(_ arguments: Arguments, _ defaults: PolicyGradientSettings) throws -> PolicyGradientSettings {
        var settings = defaults
        settings.imitation = try number(arguments, "imitation", expected: "at least 0", default: settings.imitation) { $0 >= 0 }
        settings.queue = try arguments.count("queue", in: 1...100_000, default: settings.queue)
        return settings
    }

    private static func riskSeeking(_ arguments: Arguments, _ defaults: RiskSeekingController.Settings) throws -> RiskSeekingController.Settings {
        var settings = defaults
        settings.common = try policy(arguments, settings.common)
        settings.quantile = try number(arguments, "quantile", expected: "above 0 and at most 1", default: settings.quantile) { $0 > 0 && $0 <= 1 }
        settings.isStandardized = try arguments.bool("standardized", default: settings.isStandardized)
        settings.entropyDecay = try number(arguments, "entropy_decay", expected: "from 0 to 1", default: settings.entropyDecay) { (0...1).contains($0) }
        return settings
    }
}
