import NaslControl
import NaslExpr
import NaslLanguage
import NaslSpace

/// What `with:` takes: a search method with its settings, made into a controller when a search begins.
final class Method: LanguageObject {
    let name: String
    /// As it would be written: `reinforce(width: 32)`.
    let written: String
    /// Whether what is written makes it again in another session.
    let isWritable: Bool
    /// What is to be said of it beside that, in lines.
    let remarks: [String]
    /// Of ``settled(on:latest:at:)`` where it has rungs.
    let controller: @Sendable (Space, Int) -> any Controller
    /// Where it tries programs with small budgets first.
    let rungs: MethodRungs?
    /// The task's setting that is the budget; nil before it is settled, and without rungs.
    let budget: String?

    init(
        _ name: String, shown: String, isWritable: Bool = true, remarks: [String] = [], rungs: MethodRungs? = nil, budget: String? = nil,
        controller: @escaping @Sendable (Space, Int) -> any Controller
    ) {
        self.name = name
        written = shown
        self.isWritable = isWritable
        self.remarks = remarks
        self.rungs = rungs
        self.budget = budget
        self.controller = controller
    }

    /// The method for a task, whose budget it has to know where it has rungs.
    func settled(on task: TaskValue, latest: [String: Value], at range: SourceRange) throws -> Method {
        guard let rungs else { return self }
        let (setting, plan) = try rungs.plan(for: task, latest: latest, at: range)
        return Method(name, shown: written, isWritable: isWritable, remarks: remarks, rungs: rungs, budget: setting) { space, seed in
            HyperbandController(space: space, plan: plan, inner: rungs.inner.controller(space, seed))
        }
    }

    /// What a trial of this budget is called with.
    func settings(_ amount: Double?) -> [Argument] {
        guard let budget, let amount else { return [] }
        return [Argument(label: budget, .number(amount))]
    }

    var shown: String { ([written] + remarks).joined(separator: "\n  ") }

    let kind = "a search method"
}
