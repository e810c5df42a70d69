import GRDB
import NaslSearch

/// Rows of repeated evaluations.
enum StoredRepetition {
    static let insertion = """
        INSERT INTO repetitions (run, trial, number, round, reward, status, reason, seconds, worker, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func arguments(_ repetition: Repetition, _ run: Int64) -> StatementArguments {
        let evaluation = repetition.evaluation
        return [
            run, repetition.trial + 1, repetition.number, repetition.round, evaluation.reward, evaluation.status.rawValue, evaluation.reason, repetition.seconds, repetition.worker,
            checksum(repetition, run),
        ]
    }

    private static func checksum(_ repetition: Repetition, _ run: Int64) -> Int64 {
        var sum = Checksum()
        sum.add(Int(run))
        for number in [repetition.trial, repetition.number, repetition.round, repetition.worker] { sum.add(number) }
        sum.add(repetition.evaluation.reward)
        sum.add(repetition.evaluation.status.rawValue)
        sum.add(repetition.evaluation.reason)
        sum.add(repetition.seconds)
        return sum.value
    }

    /// - Throws: where the row is not what was once written.
    static func repetition(_ row: Row, of run: Int64, in path: String) throws -> Repetition {
        let trial = try row.value("trial", as: Int.self)
        func damaged() -> StoreError { .damaged(path, "a repetition of trial \(trial) does not fit its checksum") }
        guard let status = Status(rawValue: try row.value("status")) else { throw damaged() }
        let repetition = Repetition(
            trial: trial - 1, number: try row.value("number"), round: try row.value("round"),
            evaluation: Evaluation(reward: try row.optional("reward"), status: status, reason: try row.optional("reason")), seconds: try row.value("seconds"), worker: try row.value("worker"))
        guard try row.value("checksum", as: Int64.self) == checksum(repetition, run) else { throw damaged() }
        return repetition
    }
}

extension Store {
    /// The repeated evaluations of a run in the order in which they were made; stores of older schemas have none.
    public func repetitions(of run: StoredRun) throws(StoreError) -> [Repetition] {
        try read { db in
            guard try db.tableExists("repetitions") else { return [] }
            return try Row.fetchAll(db, sql: "SELECT * FROM repetitions WHERE run = ? AND trial <= ? ORDER BY id", arguments: [run.id, run.proposals]).map {
                try StoredRepetition.repetition($0, of: run.id, in: path)
            }
        }
    }

    /// The trials of a run as they were at its end, with the means of all their evaluations.
    public func forEachMeasuredTrial(of run: StoredRun, _ body: (StoredTrial) throws -> Void) throws(StoreError) {
        let repetitions = Dictionary(grouping: try repetitions(of: run), by: \.trial)
        try forEachTrial(of: run) { row in
            var trial = row
            for repetition in repetitions[trial.number - 1] ?? [] { trial.add(repetition) }
            try body(trial)
        }
    }
}
