import NaslExpr
import NaslLanguage

extension Builtins {
    /// What the laws say about functions.
    static let laws: [Builtin] = [
        Builtin("simplify", "function, on?, repeats?, tolerance?, seed?, workers?",
                "A function with the same values that is no larger: the smallest form that the laws lead to. It may be defined at more points. With `on: task` also what does not "
                    + "matter to the task's reward is removed, as long as common seeds show that no more than the tolerance is lost.",
                example: "simplify(x -> x * x / x + 0)") { arguments, interpreter in
            if arguments.given("on") { return try simplified(arguments, interpreter) }
            for name in ["repeats", "tolerance", "seed", "workers"] where arguments.given(name) {
                throw Fault.value("`\(name):` of `simplify` goes with `on: task`", at: arguments.range(of: name))
            }
            if case .number = arguments.value("function") { return arguments.value("function") }
            let term = try small(try term(arguments, "function"), arguments, "function")
            return .function(Function(.term(term.simplified(under: try laws(interpreter)), derivation: nil)))
        },
        Builtin("equal", "first, second, tolerance?",
                "Whether two functions are the same: true by the laws, false where their values differ at a point, else a text that says what is known. With a tolerance, for functions with fitted numbers, it is true where their values differ by less than this share at all of 50 fixed points.",
                example: "equal(x -> x + x, x -> 2 * x)") { arguments, interpreter in
            if let near = try isWithinTolerance(arguments, interpreter) { return near }
            return switch try equality(arguments, interpreter) {
            case .equal: .bool(true)
            case .different: .bool(false)
            case .unknown(nil): .text("not known: there are no values to compare")
            case .unknown(0): .text("not known: at no point that was tried are both defined")
            case .unknown(let count?): .text("not known: no law shows it, but they agree at \(count) point\(count == 1 ? "" : "s")")
            }
        },
        Builtin("difference", "first, second", "A point at which two functions differ, with both values; none if no such point was found.",
                example: "difference(abs, relu)") { arguments, interpreter in
            guard case .different(let point, let first, let second) = try equality(arguments, interpreter) else { return .none }
            let at: Value = point.count == 1 ? .number(point[0]) : .list(point.map { .number($0) })
            return .record(Record([("at", at), ("first", .number(first)), ("second", .number(second))]))
        },
    ]

    /// `simplify(f, on: task)`.
    private static func simplified(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        let host = try explainingHost(arguments, interpreter)
        let task = try taskOn(arguments)
        let value = try TaskCandidate.checked(arguments.value("function"), for: task, at: arguments.range(of: "function"))
        let term = try small(try term(value, "`function` of `simplify`", at: arguments.range(of: "function")), arguments, "function")
        let trials = CommonSeeds(task: task, workers: try workers(arguments, interpreter), host: host, latest: interpreter.latest, range: arguments.range)
        let tolerance = arguments.given("tolerance") ? try arguments.number("tolerance") : nil
        if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
            throw Fault.number("`tolerance` of `simplify`", expected: "a finite number of at least 0", found: tolerance, at: arguments.range(of: "tolerance"))
        }
        return .object(TaskSimplificationValue(try TaskSimplification(
            term, on: trials, under: try laws(interpreter), repeats: try arguments.count("repeats", in: 2...100_000, default: 10),
            seed: try seed(arguments, default: freshSeed), tolerance: tolerance)))
    }

    static func laws(_ interpreter: Interpreter) throws -> LawTable {
        guard let host = SessionHost.behind(interpreter.host) else { return try StandardLaws.table.get() }
        return try host.laws()
    }

    /// What `equal` says where a tolerance is given.
    private static func isWithinTolerance(_ arguments: Arguments, _ interpreter: Interpreter) throws -> Value? {
        let tolerance = try number(arguments, "tolerance", expected: "from 0 to 1", default: 0) { (0...1).contains($0) }
        guard tolerance > 0 else { return nil }
        if case .equal = try equality(arguments, interpreter) { return .bool(true) }
        guard let difference = try term(arguments, "first").largestDifference(from: try term(arguments, "second")) else { return .text("not known: there are too few values to compare") }
        return .bool(difference <= tolerance)
    }

    private static func equality(_ arguments: Arguments, _ interpreter: Interpreter) throws -> FunctionTerm.Equality {
        let first = try small(try term(arguments, "first"), arguments, "first"), second = try small(try term(arguments, "second"), arguments, "second")
        guard first.parameters.count == second.parameters.count else {
            throw Fault.value("`\(arguments.callee)` compares functions of equally many parameters; these have \(first.parameters.count) and \(second.parameters.count)",
                              at: arguments.range(of: "second"))
        }
        return first.equality(with: second, under: try laws(interpreter))
    }

    private static func small(_ term: FunctionTerm, _ arguments: Arguments, _ name: String) throws(Fault) -> FunctionTerm {
        let size = term.body.nodes.count
        guard size <= LawTable.largestTerm else {
            throw .tooLarge("`\(name)` of `\(arguments.callee)`", found: "\(groupedText(size)) parts", limit: groupedText(LawTable.largestTerm), at: arguments.range(of: name))
        }
        return term
    }
}
