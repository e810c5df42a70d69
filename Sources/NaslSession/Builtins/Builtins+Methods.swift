import NaslControl
import NaslLanguage

/// What `with:` of `search` takes.
extension Builtins {
    static let methods: [Builtin] = [
        Builtin("random", "", "Search method: draws by the grammar's weights.", example: "search(reads_austen, with: random(), trials: 100)") { _, _ in
            .object(Method("random", shown: "random()") { RandomController(space: $0, seed: $1) })
        },
        Builtin("reinforce", "width?, lr?, entropy?, baseline?, batch?",
                "Search method: an LSTM controller trained by REINFORCE (Williams 1992; Zoph & Le 2017) with a moving-average baseline and an entropy bonus.",
                example: "search(reads_austen, with: reinforce(lr: 0.01), trials: 400)") { arguments, _ in
            let settings = try common(arguments, ReinforceController.Settings())
            return .object(Method("reinforce", shown: written(arguments, commonLabels)) { ReinforceController(space: $0, seed: $1, settings: settings) })
        },
        Builtin("ppo", "width?, lr?, clip?, epochs?, minibatches?, entropy?, baseline?, batch?",
                "Search method, the default: as reinforce, with several passes over each round's trials and a clip on how far they may carry the controller (proximal policy optimization, Schulman et al. 2017).",
                example: "search(reads_austen, with: ppo(batch: 40, entropy: 0.2), trials: 400)") { arguments, _ in
            let shown = written(arguments, commonLabels + ["clip", "epochs", "minibatches"])
            return .object(ppoMethod(try ppoSettings(arguments), shown: shown))
        },
    ]

    /// The method that a search was given, or the default.
    static func method(_ arguments: Arguments) throws -> Method {
        if !arguments.given("with") { return ppoMethod(PPOController.Settings(), shown: "ppo()") }
        switch arguments.value("with") {
        case .object(let object):
            if let method = object as? Method { return method }
        case .function(let function):
            // `with: random` is `with: random()`.
            if case .builtin(let builtin) = function.body, methods.contains(where: { $0.name == builtin.name }) {
                let bare = try Arguments([], to: builtin, at: arguments.range)
                if case .object(let object) = try builtin.call(bare, Interpreter(host: SilentHost())), let method = object as? Method { return method }
            }
        default: break
        }
        throw arguments.wrongType("with", expected: "a search method, such as `ppo()` or `random()`")
    }

    private static func ppoMethod(_ settings: PPOController.Settings, shown: String) -> Method {
        Method("ppo", shown: shown) { PPOController(space: $0, seed: $1, settings: settings) }
    }

    private static func ppoSettings(_ arguments: Arguments) throws -> PPOController.Settings {
        var settings = PPOController.Settings()
        settings.common = try common(arguments, settings.common)
        settings.clip = try number(arguments, "clip", expected: "positive", default: settings.clip) { $0 > 0 }
        settings.epochs = try arguments.count("epochs", in: 1...10_000, default: settings.epochs)
        settings.minibatches = try arguments.count("minibatches", in: 1...10_000, default: settings.minibatches)
        return settings
    }

    private static let commonLabels = ["width", "lr", "entropy", "baseline", "batch"]

    /// What all learning methods take.
    private static func common(_ arguments: Arguments, _ defaults: PolicyGradientSettings) throws -> PolicyGradientSettings {
        var settings = defaults
        settings.width = try arguments.count("width", in: 1...1024, default: settings.width)
        settings.learningRate = try number(arguments, "lr", expected: "positive", default: settings.learningRate) { $0 > 0 }
        settings.entropyWeight = try number(arguments, "entropy", expected: "at least 0", default: settings.entropyWeight) { $0 >= 0 }
        settings.baselineDecay = try number(arguments, "baseline", expected: "at least 0 and below 1", default: settings.baselineDecay) { $0 >= 0 && $0 < 1 }
        settings.roundSize = try arguments.count("batch", in: 1...100_000, default: settings.roundSize)
        return settings
    }

    private static func number(
        _ arguments: Arguments, _ name: String, expected: String, default fallback: Double, where fits: (Double) -> Bool
    ) throws -> Double {
        let number = try arguments.number(name, default: fallback)
        guard number.isFinite, fits(number) else {
            throw Fault.number("`\(name)` of `\(arguments.callee)`", expected: expected, found: number, at: arguments.range(of: name))
        }
        return number
    }

    /// The call, with the arguments that were given.
    private static func written(_ arguments: Arguments, _ labels: [String]) -> String {
        "\(arguments.callee)(\(labels.filter(arguments.given).map { "\($0): \(arguments.value($0).source)" }.joined(separator: ", ")))"
    }
}
