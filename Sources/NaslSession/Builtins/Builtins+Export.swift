import NaslExport
import NaslExpr
import NaslLanguage
import NaslONNX

extension Builtins {
    /// Programs as files of other languages.
    static let exports: [Builtin] = [
        Builtin("export", "program, to, as?",
                "Writes a program as a file that runs without nasl: for `pytorch`, `jax`, `onnx`, `latex`, `sympy`, `c` or `swift`. Without `as:` the file's ending says which, where it does.",
                example: "export(x -> max(x, tanh(x)), to: \"bent.py\", as: pytorch)", words: ["as": ExportFormat.allCases.map(\.rawValue)]) { arguments, interpreter in
            let file = try arguments.text("to"), format = try format(arguments, file)
            // A search would write it thousands of times.
            if interpreter.isTrial { throw Fault.file("a task cannot write a file; export the program outside", at: arguments.range(of: "to")) }
            try OutputFile.write(try exported(arguments, file, format), to: file, at: arguments.range(of: "to"))
            return .object(DrawnText("an exported file", "wrote \(file) (\(format.title))"))
        },
    ]

    private static func format(_ arguments: Arguments, _ file: String) throws -> ExportFormat {
        let words = ExportFormat.allCases.map(\.rawValue)
        guard arguments.given("as") else {
            if let format = ExportFormat(file: file) { return format }
            let ending = file.lowercased().hasSuffix(".py") ? "a file in Python may be for several of them" : "the ending of `\(file)` does not say it"
            throw Fault.value("`export` needs `as:`, since \(ending)", at: arguments.range, help: ["it is one of \(words.joined(separator: ", "))"])
        }
        let word = try arguments.text("as")
        guard let format = ExportFormat(rawValue: word) else {
            let help = suggestion(for: word, among: words).map { "did you mean `\($0)`?" } ?? "it is one of \(words.joined(separator: ", "))"
            throw Fault.value("there is no format \(Value.text(word).source)", at: arguments.range(of: "as"), help: [help])
        }
        return format
    }

    private static func exported(_ arguments: Arguments, _ file: String, _ format: ExportFormat) throws -> [UInt8] {
        let value = arguments.value("program")
        let program = try term(arguments, "program")
        let export = FunctionExport(program, name: name(of: value, file), origin: provenance(of: value, program.text))
        do { return format == .onnx ? try export.model() : Array(try export.text(as: format).utf8) } catch {
            throw Fault.value("\(error)", at: arguments.range(of: "program"), help: error.help)
        }
    }

    /// The program's own name, or the file's without folder and ending.
    private static func name(of value: Value, _ file: String) -> String {
        if case .function(let function) = value, let name = function.name { return name }
        let base = file.split(separator: "/").last ?? ""
        return base.split(separator: ".").first.map(String.init) ?? "program"
    }

    private static func provenance(of value: Value, _ text: String) -> Provenance {
        guard case .object(let object) = value, let trial = object as? TrialValue, let origin = trial.origin else { return Provenance(program: text) }
        let number = trial.number.map { "Trial \($0) of " } ?? "Of "
        let reward = trial.reward.map { ": reward \(rounded($0))" } ?? ""
        return Provenance(program: text, finding: [number + origin.text + reward + "."])
    }
}
