import NaslExpr
import NaslLanguage

/// What `search` is told about the processes of its trials.
extension Builtins {
    /// Whether each trial has a process of its own: a limit needs one.
    static func isIsolated(_ arguments: Arguments) throws -> Bool {
        let isWanted = try arguments.bool("isolate", default: arguments.given("timeout") || arguments.given("memory"))
        guard isWanted || !arguments.given("timeout") && !arguments.given("memory") else {
            throw Fault.value("`timeout:` and `memory:` need isolated trials: only a process can be ended from outside", at: arguments.range(of: "isolate"))
        }
        return isWanted
    }

    static func limits(_ arguments: Arguments) throws -> WorkerCrew.Limits {
        var limits = WorkerCrew.Limits()
        if arguments.given("timeout") { limits.timeout = try seconds(arguments, "timeout", default: 0) }
        if arguments.given("memory") { limits.memory = try bytes(arguments, "memory") }
        return limits
    }

    /// `"2 GB"`, `"600 MB"`, or a number of bytes.
    private static func bytes(_ arguments: Arguments, _ name: String) throws -> Int {
        let least = 100_000_000, most = 1e15
        func checked(_ bytes: Double) throws -> Int {
            guard let whole = Int(exactly: bytes.rounded()), whole >= least, bytes <= most else {
                throw Fault.number("`\(name)` of `\(arguments.callee)`, in bytes,", expected: "at least \(groupedText(least))", found: bytes, at: arguments.range(of: name))
            }
            return whole
        }
        switch arguments.value(name) {
        case .number(let number): return try checked(number)
        case .text(let text):
            let units: [(name: String, bytes: Double)] = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)]
            if let unit = units.first(where: { text.hasSuffix($0.name) }), let number = Double(text.dropLast(2).filter { $0 != " " }) { return try checked(number * unit.bytes) }
            throw Fault.value("`\"\(text)\"` is no amount of memory", at: arguments.range(of: name), help: ["write it as `\"2 GB\"` or `\"600 MB\"`"])
        default: throw arguments.wrongType(name, expected: "an amount of memory, such as \"2 GB\"")
        }
    }
}
