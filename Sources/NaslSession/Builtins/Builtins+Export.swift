import NaslExport
import NaslExpr
import NaslLanguage
import NaslONNX
import NaslTensor
import NaslTraining

extension Builtins {
    /// Programs as files of other languages.
    static let exports: [Builtin] = [
        Builtin("export", "program, to, as?",
                "Writes a program as a file that runs without nasl: for `pytorch`, `jax`, `onnx`, `latex`, `sympy`, `c` or `swift`. Without `as:` the file's ending says which, where it does.",
                example: "export(x -> max(x, tanh(x)), to: \"bent.py\", as: pytorch)", words: ["as": ExportFormat.allCases.map(\.rawValue)]) { arguments, interpreter in
            let file = try arguments.text("to"), format = try format(arguments, file)
            // A search would write it thousands of times.
            if interpreter.isTrial { throw Fault.file("a task cannot write a file; export the program outside", at: arguments.range(of: "to")) }
            if case .object(let object) = arguments.value("program"), let fit = object as? FitValue {
                return try net(fit, arguments, file, format)
            }
            if case .object(let object) = arguments.value("program"), object is NetValue {
                throw Fault.value("a net has weights only when it is trained", at: arguments.range(of: "program"), help: ["export what `train` gives"])
            }
            try OutputFile.write(try exported(arguments, interpreter, file, format), to: file, at: arguments.range(of: "to"))
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

    private static func exported(_ arguments: Arguments, _ interpreter: Interpreter, _ file: String, _ format: ExportFormat) throws -> [UInt8] {
        let value = arguments.value("program")
        let name = name(of: value, file)
        do {
            if let (optimizer, text) = try optimizer(value, format) {
                let export = OptimizerExport(optimizer.rule, learningRate: optimizer.learningRate, name: name, origin: provenance(of: value, text))
                return Array(try export.text(as: format).utf8)
            }
            if let cell = try cell(value, interpreter, at: arguments.range(of: "program")) {
                let export = try tracing { try CellExport(cell, name: name, origin: provenance(of: value, cell.summary)) }
                return Array(try export.text(as: format).utf8)
            }
            let program = try term(arguments, "program")
            let export = FunctionExport(program, name: name, origin: provenance(of: value, program.text))
            return format == .onnx ? try export.model() : Array(try export.text(as: format).utf8)
        } catch let error as ExportError {
            throw Fault.value("\(error)", at: arguments.range(of: "program"), help: error.help)
        }
    }

    /// A trained net, with its weights in a file beside it or, in ONNX, inside.
    private static func net(_ fit: FitValue, _ arguments: Arguments, _ file: String, _ format: ExportFormat) throws -> Value {
        let range = arguments.range(of: "program")
        do {
            let export = try tracing {
                try NetExport(fit.fit, name: name(of: .none, file), origin: Provenance(program: fit.fit.summary, finding: [FitValue.training(fit.fit)]))
            }
            if format == .onnx {
                try OutputFile.write(try export.model(), to: file, at: arguments.range(of: "to"))
                return .object(DrawnText("an exported file", "wrote \(file) (\(format.title))"))
            }
            let files = try export.files(as: format)
            let stem = file.lowercased().hasSuffix(".py") ? String(file.dropLast(3)) : file
            let beside = stem + ".safetensors"
            try OutputFile.write(files.weights, to: beside, at: arguments.range(of: "to"))
            try OutputFile.write(files.source, to: file, at: arguments.range(of: "to"))
            return .object(DrawnText("an exported file", "wrote \(file) and \(beside) (\(format.title))"))
        } catch let error as ExportError {
            throw Fault.value("\(error)", at: range, help: error.help)
        }
    }

    /// An optimizer and how it is written: one with its rate, or, where the format knows optimizers, a rule, a function of w, g, m, v and t.
    private static func optimizer(_ value: Value, _ format: ExportFormat) throws -> (Optimizer, String)? {
        switch value {
        case .object(let object):
            if let value = object as? OptimizerValue { return (value.optimizer, value.shown) }
            if let program = (object as? any ProgramObject)?.program { return try optimizer(program, format) }
            return nil
        case .function(let function):
            guard [.pytorch, .jax].contains(format), case .term(let rule) = function.term, rule.parameters.map(\.text) == UpdateRule.names else { return nil }
            do { return (Optimizer(try UpdateRule(rule), learningRate: 1e-3), rule.text) } catch { throw ExportError(error.description) }
        default: return nil
        }
    }

    /// A function of x, h and c that is no expression is a recurrent cell.
    private static func cell(_ value: Value, _ interpreter: Interpreter, at range: SourceRange) throws -> FunctionCell? {
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { return try cell(program, interpreter, at: range) }
        guard case .function(let function) = value, value.parameterNames == ["x", "h", "c"] else { return nil }
        if case .term(let term) = function.term, (try? term.value(at: [0, 0, 0])) != nil { return nil }
        return try CellValue.cell(of: value, interpreter, at: range) as? FunctionCell
    }

    /// The program's own name, or the file's without folder and ending.
    private static func name(of value: Value, _ file: String) -> String {
        if case .function(let function) = value, let name = function.name { return name }
        let base = file.split(separator: "/").last ?? ""
        return base.split(separator: ".").first.map(String.init) ?? "program"
    }

    private static func provenance(of value: Value, _ text: String) -> Provenance {
        guard case .object(let object) = value, let trial = object as? TrialValue, let origin = trial.origin?.found else { return Provenance(program: text) }
        let number = trial.number.map { "Trial \($0) of " } ?? "Of "
        let reward = trial.reward.map { ": reward \(rounded($0))" } ?? ""
        return Provenance(program: text, finding: [number + origin.text + reward + "."])
    }
}

extension FitValue {
    /// What was done with a net, for the head of its file; nothing that depends on the machine's speed.
    fileprivate static func training(_ fit: Fit) -> String {
        let quality = metrics(fit).filter { $0.name != stepRate }.map { "\($0.name) \(rounded($0.value))" }.joined(separator: ", ")
        return "Trained by nasl in \(grouped(fit.steps)) steps: \(quality)."
    }
}
