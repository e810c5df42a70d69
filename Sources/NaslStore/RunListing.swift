/// Runs and stores as text, for people.
public enum RunListing {
    /// The run, or a message that names those that are there.
    public static func run(named name: String, in store: Store) throws(StoreError) -> StoredRun {
        if let run = try store.run(named: name) { return run }
        let names = try store.runs().map(\.name)
        throw StoreError("there is no run `\(name)` in `\(store.path)`", help: names.isEmpty ? "it holds none" : "it holds \(names.map { "`\($0)`" }.joined(separator: ", "))")
    }

    /// A line for each run, the oldest first.
    public static func table(_ store: Store) throws(StoreError) -> String {
        let header = ["run", "task", "method", "seed", "trials", "best", "state", "changed"]
        var rows = [header]
        for run in try store.runs() {
            let best = try store.top(1, of: run).first?.reward
            rows.append([
                run.name, run.definition.task, run.definition.method, "\(run.definition.seed)", "\(run.trials)/\(run.requested)", best.map { "\($0)" } ?? "-",
                run.stateText, timeText(run.changed),
            ])
        }
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ").trimmingEnd()
        }.joined(separator: "\n")
    }

    /// All about one run.
    public static func description(of name: String, in store: Store) throws(StoreError) -> String {
        let run = try run(named: name, in: store)
        let failures = try store.failures(of: run)
        var lines = [
            "\(run.name): \(run.stateText), \(run.trials) of \(run.requested) trials and \(run.proposals) proposals in \(run.rounds) rounds, \(failures) failed, \(run.seconds.rounded()) s",
            "method   \(run.definition.method), seed \(run.definition.seed)",
        ]
        for (name, value) in run.definition.settings.sorted(by: { $0.key < $1.key }) { lines.append("\(name)   \(value)") }
        if run.fullBudget != nil { lines.append("spent   as much as \((try store.spent(in: run) * 100).rounded() / 100) trials of the full budget") }
        if let parent = run.parent { lines.append("began with what `\(parent)` taught") }
        if run.dependsOnTime { lines.append("depends on time: a time limit has decided about a trial") }
        if let holder = run.holder, run.isHeld { lines.append("held by \(holder.description)") }
        lines.append("begun    \(timeText(run.created)) by nasl \(run.origin.version) on \(run.origin.machine), \(run.origin.instructions)")
        lines += ["", "best programs"]
        for trial in try store.top(5, of: run) { lines.append("  \(trial.number)  \(trial.reward ?? .nan)  \(trial.program)") }
        lines += ["", "events"]
        for event in try store.events(of: run) { lines.append("  \(timeText(event.time))  \(event.kind): \(event.text)") }
        lines += ["", "task"] + run.definition.source.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "  \($0)" }
        return lines.joined(separator: "\n")
    }

    /// `1.4 MB`.
    public static func sizeText(_ bytes: Int) -> String {
        bytes < 1_000_000 ? "\(bytes / 1000) kB" : "\((Double(bytes) / 1e5).rounded() / 10) MB"
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
