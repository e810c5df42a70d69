import GRDB
import NaslExpr
import NaslSearch
import NaslSpace

/// A trial as a row of the store: all of a `Trial` but the term, which its choices give.
public struct StoredTrial: Sendable {
    /// From 1.
    public let number: Int
    public let round: Int
    public let choices: [Int]
    public let program: String
    public private(set) var reward: Double?
    public private(set) var status: String
    public private(set) var reason: String?
    /// Of each evaluation, the first one's first; empty where there was no other.
    public private(set) var rewards: [Double] = []
    public let costs: [(name: String, value: Double)]
    public let metrics: [(name: String, value: Double)]
    public let seed: Int
    public private(set) var seconds: Double
    public let fromMemory: Bool
    public let logProbability: Double
    public let canonical: String?
    public let worker: Int?
    public let constants: [Double]
    /// With which it was run; nil where the method gives none.
    public let budget: Double?
    /// When it was taken up; seconds since 1970.
    public let recorded: Double

    init(_ trial: Trial, recorded: Double) {
        number = trial.index + 1
        round = trial.round
        choices = trial.choices
        program = trial.text
        reward = trial.reward
        status = trial.status.rawValue
        reason = trial.reason
        costs = trial.costs
        metrics = trial.metrics
        seed = trial.seed
        seconds = trial.seconds
        fromMemory = trial.fromMemory
        logProbability = trial.logProbability
        canonical = trial.canonical
        worker = trial.worker
        constants = trial.constants
        budget = trial.budget
        self.recorded = recorded
    }

    /// - Throws: where the row is not what was once written.
    init(_ row: Row, of run: Int64, in path: String) throws {
        let number = try row.value("number", as: Int.self)
        self.number = number
        func damaged(_ what: String) -> StoreError { .damaged(path, "trial \(number) \(what)") }
        round = try row.value("round")
        guard let choices = JSONText.list(try row.value("choices")) else { throw damaged("has choices that cannot be read") }
        self.choices = choices
        program = try row.value("program")
        reward = try row.optional("reward")
        status = try row.value("status")
        reason = try row.optional("reason")
        func numbers(_ column: String) throws -> [(name: String, value: Double)] {
            guard let text = try row.optional(column, as: String.self) else { return [] }
            guard let numbers = JSONText.record(text) else { throw damaged("has \(column) that cannot be read") }
            return numbers
        }
        costs = try numbers("costs")
        metrics = try numbers("metrics")
        seed = try row.value("seed")
        seconds = try row.value("seconds")
        fromMemory = try row.value("from_memory")
        logProbability = try row.value("log_p")
        // Stores that are read may be of the first schema.
        canonical = row.hasColumn("canonical") ? try row.optional("canonical") : nil
        worker = row.hasColumn("worker") ? try row.optional("worker") : nil
        constants = row.hasColumn("constants") ? JSONText.numbers(try row.optional("constants")) ?? [] : []
        budget = row.hasColumn("budget") ? try row.optional("budget") : nil
        recorded = try row.value("recorded")
        guard try row.value("checksum", as: Int64.self) == checksum(run) else { throw damaged("does not fit its checksum") }
    }

    func checksum(_ run: Int64) -> Int64 {
        var sum = Checksum()
        sum.add(Int(run))
        sum.add(number)
        sum.add(round)
        for choice in choices { sum.add(choice) }
        sum.add(program)
        sum.add(reward)
        sum.add(status)
        sum.add(reason)
        for number in costs + [("", 0)] + metrics {
            sum.add(number.name)
            sum.add(number.value)
        }
        sum.add(seed)
        sum.add(seconds)
        sum.add(fromMemory ? 1 : 0)
        sum.add(logProbability)
        sum.add(recorded)
        // Trials of the first schema have neither.
        if canonical != nil || worker != nil {
            sum.add(canonical)
            sum.add(worker ?? 0)
        }
        for constant in constants { sum.add(constant) }
        if let budget {
            sum.add("budget")
            sum.add(budget)
        }
        return sum.value
    }

