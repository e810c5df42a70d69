import CEditLine

/// Key functions return what libedit is to do next.
private let nothing = UInt8(CC_NORM), refresh = UInt8(CC_REFRESH), refused = UInt8(CC_ERROR), endOfInput = UInt8(CC_EOF)

/// Which key does what. The functions that libedit brings know nothing of lines within an entry, so those that move or delete across them
/// are replaced.
extension LineEditor {
    func bindKeys() {
        define("nasl-enter", "Evaluate the entry, or begin a new line in it") { $0.enter() }
        define("nasl-newline", "Begin a new line in the entry") { $0.newline(isIndented: true) }
        define("nasl-abort", "Give up the entry") { $0.abort() }
        define("nasl-end-or-delete", "Leave, or delete the character under the cursor") { $0.buffer.scalars.isEmpty ? $0.leave() : $0.deleteForward() }
        define("nasl-delete", "Delete the character under the cursor") { $0.deleteForward() }
        define("nasl-backspace", "Delete the character before the cursor") { $0.deleteBackward() }
        define("nasl-left", "One character back") { $0.left() }
        define("nasl-right", "One character on") { $0.right() }
        define("nasl-up", "One line up, or the entry before") { $0.vertical(up: true) }
        define("nasl-down", "One line down, or the entry after") { $0.vertical(up: false) }
        define("nasl-line-start", "To the beginning of the line") { $0.toLineStart() }
        define("nasl-line-end", "To the end of the line") { $0.toLineEnd() }
        define("nasl-kill-line", "Cut to the end of the line") { $0.killLine() }
        define("nasl-close-brace", "Insert a brace, as far left as the line that it closes") { $0.closeBrace() }
        define("nasl-complete", "Complete what stands before the cursor") { $0.complete() }
        define("nasl-paste", "Insert what the terminal pastes") { $0.paste() }
        for (key, command) in LineEditor.everywhere {
            editline_bind(editor, key, command)
            editline_bind_alternate(editor, key, command)
        }
        for (key, command) in LineEditor.whileTyping { editline_bind(editor, key, command) }
        if !isEmacs { editline_bind(editor, Key.name(Key.command), "vi-command-mode") }
        if isEmacs { for (key, command) in LineEditor.emacs { editline_bind(editor, key, command) } }
    }

    var isEmacs: Bool { editline_is_emacs(editor) != 0 }

    /// In vi's command mode, too.
    private static let everywhere = [
        ("^M", "nasl-enter"), ("^J", "nasl-enter"), ("^D", "nasl-end-or-delete"),
        ("\\e[A", "nasl-up"), ("\\eOA", "nasl-up"), ("\\e[B", "nasl-down"), ("\\eOB", "nasl-down"),
        ("\\e[C", "nasl-right"), ("\\eOC", "nasl-right"), ("\\e[D", "nasl-left"), ("\\eOD", "nasl-left"),
        ("\\e[H", "nasl-line-start"), ("\\eOH", "nasl-line-start"), ("\\e[1~", "nasl-line-start"),
        ("\\e[F", "nasl-line-end"), ("\\eOF", "nasl-line-end"), ("\\e[4~", "nasl-line-end"),
        ("\\e[3~", "nasl-delete"), ("\\e[200~", "nasl-paste"),
        (Key.name(Key.accept), "ed-newline"), (Key.name(Key.abort), "nasl-abort"),
        (Key.name(Key.older), "ed-prev-history"), (Key.name(Key.newer), "ed-next-history"),
        (Key.name(Key.setMark), "em-set-mark"), (Key.name(Key.killRegion), "em-kill-region"), (Key.name(Key.lineEnd), "nasl-line-end"),
    ]

    private static let whileTyping = [("^?", "nasl-backspace"), ("^H", "nasl-backspace"), ("^I", "nasl-complete"), ("}", "nasl-close-brace")]

    private static let emacs = [
        ("^A", "nasl-line-start"), ("^E", "nasl-line-end"), ("^B", "nasl-left"), ("^F", "nasl-right"), ("^P", "nasl-up"), ("^N", "nasl-down"),
        ("^K", "nasl-kill-line"), ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"), ("\\e^M", "nasl-newline"), ("\\e^J", "nasl-newline"),
        ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),
    ]

    /// libedit's functions take no context, so each of ours has a number and a place in a table.
    private func define(_ name: String, _ help: String, _ function: @escaping (LineEditor) -> UInt8) {
        let slot = LineEditor.functions.count
        LineEditor.functions.append(function)
        guard slot < LineEditor.entrances.count else { return }
        editline_command(editor, name, help, LineEditor.entrances[slot])
    }
}

