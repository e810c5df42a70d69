import NaslExpr
import NaslLanguage
import NaslTraining
import Synchronization

/// The numbers that a child gave to its function, one row for each point; where they are not known, points of a range.
struct SeenInputs: Sendable {
    let rows: [[Double]]
    let isSeen: Bool

    /// Runs one trial with a function that writes down what it is given; and one whose nets, in which a function is traced and not called, write it down.
    static func found(by term: FunctionTerm, _ trials: CommonSeeds, seed: Int, over: Limits?) -> SeenInputs {
        let count = term.parameters.count
        if let over {
            let scale = (over.upper - over.lower) / (InputPoints.range.upper - InputPoints.range.lower)
            return SeenInputs(rows: InputPoints.spread(parameters: count).map { $0.map { over.lower + ($0 - InputPoints.range.lower) * scale } }, isSeen: false)
        }
        let seen = Mutex<[[Double]]>([])
        let function = term.candidate
        let watched = Function(name: "f", .builtin(Builtin("f", term.parameters.map(\.text).joined(separator: ", "), "") { arguments, interpreter in
            let given = term.parameters.map { arguments.value($0.text) }
            if let rows = SeenInputs.rows(of: given) { seen.withLock { $0 += rows.prefix(max(0, mostRows - $0.count)) } }
            return try interpreter.call(function, given, at: arguments.range)
        }))
        let watch = InputWatch(of: term, most: mostRows)
        func run(_ candidate: Value) {
            let host = TrialHost(trials.host, stop: trials.host.stop, watch: watch)
            _ = try? TaskRunner.run(trials.task, candidate, settings: trials.settings, seed: seed + 1, repetition: 0, host: host, latest: trials.latest)
        }
        if count > 0 { run(.function(watched)) }
        if count > 0, watch.rows.isEmpty, seen.withLock({ $0.isEmpty }) { run(function) }
        let known = (watch.rows + seen.withLock { $0 }).filter { $0.allSatisfy(\.isFinite) }
        return known.isEmpty ? SeenInputs(rows: InputPoints.spread(parameters: count), isSeen: false) : SeenInputs(rows: known, isSeen: true)
    }

    private static let mostRows = 5_000

    /// Numbers, lists and tensors, the shorter ones repeated; nil of anything else.
    private static func rows(of values: [Value]) -> [[Double]]? {
        var columns: [[Double]] = []
        for value in values {
            guard let tensor = value.asTensor else { return nil }
            columns.append(tensor.numbers)
        }
        let longest = columns.map(\.count).max() ?? 0
        guard longest > 0, columns.allSatisfy({ $0.count == 1 || $0.count == longest }) else { return nil }
        return (0..<min(longest, mostRows)).map { row in columns.map { $0.count == 1 ? $0[0] : $0[row] } }
    }

    /// The middle of what a parameter was given, and the range of it.
    func middle(_ axis: Int) -> Double {
        let sorted = rows.map { $0[axis] }.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    func limits(_ axis: Int) -> Limits {
        let values = rows.map { $0[axis] }
        let (lower, upper) = (values.min() ?? -1, values.max() ?? 1)
        return lower < upper ? Limits(lower, upper) : Limits(lower - 1, upper + 1)
    }
}
