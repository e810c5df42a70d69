import NaslExpr
import NaslLanguage

extension Builtins {
    /// Programs outside nasl that earn the reward.
    static let commands: [Builtin] = [
        Builtin("command", "words, timeout?",
                "A function that runs a program, without a shell: the candidate as JSON on its standard input, the reward as a number on the last line of its output. Only where nasl was started with --allow-run.",
                example: "task t(f: Activation) { reward command([\"python3\", \"reward.py\"], timeout: 10s)(f) }") { arguments, interpreter in
            guard let session = SessionHost.behind(interpreter.host), session.options.allowRun else {
                throw Fault.command("`command` may not run programs here", help: ["start nasl with `--allow-run` if you trust this script"], at: arguments.range)
            }
            let words = try arguments.list("words").map { word in
                guard case .text(let text) = word else { throw Fault.type("a word of the command", expected: "a text", found: word, at: arguments.range(of: "words")) }
                guard !text.utf8.contains(0) else { throw Fault.value("a word of the command holds a zero byte", at: arguments.range(of: "words")) }
                return text
            }
            guard let program = words.first, !program.isEmpty else { throw Fault.value("the command is empty: its first word is the program", at: arguments.range(of: "words")) }
            let timeout = try seconds(arguments, "timeout", default: 60)
            return .function(Function(name: "command", .builtin(Builtin("command \(program)", "candidate", "Runs \(words.joined(separator: " ")).") { inner, interpreter in
                .number(try reward(words, for: inner.value("candidate"), timeout: timeout, interpreter, at: inner.range))
            })))
        },
    ]

    static func seconds(_ arguments: Arguments, _ name: String, default fallback: Double) throws -> Double {
        switch arguments[name] {
        case nil: return fallback
        case .duration(let seconds)?, .number(let seconds)?:
            guard seconds > 0, seconds.isFinite else { throw Fault.number("`\(name)` of `\(arguments.callee)`", expected: "a time above 0", found: seconds, at: arguments.range(of: name)) }
            return seconds
        default: throw arguments.wrongType(name, expected: "a duration, such as 10s")
        }
    }

    private static func reward(_ words: [String], for candidate: Value, timeout: Double, _ interpreter: Interpreter, at range: SourceRange) throws -> Double {
        let program = words[0]
        let host = interpreter.host
        let result: ChildProcess.Result
        do {
            result = try ChildProcess.run(words, input: Array((candidate.json + "\n").utf8), timeout: timeout) { host.isInterrupted }
        } catch {
            throw Fault.command("the program `\(program)` cannot be started: \(error.text)", at: range)
        }
        let said = String(decoding: result.errors, as: UTF8.self).split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
        let help = said.map { ["its last words: \($0.prefix(300))"] } ?? []
        switch result.ending {
        case .exited(0): break
        case .exited(let status): throw Fault.command("the program `\(program)` failed with status \(status)", help: help, at: range)
        case .killed(let signal): throw Fault.command("the program `\(program)` was ended by signal \(signal)", help: help, at: range)
        case .timedOut: throw Fault.command("the program `\(program)` took longer than \(durationText(timeout))", help: help, at: range)
        case .tooMuchOutput: throw Fault.command("the program `\(program)` wrote more than a megabyte", at: range)
        case .stopped: throw Fault.interrupted
        }
        let line = String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } } ?? ""
        let text = line.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        guard text.count == line.filter({ !$0.isWhitespace }).count, let number = Double(text) else {
            let found = line.isEmpty ? "it wrote nothing" : "its last line is \(Value.text(String(line.prefix(100))).source)"
            throw Fault.command("the program `\(program)` gave no number as its reward: \(found)", help: help, at: range)
        }
        return number
    }
}

extension Fault {
    static func command(_ title: String, help: [String] = [], at range: SourceRange) -> Fault { Fault("N0321", title, at: range, help: help) }
}

extension SessionHost {
    /// The session that a trial belongs to.
    static func behind(_ host: any Host) -> SessionHost? { (host as? SessionHost) ?? (host as? TrialHost)?.session }
}