    static let insertion = """
        INSERT INTO trials (run, number, round, choices, program, reward, status, reason, costs, metrics, seed, seconds, from_memory, log_p, recorded, checksum, canonical, worker, constants, budget)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    func arguments(_ run: Int64) -> StatementArguments {
        [run, number, round, JSONText.list(choices), program, reward, status, reason, JSONText.record(costs), JSONText.record(metrics), seed, seconds, fromMemory, logProbability, recorded,
         checksum(run), canonical, worker, JSONText.numbers(constants), budget]
    }

    /// Of the rewards of its evaluations; nil where there was but one.
    public var deviation: Double? { Statistics.deviation(rewards) }

    /// Takes what came of a repetition; where it failed, so has the trial.
    mutating func add(_ repetition: Repetition) {
        var measured = Repetitions(reward: reward, rewards: rewards)
        if let failure = measured.add(repetition) { (status, reason) = (failure.status.rawValue, failure.reason) }
        (reward, rewards) = (measured.reward, measured.rewards)
        seconds += repetition.seconds
    }

    /// The trial, its term derived again from its choices; nil where the space has no such derivation.
    public func trial(in space: Space) -> Trial? {
        guard let sample = try? space.replay(choices), let status = Status(rawValue: status) else { return nil }
        var trial = Trial(
            index: number - 1, round: round, choices: choices, program: sample.program, text: program, drawnText: constants.isEmpty ? nil : space.text(of: sample.program),
            constants: constants, reward: reward, status: status, reason: reason,
            costs: costs, metrics: metrics, seconds: seconds, seed: seed, fromMemory: fromMemory, logProbability: logProbability, canonical: canonical, worker: worker,
            budget: budget)
        trial.keep(rewards)
        return trial
    }
}

extension Store {
    /// The trials of a run in their order, one after the other, so that a long run needs no more memory than a short one.
    public func forEachTrial(of run: StoredRun, _ body: (StoredTrial) throws -> Void) throws(StoreError) {
        try read { db in
            var expected = 1
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM trials WHERE run = ? AND number <= ? ORDER BY number", arguments: [run.id, run.proposals])
            while let row = try rows.next() {
                let trial = try StoredTrial(row, of: run.id, in: path)
                guard trial.number == expected else { throw StoreError.damaged(path, "trial \(expected) of `\(run.name)` is missing") }
                expected += 1
                try body(trial)
            }
            guard expected > run.proposals else { throw StoreError.damaged(path, "trial \(expected) of `\(run.name)` is missing") }
        }
    }

    public func trials(of run: StoredRun) throws(StoreError) -> [StoredTrial] {
        var trials: [StoredTrial] = []
        trials.reserveCapacity(run.proposals)
        try forEachTrial(of: run) { trials.append($0) }
        return trials
    }

    /// The best trials, best first and of equals the earlier first, each program once; with budgets of the largest one that has a reward.
    public func top(_ count: Int, of run: StoredRun) throws(StoreError) -> [StoredTrial] {
        if try !repetitions(of: run).isEmpty { return try topByBound(count, of: run) }
        return try read { db in
            // Trials from memory repeat a program that was tried before.
            let rewarded = "FROM trials WHERE run = ?1 AND from_memory = 0 AND reward IS NOT NULL"
            let budget = run.fullBudget == nil ? "" : "AND budget = (SELECT max(budget) \(rewarded))"
            return try Row.fetchAll(db, sql: "SELECT * \(rewarded) \(budget) ORDER BY reward DESC, number LIMIT ?2", arguments: [run.id, count]).map { try StoredTrial($0, of: run.id, in: path) }
        }
    }

    /// By the lower bounds of their mean rewards.
    private func topByBound(_ count: Int, of run: StoredRun) throws(StoreError) -> [StoredTrial] {
        var trials: [StoredTrial] = []
        try forEachMeasuredTrial(of: run) { if !$0.fromMemory, $0.reward != nil { trials.append($0) } }
        let deviation = Statistics.pooledDeviation(trials.map(\.rewards)) ?? 0
        let ranked = trials.map { (trial: $0, bound: Statistics.lowerBound($0.reward ?? -.infinity, deviation: deviation, count: max(1, $0.rewards.count))) }
            .sorted { ($1.bound, $0.trial.number) < ($0.bound, $1.trial.number) }
        return ranked.prefix(count).map(\.trial)
    }

    /// The sum of a metric over the trials that were evaluated; nil where none has it.
    public func total(ofMetric name: String, in run: StoredRun) throws(StoreError) -> Double? {
        try read { db in
            let path = "$.\(JSONText.quoted(name))"
            return try Double.fetchOne(db, sql: "SELECT sum(json_extract(metrics, ?)) FROM trials WHERE run = ? AND from_memory = 0", arguments: [path, run.id])
        }
    }

    /// What its trials have cost, as many of the full budget.
    public func spent(in run: StoredRun) throws(StoreError) -> Double {
        guard let full = run.fullBudget else { return Double(run.trials) }
        return try read { db in
            try Double.fetchOne(db, sql: "SELECT total(budget) FROM trials WHERE run = ? AND number <= ? AND from_memory = 0 AND status <> 'rejected'", arguments: [run.id, run.proposals]) ?? 0
        } / full
    }

    /// Programs that a cheap test of the task has given up.
    public func rejected(of run: StoredRun) throws(StoreError) -> Int {
        try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM trials WHERE run = ? AND status = 'rejected' AND from_memory = 0", arguments: [run.id]) ?? 0 }
    }

    /// Trials without a reward.
    public func failures(of run: StoredRun) throws(StoreError) -> Int {
        try read { db in
            let first = try Int.fetchOne(db, sql: "SELECT count(*) FROM trials WHERE run = ? AND reward IS NULL AND from_memory = 0 AND status <> 'rejected'", arguments: [run.id]) ?? 0
            guard try db.tableExists("repetitions") else { return first }
            return first + (try Int.fetchOne(db, sql: "SELECT count(DISTINCT trial) FROM repetitions WHERE run = ? AND reward IS NULL", arguments: [run.id]) ?? 0)
        }
    }
}
