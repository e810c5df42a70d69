/// The editor's buffer holds an entry of several lines with room for `   .. ` before each line but the first: six spaces, which the
/// painter fills and from which the cursor is kept away.
///
///     Gutter.added(to: "f(\n1)")          // "f(\n      1)"
///     Gutter.removed(from: "f(\n      1)")  // "f(\n1)"
enum Gutter {
    static let width = Prompt.more.utf8.count
    static let newline = "\n" + String(repeating: " ", count: width)

    static func added(to text: String) -> String { text.replacing("\n", with: newline) }

    /// Tolerates lines whose room was damaged.
    static func removed(from buffer: String) -> String {
        let lines = buffer.split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.dropFirst().map { line in line.dropFirst(min(width, line.prefix { $0 == " " }.count)) }
        return ([lines[0]] + rest).joined(separator: "\n")
    }

    /// How many characters of a buffer up to `offset` are no room, in UTF-8: the offset in the text without it.
    static func textOffset(_ scalars: [Unicode.Scalar], cursor: Int) -> Int {
        removed(from: string(scalars[..<min(cursor, scalars.count)])).utf8.count
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// What the user pasted, ready for the buffer: other newlines made plain, tabs made spaces, control characters dropped, and where it
    /// is a piece of a session, its prompts and its answers taken out.
    static func cleaned(_ pasted: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in pasted.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\t", with: "    ").unicodeScalars
        where scalar == "\n" || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) { scalars.append(scalar) }
        return withoutPrompts(String(scalars))
    }

    static func withoutPrompts(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return text }
        func content(_ line: Substring, after prompt: String) -> Substring? {
            if line.hasPrefix(prompt) { return line.dropFirst(prompt.count) }
            let bare = prompt.reversed().drop { $0 == " " }.count
            return line == prompt.prefix(bare) ? "" : nil
        }
        let isSession = content(first, after: Prompt.ready) != nil
        let kept = lines.compactMap { line -> Substring? in
            content(line, after: Prompt.ready) ?? content(line, after: Prompt.more) ?? (isSession ? nil : line)
        }
        return kept.joined(separator: "\n")
    }
}

/// Lines of a buffer, by the cursor.
extension Gutter {
    /// Where the line that holds `cursor` begins, behind its room.
    static func lineStart(_ scalars: [Unicode.Scalar], _ cursor: Int) -> Int {
        guard let newline = scalars[..<cursor].lastIndex(of: "\n") else { return 0 }
        return newline + 1 + room(scalars, after: newline)
    }

    /// Where it ends: at its newline, or behind the last character.
    static func lineEnd(_ scalars: [Unicode.Scalar], _ cursor: Int) -> Int {
        scalars[cursor...].firstIndex(of: "\n") ?? scalars.count
    }

    /// How many of the spaces that belong behind a newline are there.
    static func room(_ scalars: [Unicode.Scalar], after newline: Int) -> Int {
        scalars[(newline + 1)...].prefix(width).prefix { $0 == " " }.count
    }

    /// How the cursor leaves the room before a line, if it stands there: to the line's beginning, or, come from there, to the line above.
    static func stepOut(_ scalars: [Unicode.Scalar], _ cursor: Int) -> Int? {
        guard let newline = scalars[..<min(cursor, scalars.count)].lastIndex(of: "\n"), room(scalars, after: newline) == width else { return nil }
        let place = cursor - newline - 1
        guard place < width else { return nil }
        return place == width - 1 ? -width : width - place
    }
}
