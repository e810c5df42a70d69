import CEditLine
import NaslSession

private let refresh = UInt8(CC_REFRESH), refused = UInt8(CC_ERROR), redisplay = UInt8(CC_REDISPLAY)

extension LineEditor {
    /// Tab: what all candidates have in common is inserted; where that is nothing, they are listed. At the beginning of a line Tab indents.
    func complete() -> UInt8 {
        let (scalars, cursor) = buffer
        let line = scalars[Gutter.lineStart(scalars, cursor)..<cursor]
        if line.allSatisfy({ $0 == " " }), cursor > line.count || !line.isEmpty {
            insert("    ")
            return refresh
        }
        let text = Gutter.removed(from: Gutter.string(scalars[...]))
        let offset = Gutter.textOffset(scalars, cursor: cursor)
        let candidates = session.complete(text, at: offset)
        guard let first = candidates.first else { return refused }
        let typed = String(decoding: Array(text.utf8)[min(first.start, offset)..<offset], as: UTF8.self)
        var common = Substring(first.text)
        for candidate in candidates.dropFirst() { common = Substring(common.commonPrefix(with: candidate.text)) }
        if common.hasPrefix(typed), common.count > typed.count {
            insert(String(common.dropFirst(typed.count)))
            return refresh
        }
        guard candidates.count > 1, Layout(scalars, width: Terminal.size.columns).rows < Terminal.size.rows else { return refused }
        list(candidates.map(\.label), scalars, cursor)
        return redisplay
    }

    /// Below the entry, in columns. Then as many new lines as libedit believes to have to go up.
    private func list(_ labels: [String], _ scalars: [Unicode.Scalar], _ cursor: Int) {
        let size = Terminal.size
        let layout = Layout(scalars, width: size.columns)
        let row = layout.place(of: cursor).row
        let width = min(size.columns, (labels.map(\.count).max() ?? 0) + 2)
        let columns = max(1, size.columns / width)
        let most = max(1, size.rows - 4) * columns
        var shown = labels.count > most ? labels.prefix(most - 1) + ["... \(labels.count) in all"] : labels[...]
        var lines: [String] = []
        while !shown.isEmpty {
            let line = shown.prefix(columns)
            shown = shown.dropFirst(columns)
            lines.append(line.dropLast().map { $0 + String(repeating: " ", count: width - $0.count) }.joined() + (line.last ?? ""))
        }
        let below = layout.rows - 1 - row
        Terminal.send((below > 0 ? "\u{1B}[\(below)B" : "") + "\r\n" + lines.joined(separator: "\r\n") + String(repeating: "\r\n", count: row + 1))
    }
}

extension StringProtocol {
    fileprivate func commonPrefix(with other: String) -> SubSequence {
        var end = startIndex
        var position = other.startIndex
        while end < endIndex, position < other.endIndex, self[end] == other[position] {
            end = index(after: end)
            position = other.index(after: position)
        }
        return self[..<end]
    }
}
