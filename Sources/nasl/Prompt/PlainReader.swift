import CEditLine
import NaslLanguage
import NaslSession

/// Reads lines as they come, for terminals that cannot move their cursor: no control codes, no editing but the terminal's own.
struct PlainReader: EntryReader {
    let console: Console

    init(_ console: Console) { self.console = console }

    func read() -> Entry {
        var text = ""
        while true {
            console.ask(text.isEmpty ? Prompt.ready : Prompt.more)
            guard let line = readLine(strippingNewline: true) else {
                console.write("")
                editline_forget_end()
                return Interrupt.take() ? .cleared : .end
            }
            // The signal may have reached another thread, so that the line was not cut short.
            if Interrupt.take() { text = "" }
            text += text.isEmpty ? line : "\n" + line
            if case .incomplete = isComplete(Gutter.withoutPrompts(text)), !text.hasPrefix(":"), !text.hasSuffix("\n\n") { continue }
            return .entry(text)
        }
    }

    var faces: PromptFaces { PromptFaces() }

    func close() {}
}
