import NaslExpr
import NaslLanguage

/// Finds mistakes in a script without running it.
///
///     var checker = try Checker { print($0) }
///     checker.check(file: "act.nasl")
///     checker.mistakes   // 0
///
/// The text is read and so is what it imports; grammars are compiled and judged, tasks are declared; every name is looked up where it
/// stands, in the bodies of functions and tasks as well, and every call of something known is held against its parameters. Nothing is
/// searched, trained, drawn or written. Of the values bound by `let` only plain ones are computed (literals, operators and elementwise
/// functions), because grammars may need them; a grammar that needs another value is judged when it runs.
///
/// It needs a thread with a large stack.
public struct Checker {
    /// How many errors were found; warnings do not count.
    public private(set) var mistakes = 0

    let session: Session
    /// What is bound at the place that is being read; values are in the session.
    var environment: Environment
    /// Names that are bound to something which only a run can tell.
    var unknown: Set<String> = []
    /// Names of the text that are bound anywhere at its top level: functions may mention what is bound below them.
    var later: Set<String> = []
    var imported: Set<String> = []
    private let report: (String) -> Void

    /// `report` takes each message, ready to be shown.
    public init(_ options: SessionOptions = SessionOptions(), report: @escaping (String) -> Void) throws {
        var options = options
        options.fuel = Checker.fuel
        session = try Session(options, SessionFaces({ _ in }))
        environment = session.environment
        self.report = report
    }

    /// For one value.
    static let fuel = 200_000

    public mutating func check(file path: String) {
        do { check(try ScriptFile.read(path), name: path) } catch { note(Fault.file("\(error)")) }
    }

    public mutating func check(_ bytes: [UInt8], name: String) {
        guard let program = parse(bytes, name: name) else { return }
        check(program, directory: Session.directory(of: name))
    }

    /// The statements of a text; nil where they cannot be read, which is said.
    mutating func parse(_ bytes: [UInt8], name: String) -> [Statement]? {
        let (program, diagnostics) = Parser.parse(session.sources.add(name: name, bytes: bytes))
        for diagnostic in diagnostics { note(diagnostic) }
        return diagnostics.contains { $0.severity == .error } ? nil : program
    }

    mutating func note(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { mistakes += 1 }
        report(DiagnosticRenderer(sources: session.sources, isColoured: session.host.options.color).render(diagnostic))
    }

    mutating func note(_ fault: Fault) { note(fault.diagnostic) }
}
