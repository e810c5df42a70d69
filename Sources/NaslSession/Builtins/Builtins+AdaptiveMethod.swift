import NaslControl
import NaslLanguage

/// The search method that has others as its members.
extension Builtins {
    static let adaptiveMethod = Builtin(
        "adaptive", "members?, window?, floor?, best?, batch?",
        "Search method, the default: shares the trials among `members` by what each has earned in the last `window` of them, at least `floor` for each. A trial earns by joining the `best` programs so far.",
        example: "search(reads_austen, with: adaptive(members: [evolution(), ppo(), random()]), trials: 400)") { arguments, _ in
        var settings = AdaptiveController.Settings()
        settings.window = try arguments.count("window", in: 1...1_000_000, default: settings.window)
        settings.floor = try number(arguments, "floor", expected: "from 0 to 1", default: settings.floor) { (0...1).contains($0) }
        settings.best = try arguments.count("best", in: 1...100_000, default: settings.best)
        settings.roundSize = try batch(arguments, default: settings.roundSize)
        let given = try adaptiveMembers(arguments)
        let others = ["window", "floor", "best", "batch"].filter(arguments.given).map { "\($0): \(arguments.value($0).source)" }
        let shown = (given.map { ["members: [\($0.map(\.written).joined(separator: ", "))]"] } ?? []) + others
        let members = given ?? usualMembers
        return .object(adaptive(settings, members, shown: "adaptive(\(shown.joined(separator: ", ")))"))
    }

    /// What a search takes that is given no method.
    static var defaultMethod: Method { adaptive(AdaptiveController.Settings(), usualMembers, shown: "adaptive()") }

    private static func adaptive(_ settings: AdaptiveController.Settings, _ members: [Method], shown: String) -> Method {
        Method("adaptive", shown: shown, isWritable: members.allSatisfy(\.isWritable)) { space, seed in
            AdaptiveController(space: space, seed: seed, settings: settings, members: members.map { AdaptiveController.Member($0.written, controller: $0.controller) })
        }
    }

    /// The members that are named; nil where none are.
    private static func adaptiveMembers(_ arguments: Arguments) throws -> [Method]? {
        guard arguments.given("members") else { return nil }
        let values = arguments.value("members").elements ?? []
        let members = try values.compactMap { try method(of: $0, at: arguments.range) }
        guard !members.isEmpty, members.count == values.count else {
            throw arguments.wrongType("members", expected: "a list of search methods, such as [evolution(), random()]")
        }
        if let wrong = members.first(where: { $0.rungs != nil }) {
            throw Fault.value("`\(wrong.written)` cannot be a member of `adaptive`: its rewards are of several budgets", at: arguments.range(of: "members"),
                              help: ["write it around all of them: `hyperband(adaptive(members: [...]), ...)`"])
        }
        return members
    }

    /// One of each kind: it changes programs, does so from what a policy has written, writes the best ones again, knows nothing.
    private static var usualMembers: [Method] {
        [
            Method("evolution", shown: "evolution()") { EvolutionController(space: $0, seed: $1) },
            Method("neural_guided", shown: "neural_guided()") { NeuralGuidedController(space: $0, seed: $1) },
            Method("priority_queue", shown: "priority_queue()") { PriorityQueueController(space: $0, seed: $1) },
            Method("random", shown: "random()") { RandomController(space: $0, seed: $1) },
        ]
    }
}
