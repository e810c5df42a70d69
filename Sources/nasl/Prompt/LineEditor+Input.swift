import CEditLine
import Glibc

extension LineEditor {
    /// One character for libedit: waits for the keyboard and for signals, and draws the colours while nothing is typed. 1, 0 at the end of
    /// input, -1 for an error.
    func nextCharacter(_ character: UnsafeMutablePointer<UInt32>?) -> Int32 {
        while true {
            if isInterrupted {
                // A second time if what waited for a further key has swallowed the first.
                character?.pointee = Key.abort.value
                return 1
            }
            if !Terminal.hasInput { settle() }
            var waiting = [pollfd(fd: 0, events: Int16(POLLIN), revents: 0), pollfd(fd: Interrupt.letters, events: Int16(POLLIN), revents: 0)]
            let isBroken = poll(&waiting, 2, -1) < 0 && errno != EINTR
            painter.giveBack()
            if isBroken { return -1 }
            if let letter = Interrupt.nextLetter() {
                answer(letter)
                continue
            }
            guard waiting[0].revents != 0 else { continue }
            var byte: UInt8 = 0
            let count = Glibc.read(0, &byte, 1)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count == 1 else { return 0 }
            if let scalar = completed(by: byte) {
                character?.pointee = isEscapeAlone(scalar) ? Key.command.value : scalar.value
                return 1
            }
        }
    }

    /// The character that `byte` ends; what is no UTF-8 becomes a replacement character, and the beginning of a character that is cut short
    /// by another is dropped.
    private func completed(by byte: UInt8) -> Unicode.Scalar? {
        if !(0x80..<0xC0).contains(byte) { partial = [] }
        if byte < 0x80 { return Unicode.Scalar(byte) }
        partial.append(byte)
        let wanted = partial[0] >= 0xF8 ? 1 : partial[0] >= 0xF0 ? 4 : partial[0] >= 0xE0 ? 3 : partial[0] >= 0xC0 ? 2 : 1
        guard partial.count >= wanted else { return nil }
        defer { partial = [] }
        return String(decoding: partial, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }

    /// With vi's keys, Escape by itself: libedit would wait for what may follow it, and nothing would happen until the next key.
    private func isEscapeAlone(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar == "\u{1B}", !isEmacs else { return false }
        var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 30) == 0
    }

    /// The editor waits for a key: the moment to look at what it holds.
    private func settle() {
        let (scalars, cursor) = buffer
        if awaitsRecall {
            recalled = Gutter.string(scalars[...])
            awaitsRecall = false
        }
        if !isSearching(scalars), let step = Gutter.stepOut(scalars, cursor) {
            move(step)
            redraw(from: cursor)
        }
        let (settled, place) = buffer
        if painter.hasFilledScreen, Layout(settled, width: Terminal.size.columns).rows < Terminal.size.rows {
            // What libedit believes to stand there was drawn over.
            Terminal.send("\u{1B}[H\u{1B}[J")
            editline_redraw(editor)
        }
        if !isSearching(settled) { painter.paint(settled, cursor: place) }
    }

    /// While the history is searched, libedit keeps what is looked for in the buffer, in a last line of its own.
    private func isSearching(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let newline = scalars.lastIndex(of: "\n") else { return false }
        return scalars[(newline + 1)...].starts(with: "bck".unicodeScalars) || scalars[(newline + 1)...].starts(with: "fwd".unicodeScalars)
    }

    private func answer(_ letter: UInt8) {
        switch letter {
        case Interrupt.Letter.interrupt: isInterrupted = true
        case Interrupt.Letter.resize:
            let (scalars, cursor) = buffer
            leaveForNewWidth(scalars, cursor)
            el_resize(editor)
            editline_redraw(editor)
        case Interrupt.Letter.suspend: suspend()
        default:
            // Stopped by other means and gone on: the shell has set the terminal as it likes it.
            editline_terminal(editor, 0)
            editline_terminal(editor, 1)
            Terminal.send("\r\n" + LineEditor.bracketedPaste(true))
            editline_redraw(editor)
        }
    }

    /// Terminals wrap long rows anew when their width changes: the block now begins so many rows above the cursor as the new width gives.
    /// Cleared from its second column on, since tmux keeps a copy in its history of a screen that is cleared from the first.
    private func leaveForNewWidth(_ scalars: [Unicode.Scalar], _ cursor: Int) {
        let place = Layout(scalars, width: Terminal.size.columns).place(of: cursor)
        Terminal.send("\r" + (place.row > 0 ? "\u{1B}[\(place.row)A" : "") + "\u{1B}[C\u{1B}[J\r\u{1B}[K")
    }

    /// Draws the block again, from its first row, the cursor being at `cursor` on the screen.
    func redraw(from cursor: Int) {
        leaveForNewWidth(buffer.scalars, cursor)
        editline_redraw(editor)
    }

    private func suspend() {
        let (scalars, cursor) = buffer
        let layout = Layout(scalars, width: Terminal.size.columns)
        let below = min(layout.rows - 1 - layout.place(of: cursor).row, Terminal.size.rows)
        Terminal.send((below > 0 ? "\u{1B}[\(below)B" : "") + "\r\n" + LineEditor.bracketedPaste(false))
        editline_terminal(editor, 0)
        Interrupt.watchSuspension(false)
        raise(SIGTSTP)
        // Here after fg.
        while Interrupt.nextLetter() != nil {}
        Interrupt.watchSuspension(true)
        editline_terminal(editor, 1)
        Terminal.send(LineEditor.bracketedPaste(true))
        el_resize(editor)
        editline_redraw(editor)
    }
}
