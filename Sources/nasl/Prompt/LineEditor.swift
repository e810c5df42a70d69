import CEditLine
import Glibc
import NaslSession

/// Edits entries of one line or several on a terminal, by libedit. There is one: libedit calls back without saying for whom.
final class LineEditor: EntryReader {
    let session: Session
    let console: Console
    let editor: OpaquePointer
    let history: HistoryFile
    let painter: Painter

    /// Why the line ended: libedit cannot tell an empty line from its end.
    var outcome: Outcome = .none
    /// A Ctrl-C that no key function has answered yet.
    var isInterrupted = false
    /// The next look at the buffer is at an entry that came from the history.
    var awaitsRecall = false
    var recalled: String?
    /// Bytes of a character that has not come in full.
    var partial: [UInt8] = []

    enum Outcome { case none, accepted, aborted, ended }

    nonisolated(unsafe) static var current: LineEditor?

    init(_ session: Session, _ console: Console) {
        self.session = session
        self.console = console
        Terminal.useUTF8()
        guard let editor = editline_open("nasl") else { preconditionFailure("libedit has no memory") }
        self.editor = editor
        history = HistoryFile(console)
        painter = Painter(session)
        LineEditor.current = self
        Interrupt.watchTerminal()
        editline_signals(editor, 0)
        editline_prompt(editor) { _ in LineEditor.promptText }
        editline_mode(editor, "emacs")
        editline_history(editor, history.list)
        // The user's own settings first: choosing vi's keys throws away what was bound before.
        el_source(editor, nil)
        bindKeys()
        editline_reader(editor) { _, character in LineEditor.current?.nextCharacter(character) ?? 0 }
    }

    nonisolated(unsafe) private static let promptText: UnsafeMutablePointer<CChar>? = strdup(Prompt.ready)

    func read() -> Entry {
        outcome = .none
        recalled = nil
        isInterrupted = false
        painter.reset()
        while Interrupt.nextLetter() != nil {}
        Terminal.setComputing(false)
        Interrupt.watchSuspension(true)
        Terminal.send(LineEditor.bracketedPaste(true))
        var count: Int32 = 0
        let line = el_gets(editor, &count)
        Terminal.send(LineEditor.bracketedPaste(false))
        Interrupt.watchSuspension(false)
        Terminal.setComputing(true)
        switch outcome {
        case .aborted:
            _ = Interrupt.take()
            return .cleared
        case .accepted:
            guard let line, count > 0 else { return .entry("") }
            let bytes = UnsafeRawBufferPointer(start: line, count: Int(count))
            var text = Gutter.removed(from: String(decoding: bytes, as: UTF8.self))
            while text.last == "\n" { text.removeLast() }
            history.add(text)
            return .entry(text)
        case .ended, .none:
            Terminal.send("\r\n")
            return .end
        }
    }

    var faces: PromptFaces {
        PromptFaces(entries: { [history] in history.entries }, lendTerminal: { body in
            Terminal.setComputing(false)
            body()
            Terminal.setComputing(true)
        })
    }

    func close() {
        Terminal.setComputing(false)
        el_end(editor)
        LineEditor.current = nil
    }

    static func bracketedPaste(_ on: Bool) -> String { "\u{1B}[?2004" + (on ? "h" : "l") }
}

/// The buffer as the editor holds it, room for the prompts of further lines included.
extension LineEditor {
    var buffer: (scalars: [Unicode.Scalar], cursor: Int) {
        guard let line = el_line(editor)?.pointee, let start = line.buffer else { return ([], 0) }
        func text(_ end: UnsafePointer<CChar>?) -> String {
            String(decoding: UnsafeRawBufferPointer(start: start, count: end.map { $0 - start } ?? 0), as: UTF8.self)
        }
        return (Array(text(line.lastchar).unicodeScalars), text(line.cursor).unicodeScalars.count)
    }

    /// Moves the cursor by so many characters; the screen follows when the key function returns.
    func move(_ distance: Int) { el_cursor(editor, Int32(clamping: distance)) }

    func insert(_ text: String) { el_insertstr(editor, text) }

    /// Removes so many characters before the cursor.
    func removeBefore(_ count: Int) { if count > 0 { el_deletestr(editor, Int32(clamping: count)) } }

    func push(_ keys: String) { el_push(editor, keys) }
}