/// What the keys do.
extension LineEditor {
    func left() -> UInt8 {
        let (scalars, cursor) = buffer
        guard cursor > 0 else { return refused }
        // From a line's beginning to the end of the line above.
        let atStart = cursor == Gutter.lineStart(scalars, cursor)
        move(atStart ? -(Gutter.width + 1) : -1)
        return refresh
    }

    func right() -> UInt8 {
        let (scalars, cursor) = buffer
        guard cursor < scalars.count else { return refused }
        move(scalars[cursor] == "\n" ? 1 + Gutter.room(scalars, after: cursor) : 1)
        return refresh
    }

    func toLineStart() -> UInt8 {
        let (scalars, cursor) = buffer
        move(Gutter.lineStart(scalars, cursor) - cursor)
        return refresh
    }

    func toLineEnd() -> UInt8 {
        let (scalars, cursor) = buffer
        move(Gutter.lineEnd(scalars, cursor) - cursor)
        return refresh
    }

    /// Within the entry where there is a line, else through the history.
    func vertical(up: Bool) -> UInt8 {
        let (scalars, cursor) = buffer
        let start = Gutter.lineStart(scalars, cursor)
        let column = cursor - start
        let justRecalled = cursor == scalars.count && recalled == Gutter.string(scalars[...])
        if up, !justRecalled, let newline = scalars[..<start].lastIndex(of: "\n") {
            let above = Gutter.lineStart(scalars, newline)
            move(min(above + column, newline) - cursor)
            return refresh
        }
        let end = Gutter.lineEnd(scalars, cursor)
        if !up, end < scalars.count {
            let below = end + 1 + Gutter.room(scalars, after: end)
            move(min(below + column, Gutter.lineEnd(scalars, below)) - cursor)
            return refresh
        }
        awaitsRecall = true
        push(String(up ? Key.older : Key.newer))
        return nothing
    }

    func deleteBackward() -> UInt8 {
        let (scalars, cursor) = buffer
        guard cursor > 0 else { return refused }
        let atStart = cursor == Gutter.lineStart(scalars, cursor)
        removeBefore(atStart ? min(cursor, Gutter.width + 1) : 1)
        return refresh
    }

    func deleteForward() -> UInt8 {
        let (scalars, cursor) = buffer
        guard cursor < scalars.count else { return refused }
        let count = scalars[cursor] == "\n" ? 1 + Gutter.room(scalars, after: cursor) : 1
        move(count)
        removeBefore(count)
        return refresh
    }

    /// Through libedit's own cutting, so that `^Y` gives it back.
    func killLine() -> UInt8 {
        let (scalars, cursor) = buffer
        guard cursor < scalars.count else { return refused }
        if scalars[cursor] == "\n" { return deleteForward() }
        push(String(String.UnicodeScalarView([Key.setMark, Key.lineEnd, Key.killRegion])))
        return nothing
    }

    func abort() -> UInt8 {
        isInterrupted = false
        finish(.aborted)
        return nothing
    }

    func leave() -> UInt8 {
        outcome = .ended
        return endOfInput
    }
}

/// The table behind `define`.
extension LineEditor {
    nonisolated(unsafe) private static var functions: [(LineEditor) -> UInt8] = []

    private static func run(_ slot: Int) -> UInt8 {
        guard let editor = current, functions.indices.contains(slot) else { return refused }
        return functions[slot](editor)
    }

    private static let entrances: [editline_key] = [
        { _, _ in run(0) }, { _, _ in run(1) }, { _, _ in run(2) }, { _, _ in run(3) }, { _, _ in run(4) }, { _, _ in run(5) },
        { _, _ in run(6) }, { _, _ in run(7) }, { _, _ in run(8) }, { _, _ in run(9) }, { _, _ in run(10) }, { _, _ in run(11) },
        { _, _ in run(12) }, { _, _ in run(13) }, { _, _ in run(14) }, { _, _ in run(15) },
    ]
}
