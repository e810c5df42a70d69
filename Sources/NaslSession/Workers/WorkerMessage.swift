import NaslSearch

/// The lines between a driver and its workers: JSON objects with `"v": 1` and a `"type"`, one a line; `docs/reliability.md` describes
/// them.
enum WorkerMessage {
    static let version = 1

    /// Worker: it is there.
    static func hello(pid: Int) -> JSON {
        message("hello", [("proto", .list([.number(1), .number(1)])), ("worker", .text("nasl \(NaslVersion.text)")), ("pid", .number(pid)),
                          ("features", .list([.text("cancel"), .text("budget")]))])
    }

    /// Driver: a task as a script, under a name for what follows.
    static func task(hash: String, name: String, body: String) -> JSON {
        message("task", [("hash", .text(hash)), ("name", .text(name)), ("body", .text(body))])
    }

    /// Driver: the candidate that these choices give, tried with a budget where there is one. Limits are for who watches over the worker: seconds, and resident bytes.
    static func eval(
        id: String, trial: Int, attempt: Int, candidate: [Int], task: String, seed: Int, repetition: Int = 0, budget: (setting: String, amount: Double)? = nil, heartbeat: Double,
        deadline: Double? = nil, memory: Int? = nil
    ) -> JSON {
        let budget = budget.map { [("budget", JSON.object([("setting", .text($0.setting)), ("amount", .number($0.amount))]))] } ?? []
        let limits = [deadline.map { ("deadline_s", JSON.number($0)) }, memory.map { ("memory", JSON.number($0)) }].compactMap(\.self)
        return message("eval", [
            ("id", .text(id)), ("trial", .number(trial)), ("attempt", .number(attempt)), ("candidate", .list(candidate.map { .number($0) })), ("task", .text(task)),
            ("seed", .number(seed)), ("heartbeat_s", .number(heartbeat)),
        ] + (repetition == 0 ? [] : [("repetition", .number(repetition))]) + budget + limits)
    }

    /// Driver: the candidate is no longer wanted.
    static func cancel(id: String) -> JSON { message("cancel", [("id", .text(id))]) }

    /// Worker: it is still at it.
    static func heartbeat(id: String, elapsed: Double) -> JSON { message("heartbeat", [("id", .text(id)), ("elapsed_s", .number(elapsed))]) }

    /// Worker: what came of a candidate.
    static func result(id: String, _ evaluation: Evaluation, code: String?) -> JSON {
        func record(_ numbers: [(name: String, value: Double)]) -> JSON { .object(numbers.map { ($0.name, .number($0.value)) }) }
        return message("result", [
            ("id", .text(id)), ("status", .text(evaluation.status.rawValue)), ("reward", evaluation.reward.map { .number($0) } ?? .null),
            ("reason", evaluation.reason.map { .text($0) } ?? .null), ("code", code.map { .text($0) } ?? .null), ("costs", record(evaluation.costs)),
            ("metrics", record(evaluation.metrics)),
        ] + (evaluation.constants.isEmpty ? [] : [("constants", .list(evaluation.constants.map { .number($0) }))]))
    }

    /// Worker: a request that it cannot do; `kind` is `bad_request`, `unknown_task`, `bad_task` or `version`.
    static func error(id: String?, kind: String, _ text: String) -> JSON {
        message("error", [("id", id.map { .text($0) } ?? .null), ("kind", .text(kind)), ("message", .text(text))])
    }

    private static func message(_ type: String, _ fields: [(name: String, value: JSON)]) -> JSON {
        .object([("v", .number(version)), ("type", .text(type))] + fields)
    }

    /// What a `result` holds; nil where it is none.
    static func evaluation(_ message: JSON) -> (evaluation: Evaluation, code: String?)? {
        guard let status = message["status"]?.text.flatMap({ Status(rawValue: $0) }) else { return nil }
        func numbers(_ name: String) -> [(name: String, value: Double)] {
            guard case .object(let fields)? = message[name] else { return [] }
            return fields.compactMap { field in field.value.double.map { (field.name, $0) } }
        }
        let evaluation = Evaluation(
            reward: message["reward"]?.double, status: status, reason: message["reason"]?.text, costs: numbers("costs"), metrics: numbers("metrics"),
            constants: message["constants"]?.list?.compactMap(\.double) ?? [])
        return (evaluation, message["code"]?.text)
    }
}
