import CEditLine
import NaslLanguage

private let nothing = UInt8(CC_NORM), refresh = UInt8(CC_REFRESH)

/// New lines, indentation, and what comes in at once.
extension LineEditor {
    /// Enter: evaluates what can be read as it stands, from wherever the cursor is; else begins a new line.
    func enter() -> UInt8 {
        let text = Gutter.removed(from: Gutter.string(buffer.scalars[...]))
        if !text.hasPrefix(":"), !text.hasPrefix("?"), case .incomplete = isComplete(Gutter.withoutPrompts(text)), !endsInEmptyLines(text) {
            // What comes in a rush is pasted, with its own indentation.
            return newline(isIndented: !Terminal.hasInput)
        }
        finish(.accepted)
        return nothing
    }

    /// Ends the line; a block that does not fit the screen shows its end.
    func finish(_ outcome: Outcome) {
        self.outcome = outcome
        let scalars = buffer.scalars
        let isTall = Layout(scalars, width: Terminal.size.columns).rows >= Terminal.size.rows
        painter.paint(scalars, cursor: isTall ? scalars.count : buffer.cursor)
        painter.giveBack()
        push(String(Key.accept))
    }

    /// Two of them say: take it as it is, and tell what is wrong.
    private func endsInEmptyLines(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count > 2 && lines.suffix(2).allSatisfy { $0.allSatisfy(\.isWhitespace) }
    }

    func newline(isIndented: Bool) -> UInt8 {
        let (scalars, cursor) = buffer
        let line = scalars[Gutter.lineStart(scalars, cursor)..<cursor]
        var indent = isIndented ? line.prefix { $0 == " " }.count : 0
        if isIndented, let last = line.last(where: { $0 != " " }), "([{".unicodeScalars.contains(last) { indent += 4 }
        insert(Gutter.newline + String(repeating: " ", count: indent))
        return refresh
    }

    /// A brace that is the first of its line moves to the left.
    func closeBrace() -> UInt8 {
        let (scalars, cursor) = buffer
        let start = Gutter.lineStart(scalars, cursor)
        let line = scalars[start..<cursor]
        if start > 0, line.count >= 4, line.allSatisfy({ $0 == " " }) { removeBefore(4) }
        insert("}")
        return refresh
    }

    /// Bracketed paste: all of it becomes one entry, which Enter then evaluates.
    func paste() -> UInt8 {
        let end = Array("\u{1B}[201~".unicodeScalars)
        var pasted: [Unicode.Scalar] = []
        var character: UInt32 = 0
        while editline_next(editor, &character) == 1, !isInterrupted {
            pasted.append(Unicode.Scalar(character) ?? "\u{FFFD}")
            if character == UInt32(UInt8(ascii: "~")), pasted.suffix(end.count) == end[...] {
                pasted.removeLast(end.count)
                break
            }
        }
        var text = Gutter.cleaned(Gutter.string(pasted[...]))
        while text.last == "\n" { text.removeLast() }
        insert(Gutter.added(to: text))
        return refresh
    }
}
