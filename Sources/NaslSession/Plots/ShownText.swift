import NaslLanguage

/// Texts in columns of a terminal.
extension String {
    /// Columns it takes.
    var shownWidth: Int { reduce(0) { $0 + displayWidth($1) } }

    /// At least `width` columns, filled with spaces at the right (or the left).
    func padded(to width: Int, atLeft: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - shownWidth))
        return atLeft ? space + self : self + space
    }

    /// At most `width` columns, the end left out with an ellipsis where it is longer; without what a terminal would obey, and without
    /// what it cannot show.
    func fitted(to width: Int, _ style: OutputStyle) -> String {
        var text = ""
        for character in self {
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            text.append(isControl ? " " : style.isUnicode || character.isASCII ? character : "?")
        }
        if text.shownWidth <= width { return text }
        let ellipsis = style.isUnicode ? "…" : "..."
        var result = ""
        var used = ellipsis.count
        for character in text {
            used += displayWidth(character)
            if used > width { break }
            result.append(character)
        }
        return String((result + ellipsis).prefix(max(0, width)))
    }
}

/// A line made of characters, each with a colour or none; equal neighbours share one escape sequence.
struct PaintedLine {
    private var cells: [(character: Character, code: String?)] = []

    mutating func add(_ text: String, _ code: String? = nil) {
        for character in text { cells.append((character, code)) }
    }

    var count: Int { cells.count }

    /// The text, without spaces at its end.
    func text(_ style: OutputStyle) -> String {
        var kept = cells[...]
        while let last = kept.last, last.character == " ", last.code == nil || !style.hasColor { kept = kept.dropLast() }
        var result = ""
        var current: String?
        for cell in kept {
            let code = style.hasColor && cell.character != " " ? cell.code : style.hasColor && cell.code?.contains("48;") == true ? cell.code : nil
            if code != current {
                if current != nil { result += "\u{1B}[0m" }
                if let code { result += "\u{1B}[\(code)m" }
                current = code
            }
            result.append(cell.character)
        }
        return current == nil ? result : result + "\u{1B}[0m"
    }
}
