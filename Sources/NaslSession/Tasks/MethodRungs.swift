import NaslControl
import NaslExpr
import NaslLanguage

/// What `hyperband(...)` was given. Only the task that it is to search says what the full budget is.
struct MethodRungs: Sendable {
    let inner: Method
    /// The task's setting that is the budget; nil: its only one.
    let over: String?
    /// The smallest budget; nil: three promotions below the full one.
    let from: Double?
    /// The full budget; nil: the setting's default.
    let to: Double?
    let eta: Double
    let brackets: Int?
    let batch: Int?

    /// The rungs for a task, and which of its settings they set.
    func plan(for task: TaskValue, latest: [String: Value], at range: SourceRange) throws -> (setting: String, plan: RungPlan) {
        let setting = try setting(of: task, at: range)
        let full = try to ?? fullBudget(setting, of: task, latest, at: range)
        let what = "the full budget of \(numberText(full)) for `\(setting)`"
        if let from, from >= full { throw Fault.number("`from` of `hyperband`", expected: "below \(what)", found: from, at: range) }
        let isWhole = full == full.rounded() && from.map { $0 == $0.rounded() } ?? true
        let least = from ?? (isWhole ? max(1, full / (eta * eta * eta)) : full / (eta * eta * eta))
        let plan = RungPlan(full: full, from: least, eta: eta, isWhole: isWhole, batch: batch)
        guard plan.budgets.count > 1 else {
            throw Fault.value("there is no rung between `from: \(numberText(least))` and \(what)", at: range,
                              help: ["with `eta: \(numberText(eta))` the smallest budget can be \(numberText(full / eta)) at most"])
        }
        if let brackets, brackets > plan.budgets.count {
            throw Fault.number("`brackets` of `hyperband`", expected: "at most \(plan.budgets.count), the number of its rungs", found: Double(brackets), at: range)
        }
        return (setting, RungPlan(full: full, from: least, eta: eta, isWhole: isWhole, brackets: brackets, batch: batch))
    }

    private func setting(of task: TaskValue, at range: SourceRange) throws -> String {
        let names = task.settings.map(\.name)
        let example = "write it with a default: `task \(task.name)(\(task.searched.map { "\($0.name): \($0.grammar.name)" }.joined(separator: ", ")), \(over ?? "steps"): 450) { ... }`"
        guard let over else {
            guard let first = names.first else { throw Fault.value("`\(task.name)` has no setting that could be the budget of `hyperband`", at: range, help: [example]) }
            if names.count == 1 { return first }
            throw Fault.value("which of \(MethodRungs.listed(names)) is the budget of `\(task.name)`?", at: range, help: ["say it with `over: \(Value.text(first).source)`"])
        }
        if names.contains(over) { return over }
        if task.searched.contains(where: { $0.name == over }) { throw Fault.value("`\(over)` is what `\(task.name)` searches, so it cannot be its budget", at: range, help: [example]) }
        throw Fault.value("`\(task.name)` has no setting `\(over)`", at: range,
                          help: names.isEmpty ? [example] : [suggestion(for: over, among: names).map { "did you mean `\($0)`?" } ?? "it has \(MethodRungs.listed(names))"])
    }

    private func fullBudget(_ setting: String, of task: TaskValue, _ latest: [String: Value], at range: SourceRange) throws -> Double {
        let values: [(name: String, value: Value)]
        do { values = try Interpreter(host: SilentHost(), latest: latest).defaults(of: task, at: range) } catch let fault as Fault {
            var fault = fault
            fault.help.append("a budget of `hyperband` needs a default that is the same for all candidates, or `to:`")
            throw fault
        }
        guard let value = values.first(where: { $0.name == setting })?.value, case .number(let full) = value else {
            throw Fault.type("the default of `\(setting)`, the budget of `\(task.name)`,", expected: "a number", found: values.first { $0.name == setting }?.value ?? .none, at: range)
        }
        guard full > 0, full.isFinite else { throw Fault.number("the default of `\(setting)`, the budget of `\(task.name)`,", expected: "positive", found: full, at: range) }
        return full
    }

    private static func listed(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
