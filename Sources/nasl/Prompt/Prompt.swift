import Glibc
import NaslSession

/// The prompt: reads an entry, evaluates it, and again, until Ctrl-D or `:quit`.
struct Prompt {
    static let ready = "nasl> "
    static let more = "   .. "

    let session: Session
    let console: Console

    init(_ session: Session, _ console: Console) {
        self.session = session
        self.console = console
    }

    /// The exit status is 0: what went wrong at the prompt was said there.
    func run() -> Int32 {
        console.write("nasl \(Nasl.version)    :help explains, Ctrl-D leaves")
        let reader: any EntryReader = Terminal.canEdit ? LineEditor(session, console) : PlainReader(console)
        session.promptFaces = reader.faces
        while true {
            switch reader.read() {
            case .end:
                reader.close()
                return 0
            case .cleared: session.host.stop.reset()
            case .entry(let text):
                _ = Interrupt.take()
                session.host.stop.reset()
                let goesOn = session.enter(Gutter.withoutPrompts(text))
                _ = Interrupt.take()
                session.host.stop.reset()
                guard goesOn else {
                    reader.close()
                    return 0
                }
            }
        }
    }
}

/// What the user gave.
enum Entry {
    /// A whole entry, of one line or several.
    case entry(String)
    /// Ctrl-C.
    case cleared
    /// Ctrl-D, or the terminal has gone away.
    case end
}

protocol EntryReader {
    var faces: PromptFaces { get }
    func read() -> Entry
    func close()
}
