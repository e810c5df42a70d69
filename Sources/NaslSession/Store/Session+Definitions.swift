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
    static func rebuilt(_ definition: (source: String, task: String, method: String), for host: SessionHost) throws -> (task: TaskValue, method: Method, session: SessionHost, latest: [String: Value]) {
        let (session, messages, task) = try evaluated(definition.source, definition.task, for: host)
        guard session.evaluate("let stored_method = \(definition.method)", name: "stored method", echo: .nothing),
            case .object(let object)? = session.environment["stored_method"], let method = object as? Method
        else { throw unbuilt("the method `\(definition.method)`", messages) }
        return (task, method, session.host, session.environment.globals)
    }

    /// A task as a script defines it.
    static func rebuiltTask(_ source: String, _ name: String, for host: SessionHost) throws -> (task: TaskValue, latest: [String: Value]) {
        let (session, _, task) = try evaluated(source, name, for: host)
        return (task, session.environment.globals)
    }

    private static func evaluated(_ source: String, _ name: String, for host: SessionHost) throws -> (session: Session, messages: Messages, task: TaskValue) {
        let messages = Messages()
        let session = try Session(host.options, SessionFaces({ _ in }, report: { messages.add($0) }))
        guard session.evaluate(source, name: "stored task", echo: .nothing), case .task(let task)? = session.environment[name] else {
            throw unbuilt("the task `\(name)`", messages)
        }
        return (session, messages, task)
    }

    private static func unbuilt(_ what: String, _ messages: Messages) -> Fault {
        Fault.store("\(what) cannot be rebuilt from its script", help: messages.first.map { ["the script says: \($0)"] } ?? [])
    }
}

/// What a session reported, for one that is asked on behalf of another.
private final class Messages: Sendable {
    private let state = Mutex<[String]>([])

    func add(_ text: String) { state.withLock { $0.append(text) } }

    /// The first line of the first message.
    var first: String? { state.withLock { $0.first?.split(separator: "\n").first.map(String.init) } }
}
