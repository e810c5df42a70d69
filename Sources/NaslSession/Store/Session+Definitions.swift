import NaslExpr
import NaslLanguage
import Synchronization

extension Session {
    /// Notes how a name at the top level came to be; the library's own are noted by none.
    func define(_ name: String, _ statement: Statement, _ value: Value) {
        let text = sources.text(of: statement.range) ?? ""
        host.definitions.add(name, text, value, mentions: MentionedNames.of(statement)) { [environment] in environment[$0] != nil }
    }

    /// A task as a stored script defines it, and the method of its search.
    static func rebuilt(_ definition: (source: String, task: String, method: String), for host: SessionHost) throws -> (task: TaskValue, method: Method, latest: [String: Value]) {
        let messages = Messages()
        let session = try Session(host.options, SessionFaces({ _ in }, report: { messages.add($0) }))
        func fail(_ what: String) -> Fault {
            Fault.store("\(what) cannot be rebuilt from the store", help: messages.first.map { ["its script says: \($0)"] } ?? [])
        }
        guard session.evaluate(definition.source, name: "stored task", echo: .nothing), case .task(let task)? = session.environment[definition.task] else {
            throw fail("the task `\(definition.task)`")
        }
        guard session.evaluate("let stored_method = \(definition.method)", name: "stored method", echo: .nothing),
            case .object(let object)? = session.environment["stored_method"], let method = object as? Method
        else { throw fail("the method `\(definition.method)`") }
        return (task, method, session.environment.globals)
    }
}

/// What a session reported, for one that is asked on behalf of another.
private final class Messages: Sendable {
    private let state = Mutex<[String]>([])

    func add(_ text: String) { state.withLock { $0.append(text) } }

    /// The first line of the first message.
    var first: String? { state.withLock { $0.first?.split(separator: "\n").first.map(String.init) } }
}
