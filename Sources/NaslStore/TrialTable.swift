/// Trials as lines of a table: CSV (RFC 4180) or JSON.
///
/// Metrics and costs have a column each, named `metrics.NAME` and `costs.NAME`, in the order in which they first occur.
public struct TrialTable: Sendable {
    private let costs: [String]
    private let metrics: [String]
    private let isRepeated: Bool
    private let hasBudgets: Bool

    /// - Parameters:
    ///   - isRepeated: whether programs were evaluated more than once: then rewards are means.
    ///   - hasBudgets: whether trials were run with budgets.
    public init(_ names: (costs: [String], metrics: [String]), isRepeated: Bool = false, hasBudgets: Bool = false) {
        self.isRepeated = isRepeated
        self.hasBudgets = hasBudgets
        costs = names.costs
        metrics = names.metrics
    }

    public var header: String {
        var names = ["number", "round", "program"] + (hasBudgets ? ["budget"] : []) + ["reward"]
        if isRepeated { names += ["deviation", "evaluations"] }
        names += ["status", "reason"] + costs.map { "costs.\($0)" } + metrics.map { "metrics.\($0)" }
        names += ["choices", "seed", "from_memory", "log_p", "canonical", "worker", "seconds", "recorded"]
        return names.map(TrialTable.field).joined(separator: ",")
    }

    public func csv(_ trial: StoredTrial) -> String {
        func numbers(_ names: [String], _ values: [(name: String, value: Double)]) -> [String] {
            names.map { name in values.first { $0.name == name }.map { "\($0.value)" } ?? "" }
        }
        var cells = ["\(trial.number)", "\(trial.round)", trial.program]
        if hasBudgets { cells.append(trial.budget.map { "\($0)" } ?? "") }
        cells.append(trial.reward.map { "\($0)" } ?? "")
        if isRepeated { cells += [trial.deviation.map { "\($0)" } ?? "", "\(max(1, trial.rewards.count))"] }
        cells += [trial.status, trial.reason ?? ""] + numbers(costs, trial.costs) + numbers(metrics, trial.metrics)
        cells += [JSONText.list(trial.choices), "\(trial.seed)", trial.fromMemory ? "1" : "0", "\(trial.logProbability)", trial.canonical ?? ""]
        cells += [trial.worker.map { "\($0)" } ?? "", "\(trial.seconds)", "\(trial.recorded)"]
        return cells.map(TrialTable.field).joined(separator: ",")
    }

    public func json(_ trial: StoredTrial) -> String {
        func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "\"\(value)\"" }
        func text(_ value: String?) -> String { value.map(JSONText.quoted) ?? "null" }
        var fields: [(name: String, value: String)] = []
        fields.append(("number", "\(trial.number)"))
        fields.append(("round", "\(trial.round)"))
        fields.append(("program", text(trial.program)))
        if hasBudgets { fields.append(("budget", trial.budget.map(number) ?? "null")) }
        fields.append(("reward", trial.reward.map(number) ?? "null"))
        if isRepeated {
            fields.append(("deviation", trial.deviation.map(number) ?? "null"))
            fields.append(("evaluations", "\(max(1, trial.rewards.count))"))
        }
        fields.append(("status", text(trial.status)))
        fields.append(("reason", text(trial.reason)))
        fields.append(("costs", JSONText.record(trial.costs) ?? "{}"))
        fields.append(("metrics", JSONText.record(trial.metrics) ?? "{}"))
        fields.append(("choices", JSONText.list(trial.choices)))
        fields.append(("seed", "\(trial.seed)"))
        fields.append(("from_memory", "\(trial.fromMemory)"))
        fields.append(("log_p", number(trial.logProbability)))
        fields.append(("canonical", text(trial.canonical)))
        fields.append(("worker", trial.worker.map { "\($0)" } ?? "null"))
        fields.append(("seconds", number(trial.seconds)))
        fields.append(("recorded", number(trial.recorded)))
        return "{\(fields.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ","))}"
    }

    /// In quotes where it has to be.
    private static func field(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
