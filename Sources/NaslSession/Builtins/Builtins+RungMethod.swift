import NaslControl
import NaslLanguage

/// The search method that gives another one's programs small budgets first.
extension Builtins {
    static let rungMethod = Builtin(
        "hyperband", "method?, over?, from?, to?, eta?, brackets?, batch?",
        "Search method: the programs of `method` are tried with a small budget, and the best 1/`eta` of each rung with one `eta` times as large, up to the full one (Hyperband, Li et al. 2018). "
            + "The budget is the task's setting `over`, as `steps` of `task learns(f: Activation, steps: 450) { ... }`, full at its default or at `to`, and `from` at least. `brackets: 1` leaves out those that begin at higher rungs; `batch` programs begin the first.",
        example: "search(learns, with: hyperband(evolution(), over: \"steps\", from: 50), trials: 100)"
    ) { arguments, _ in
        let inner = try arguments.given("method") ? innerMethod(arguments) : defaultMethod
        func positive(_ name: String) throws -> Double? {
            arguments.given(name) ? try number(arguments, name, expected: "positive", default: 1) { $0 > 0 } : nil
        }
        let rungs = MethodRungs(
            inner: inner, over: arguments.given("over") ? try arguments.text("over") : nil, from: try positive("from"), to: try positive("to"),
            eta: try number(arguments, "eta", expected: "from 2 to 1000", default: 3) { (2...1000).contains($0) },
            brackets: arguments.given("brackets") ? try arguments.count("brackets", in: 1...32) : nil,
            batch: arguments.given("batch") ? try arguments.count("batch", in: 1...100_000) : nil)
        let others = ["over", "from", "to", "eta", "brackets", "batch"].filter(arguments.given).map { "\($0): \(arguments.value($0).source)" }
        let shown = "hyperband(\(([inner.written] + others).joined(separator: ", ")))"
        return .object(Method("hyperband", shown: shown, isWritable: inner.isWritable, remarks: inner.remarks, rungs: rungs, controller: inner.controller))
    }

    private static func innerMethod(_ arguments: Arguments) throws -> Method {
        guard let inner = try method(of: arguments.value("method"), at: arguments.range) else {
            throw arguments.wrongType("method", expected: "a search method, such as `evolution()`")
        }
        if inner.rungs != nil { throw Fault.value("`hyperband` goes around a method without rungs, but this one is `\(inner.written)`", at: arguments.range(of: "method")) }
        return inner
    }
}
