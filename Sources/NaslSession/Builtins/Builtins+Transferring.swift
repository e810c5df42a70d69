import NaslControl
import NaslExpr
import NaslLanguage

extension Builtins {
    static let transferring: [Builtin] = [
        Builtin("transfer", "run, to",
                "Search method: that of a run with a policy, which begins with what the run's controller knows of the rules that the task's grammar shares with the run's. It says what is kept.",
                example: "search(reads_austen, with: transfer(run, to: reads_austen))") { arguments, _ in
            let run = try arguments.object("run", RunValue.self, expected: "a run")
            guard case .task(let task) = arguments.value("to") else { throw arguments.wrongType("to", expected: "a task") }
            let (_, found) = try run.definition()
            // Rungs are of the run's task; the method that writes the programs goes on without them.
            let method = found.rungs?.inner ?? found
            let knowledge = try run.controller().policies.map { PolicyKnowledge($0) }
            guard let first = knowledge.first else {
                throw Fault.value("a run by `\(run.method)` has no policy that could be transferred", at: arguments.range(of: "run"),
                                  help: ["`search(\(task.name), from: run)` lets any method begin with the run's trials"])
            }
            // All policies of a run are about the same rules.
            let kept = first.kept(in: task.grammar.space)
            guard !kept.rules.isEmpty else {
                throw Fault.value("the grammars of `\(run.taskName)` and `\(task.name)` have no rule in common, so there is nothing to transfer", at: arguments.range)
            }
            let source = run.name.map { "runs(\(Value.text($0).source))" }
            return .object(Method(method.name, shown: "transfer(\(source ?? "run"), to: \(task.name))", isWritable: source != nil, remarks: remarks(kept)) { space, seed in
                let controller = method.controller(space, seed)
                // The same method makes networks of the same shape, in the same order.
                for (policy, knowledge) in zip(controller.policies, knowledge) { policy.adopt(knowledge) }
                return controller
            })
        },
    ]

    private static func remarks(_ kept: PolicyKnowledge.Kept) -> [String] {
        let rules = kept.rules.map { rule in
            rule.alternatives == 0 ? "`\(rule.name)`" : "`\(rule.name)` (\(rule.shared) of \(rule.alternatives) alternatives)"
        }
        return ["kept: the recurrent weights, and what is known of \(listed(rules))"] + (kept.fresh.isEmpty ? [] : ["begun anew: \(listed(kept.fresh.map { "`\($0)`" }))"])
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(8)
        return shown.joined(separator: ", ") + (names.count > shown.count ? " and \(names.count - shown.count) more" : "")
    }
}
