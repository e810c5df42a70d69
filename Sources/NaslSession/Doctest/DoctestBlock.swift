/// A fenced block of a Markdown file whose first word is `nasl`.
///
///     ```nasl tolerance=0.05
///     nasl> 1 / 3
///     0.33
///     ```
struct DoctestBlock {
    /// Something that is typed, and what should be answered.
    struct Entry {
        var text: String
        /// The line of the file, from 1.
        var line: Int
        var expected: [String] = []
    }

    var entries: [Entry] = []
    /// Without prompts the block is a script, which is only run.
    var isScript = false
    /// Marked `error`: it must fail.
    var mustFail = false
    /// Relative, for numbers.
    var tolerance = Doctest.usualTolerance
    var line: Int
    /// What is wrong with the block itself.
    var mistake: String?

    static let prompt = "nasl>"
    static let continuation = "   .."

    /// All blocks of a text, in order.
    static func blocks(of text: String) -> [DoctestBlock] {
        var blocks: [DoctestBlock] = []
        var open: (block: DoctestBlock?, fence: Substring, indent: Int, lines: [(text: String, line: Int)])?
        for (number, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.hasSuffix("\r") ? raw.dropLast() : raw
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            if let (block, fence, margin, lines) = open {
                if rest.hasPrefix(fence), rest.drop(while: { $0 == fence.first }).allSatisfy(\.isWhitespace) {
                    if let block { blocks.append(block.filled(lines)) }
                    open = nil
                } else {
                    open?.lines.append((String(line.dropFirst(min(margin, indent))), number + 1))
                }
            } else if let mark = rest.first, mark == "`" || mark == "~" {
                let fence = rest.prefix { $0 == mark }
                guard fence.count >= 3 else { continue }
                open = (DoctestBlock(info: rest.dropFirst(fence.count), line: number + 1), fence, indent, [])
            }
        }
        if var block = open?.block {
            block.mistake = "the block is never closed"
            blocks.append(block)
        }
        return blocks
    }

    /// From what follows the fence; nil where the block is none of ours.
    private init?(info: Substring, line: Int) {
        let words = info.split(whereSeparator: \.isWhitespace)
        guard words.first == "nasl" else { return nil }
        self.line = line
        for word in words.dropFirst() {
            if word == "error" {
                mustFail = true
            } else if word.hasPrefix("tolerance="), let number = Double(word.dropFirst(10)), number >= 0, number.isFinite {
                tolerance = number
            } else {
                mistake = "`\(word)` means nothing here; a block can be marked `error` and `tolerance=0.05`"
            }
        }
    }

    private func filled(_ lines: [(text: String, line: Int)]) -> DoctestBlock {
        var block = self
        let hasPrompt = lines.contains { DoctestBlock.typed($0.text, after: DoctestBlock.prompt) != nil }
        guard hasPrompt else {
            block.isScript = true
            block.entries = [Entry(text: lines.map(\.text).joined(separator: "\n"), line: line + 1)]
            return block
        }
        for (text, line) in lines {
            if let typed = DoctestBlock.typed(text, after: DoctestBlock.prompt) {
                block.entries.append(Entry(text: typed, line: line))
            } else if let last = block.entries.indices.last {
                if block.entries[last].expected.isEmpty, let typed = DoctestBlock.typed(text, after: DoctestBlock.continuation) {
                    block.entries[last].text += "\n" + typed
                } else {
                    block.entries[last].expected.append(text)
                }
            } else if !text.allSatisfy(\.isWhitespace) {
                block.mistake = "line \(line) stands before the first prompt"
            }
        }
        return block
    }

    /// What is typed behind a prompt; nil where the line has none.
    private static func typed(_ line: String, after prompt: String) -> String? {
        guard line.hasPrefix(prompt) else { return nil }
        let rest = line.dropFirst(prompt.count)
        return rest.isEmpty ? "" : rest.first == " " ? String(rest.dropFirst()) : nil
    }
}
