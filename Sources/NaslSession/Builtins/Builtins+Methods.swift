import NaslControl
import NaslExpr
import NaslLanguage

/// What `with:` of `search` takes.
extension Builtins {
    static let methods: [Builtin] = plainMethods + policyMethods + [adaptiveMethod, growingMethod, rungMethod]

    /// Methods without a policy.
    private static let plainMethods: [Builtin] = [
        Builtin("random", "batch?", "Search method: draws by the grammar's weights.", example: "search(reads_austen, with: random(), trials: 100)") { arguments, _ in
            let batch = try batch(arguments, default: 20)
            return .object(Method("random", shown: written(arguments, ["batch"])) { RandomController(space: $0, seed: $1, roundSize: batch) })
        },
        Builtin("exhaustive", "batch?", "Search method: all programs in the order of their numbers, the smallest first.",
                example: "search(reads_austen, with: exhaustive(), trials: 1000)") { arguments, _ in
            let batch = try batch(arguments, default: 20)
            return .object(Method("exhaustive", shown: written(arguments, ["batch"])) { space, _ in ExhaustiveController(space: space, roundSize: batch) })
        },
        Builtin("evolution", "population?, tournament?, crossover?, batch?",
                "Search method: regularized evolution (Real et al. 2019). The best of `tournament` programs of the last `population` becomes a parent; its child is a change of it, or with the probability `crossover` has a part of a second one.",
                example: "search(reads_austen, with: evolution(population: 100), trials: 400)") { arguments, _ in
            var settings = EvolutionController.Settings()
            settings.population = try arguments.count("population", in: 2...1_000_000, default: settings.population)
            try breeding(arguments, &settings.tournament, &settings.crossover)
            settings.roundSize = try batch(arguments, default: settings.roundSize)
            let shown = written(arguments, ["population", "tournament", "crossover", "batch"])
            return .object(Method("evolution", shown: shown) { [settings] in EvolutionController(space: $0, seed: $1, settings: settings) })
        },
    ]

    /// The method that a search was given, or the default.
    static func method(_ arguments: Arguments) throws -> Method {
        if !arguments.given("with") { return defaultMethod }
        if let method = try method(of: arguments.value("with"), at: arguments.range) { return method }
        throw arguments.wrongType("with", expected: "a search method, such as `ppo()` or `random()`")
    }

    /// A search method, or the name of one: `with: random` is `with: random()`. nil: the value is none.
    static func method(of value: Value, at range: SourceRange) throws -> Method? {
        switch value {
        case .object(let object): return object as? Method
        case .function(let function):
            guard case .builtin(let builtin) = function.body, methods.contains(where: { $0.name == builtin.name }) else { return nil }
            guard case .object(let object) = try builtin.call(try Arguments([], to: builtin, at: range), Interpreter(host: SilentHost())) else { return nil }
            return object as? Method
        default: return nil
        }
    }

    static func batch(_ arguments: Arguments, default fallback: Int) throws -> Int { try arguments.count("batch", in: 1...100_000, default: fallback) }

    /// What all methods with parents and children take.
    static func breeding(_ arguments: Arguments, _ tournament: inout Int, _ crossover: inout Double) throws {
        tournament = try arguments.count("tournament", in: 1...1_000_000, default: tournament)
        crossover = try number(arguments, "crossover", expected: "from 0 to 1", default: crossover) { (0...1).contains($0) }
    }

    static func number(
        _ arguments: Arguments, _ name: String, expected: String, default fallback: Double, where fits: (Double) -> Bool
    ) throws -> Double {
        let number = try arguments.number(name, default: fallback)
        guard number.isFinite, fits(number) else {
            throw Fault.number("`\(name)` of `\(arguments.callee)`", expected: expected, found: number, at: arguments.range(of: name))
        }
        return number
    }

    /// The call, with the arguments that were given.
    static func written(_ arguments: Arguments, _ labels: [String]) -> String {
        "\(arguments.callee)(\(labels.filter(arguments.given).map { "\($0): \(arguments.value($0).source)" }.joined(separator: ", ")))"
    }
}
