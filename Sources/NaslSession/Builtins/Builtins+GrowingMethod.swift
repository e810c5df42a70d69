import NaslControl
import NaslLanguage

/// The search method that lets another one's programs grow.
extension Builtins {
    static let growingMethod = Builtin(
        "growing", "method?, depth?, patience?",
        "Search method: the programs of `method` are at most `depth` deep at first, and may be one deeper whenever `patience` proposals have brought nothing better, up to the grammar's own limit.",
        example: "search(reads_austen, with: growing(evolution(), depth: 3), trials: 400)"
    ) { arguments, _ in
        let inner = try innerMethod(arguments)
        var settings = GrowingController.Settings()
        settings.depth = try arguments.count("depth", in: 1...1000, default: settings.depth)
        settings.patience = try arguments.count("patience", in: 1...1_000_000, default: settings.patience)
        let others = ["depth", "patience"].filter(arguments.given).map { "\($0): \(arguments.value($0).source)" }
        let shown = "growing(\(([inner.written] + others).joined(separator: ", ")))"
        return .object(Method("growing", shown: shown, isWritable: inner.isWritable, remarks: inner.remarks) { [settings] space, seed in
            GrowingController(space: space, seed: seed, settings: settings, method: inner.controller)
        })
    }

    private static func innerMethod(_ arguments: Arguments) throws -> Method {
        guard arguments.given("method") else { return defaultMethod }
        guard let inner = try method(of: arguments.value("method"), at: arguments.range) else {
            throw arguments.wrongType("method", expected: "a search method, such as `evolution()`")
        }
        if inner.rungs != nil {
            throw Fault.value("`\(inner.written)` cannot stand inside of `growing`", at: arguments.range(of: "method"), help: ["write it around: `hyperband(growing(...), ...)`"])
        }
        if ["exhaustive", "growing"].contains(inner.name) {
            throw Fault.value("`growing` goes around a method that draws programs of any depth, but this one is `\(inner.written)`", at: arguments.range(of: "method"))
        }
        return inner
    }
}
