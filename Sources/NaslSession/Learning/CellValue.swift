import NaslExpr
import NaslLanguage
import NaslTraining

/// A cell of the library, as `cell:` takes it. Each net that it is given to has weights of its own.
final class CellValue: LanguageObject {
    private let make: @Sendable () -> any RecurrentCell
    let shown: String
    let kind = "a recurrent cell"

    private init(_ name: String, _ make: @escaping @Sendable () -> any RecurrentCell) {
        shown = name
        self.make = make
    }

    static let library: [(String, Value)] = [
        ("lstm", .object(CellValue("lstm") { LSTM() })), ("gru", .object(CellValue("gru") { GRU() })),
    ]

    /// What `cell:` stands for: a cell of the library, or a function of (x, h, c) whose result is a record of h and c.
    static func cell(of value: Value, _ interpreter: Interpreter, at range: SourceRange) throws -> any RecurrentCell {
        if case .object(let object) = value, let cell = object as? CellValue { return cell.make() }
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { return try cell(of: program, interpreter, at: range) }
        guard value.isCallable else {
            throw Fault.type("a cell", expected: "`lstm`, `gru` or a function (x, h, c) -> (h: .., c: ..)", found: value, at: range)
        }
        let host = interpreter.host, seed = interpreter.seed, repetition = interpreter.repetition, latest = interpreter.latest
        return FunctionCell(summary: value.source) { x, h, c in
            // A net may be traced again later, on another thread: each trace has an interpreter of its own.
            let interpreter = Interpreter(host: host, seed: seed, repetition: repetition, latest: latest, isTrial: true)
            let result = try interpreter.call(value, [x, h, c].map { .object(TracedValue($0)) }, at: range)
            guard case .record(let record) = result, let h = tensor(record["h"]), let c = tensor(record["c"]) else {
                throw Fault.type("the result of the cell", expected: "a record of two tensors, (h: .., c: ..)", found: result, at: range)
            }
            return (h, c)
        }
    }

    private static func tensor(_ value: Value?) -> TracedTensor? {
        if case .object(let object) = value { (object as? TracedValue)?.tensor } else { nil }
    }
}
