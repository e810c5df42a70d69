import GRDB
import NaslSearch

/// Rows of what came of candidates before their round was finished.
enum StoredEvaluation {
    static let insertion = """
        INSERT OR REPLACE INTO early (run, round, program, reward, status, reason, costs, metrics, seconds, worker, checksum, constants) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static func arguments(_ early: EarlyEvaluation, _ run: Int64) -> StatementArguments {
        let evaluation = early.evaluation
        return [
            run, early.round, early.text, evaluation.reward, evaluation.status.rawValue, evaluation.reason, JSONText.record(evaluation.costs),
            JSONText.record(evaluation.metrics), early.seconds, early.worker, checksum(early, run), JSONText.numbers(evaluation.constants),
        ]
    }

    private static func checksum(_ early: EarlyEvaluation, _ run: Int64) -> Int64 {
        var sum = Checksum()
        sum.add(Int(run))
        sum.add(early.round)
        sum.add(early.text)
        sum.add(early.evaluation.reward)
        sum.add(early.evaluation.status.rawValue)
        sum.add(early.evaluation.reason)
        for number in early.evaluation.costs + [("", 0)] + early.evaluation.metrics {
            sum.add(number.name)
            sum.add(number.value)
        }
        sum.add(early.seconds)
        sum.add(early.worker)
        for constant in early.evaluation.constants { sum.add(constant) }
        return sum.value
    }

    /// nil where the row is not what was once written: then the candidate is evaluated again.
    static func evaluation(_ row: Row, _ run: Int64) throws -> EarlyEvaluation? {
        func numbers(_ column: String) throws -> [(name: String, value: Double)]? {
            guard let text = try row.optional(column, as: String.self) else { return [] }
            return JSONText.record(text)
        }
        guard let status = Status(rawValue: try row.value("status")), let costs = try numbers("costs"), let metrics = try numbers("metrics") else { return nil }
        let evaluation = Evaluation(reward: try row.optional("reward"), status: status, reason: try row.optional("reason"), costs: costs, metrics: metrics,
                                    constants: row.hasColumn("constants") ? JSONText.numbers(try row.optional("constants")) ?? [] : [])
        let early = EarlyEvaluation(round: try row.value("round"), text: try row.value("program"), evaluation: evaluation, seconds: try row.value("seconds"), worker: try row.value("worker"))
        return try row.value("checksum", as: Int64.self) == checksum(early, run) ? early : nil
    }
}
