import NaslControl
import NaslExpr

/// All settings of a search method, by the labels under which they are given: what a paper has to say of it.
struct MethodSettings {
    /// A method, as it is written, with its settings.
    let lines: [(method: String, settings: String)]

    init(_ controller: any Controller, written: String) {
        var lines = [(written, MethodSettings.text(MethodSettings.values(of: controller)))]
        var controller = controller
        if let hyperband = controller as? HyperbandController {
            controller = hyperband.inner
            lines.append((controller.name, MethodSettings.text(MethodSettings.values(of: controller))))
        }
        if let growing = controller as? GrowingController {
            controller = growing.inner
            lines.append((controller.name, MethodSettings.text(MethodSettings.values(of: controller))))
        }
        if let adaptive = controller as? AdaptiveController {
            lines += zip(adaptive.members, adaptive.controllers).map { ($0, MethodSettings.text(MethodSettings.values(of: $1))) }
        }
        self.lines = lines.map { (method: $0.0, settings: $0.1) }
    }

    private typealias Values = [(label: String, value: any SettingValue)]

    private static func text(_ values: Values) -> String { values.map { "\($0.label) \($0.value.told)" }.joined(separator: ", ") }

    private static func values(of controller: any Controller) -> Values {
        switch controller {
        case let evolution as EvolutionController:
            let settings = evolution.settings
            return [("population", Double(settings.population)), ("tournament", Double(settings.tournament)), ("crossover", settings.crossover), ("batch", Double(settings.roundSize))]
        case let reinforce as ReinforceController: return policy(reinforce.settings) + [("baseline", reinforce.settings.baselineDecay)]
        case let ppo as PPOController:
            let settings = ppo.settings
            return policy(settings.common) + imitation(settings.common)
                + [("window", Double(settings.common.rankWindow ?? 0)), ("clip", settings.clip), ("epochs", Double(settings.epochs)), ("minibatches", Double(settings.minibatches))]
        case let seeking as RiskSeekingController: return riskSeeking(seeking.settings) + imitation(seeking.settings.common) + [("steps", Double(seeking.settings.steps))]
        case let queue as PriorityQueueController:
            return policy(queue.settings.common) + [("queue", Double(queue.settings.queue)), ("steps", Double(queue.settings.steps))]
        case let guided as NeuralGuidedController:
            let settings = guided.settings
            return riskSeeking(settings.riskSeeking) + [
                ("generations", Double(settings.generations)), ("guests", Double(settings.guests)), ("elite", Double(settings.elite)), ("patience", Double(settings.patience)),
                ("tournament", Double(settings.tournament)), ("crossover", settings.crossover), ("parsimony", settings.parsimony),
            ]
        case let hyperband as HyperbandController:
            let plan = hyperband.plan
            return [("from", plan.budgets.first ?? plan.full), ("to", plan.full), ("eta", plan.eta), ("brackets", Double(plan.brackets)), ("batch", Double(plan.batch))]
        case let growing as GrowingController: return [("depth", Double(growing.settings.depth)), ("patience", Double(growing.settings.patience))]
        case let adaptive as AdaptiveController:
            let settings = adaptive.settings
            return [("window", Double(settings.window)), ("floor", settings.floor), ("best", Double(settings.best)), ("batch", Double(settings.roundSize))]
        default: return [("batch", Double(controller.roundSize))]
        }
    }

    private static func policy(_ settings: PolicyGradientSettings) -> Values {
        [("width", Double(settings.width)), ("layers", Double(settings.layers)), ("temperature", settings.temperature),
         ("tanh_constant", settings.tanhConstant), ("length", settings.length), ("length_sd", settings.length.map { _ in settings.lengthDeviation }),
         ("number_heads", settings.hasNumberHeads), ("spread", settings.spread), ("attention", settings.attention),
         ("lr", settings.learningRate), ("entropy", settings.entropyWeight), ("exploration", settings.exploration),
         ("batch", Double(settings.roundSize))]
    }

    private static func imitation(_ settings: PolicyGradientSettings) -> Values {
        [("imitation", settings.imitation), ("queue", Double(settings.queue))]
    }

    private static func riskSeeking(_ settings: RiskSeekingController.Settings) -> Values {
        policy(settings.common) + [("quantile", settings.quantile), ("standardized", settings.isStandardized), ("entropy_decay", settings.entropyDecay)]
    }
}

/// What a setting may be.
private protocol SettingValue {
    var told: String { get }
}

extension Double: SettingValue {
    fileprivate var told: String { numberText(self) }
}

extension Bool: SettingValue {
    fileprivate var told: String { self ? "true" : "false" }
}

extension Double?: SettingValue {
    fileprivate var told: String { map(numberText) ?? "none" }
}
