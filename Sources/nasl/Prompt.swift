@preconcurrency import Glibc
import NaslLanguage
import NaslSession

/// A plain prompt: lines are gathered until they are a whole statement, and evaluated.
struct Prompt {
    let session: Session
    let console: Console

    init(_ session: Session, _ console: Console) {
        self.session = session
        self.console = console
    }

    /// Until the end of input (Ctrl-D); the exit status is 0.
    func run() -> Int32 {
        console.write("nasl 0.1.0    help() explains, Ctrl-D leaves")
        var pending = ""
        while true {
            console.ask(pending.isEmpty ? "nasl> " : "   .. ")
            guard let line = readLine(strippingNewline: true) else {
                if Interrupt.take() {
                    // Ctrl-C clears what was typed.
                    clearerr(stdin)
                    session.host.stop.reset()
                    pending = ""
                    console.write("")
                    continue
                }
                console.write("")
                return 0
            }
            pending += pending.isEmpty ? line : "\n" + line
            if case .incomplete = isComplete(pending) { continue }
            let text = pending
            pending = ""
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            session.evaluate(text, name: "<prompt>", echo: .prompt)
            _ = Interrupt.take()
            session.host.stop.reset()
        }
    }
}
