/// How far the names of consecutive rules reach, so that their `=` stand below one another.
enum RuleAlignment {
    /// For each `=` of a rule: the width of the widest head among the rules around it. An empty line or a constraint ends a group.
    static func widths(_ pieces: [Piece]) -> [Int: Int] {
        var result: [Int: Int] = [:]
        var group: [(assign: Int, width: Int)] = []
        func close() {
            let widest = group.map(\.width).max() ?? 0
            for rule in group { result[rule.assign] = widest }
            group = []
        }
        for (index, piece) in pieces.enumerated() {
            if piece.isBreak, piece.hasEmptyLine { close() }
            guard piece.startsStatement else { continue }
            guard let rule = rule(at: index, pieces) else {
                close()
                continue
            }
            // Behind a `;` on the same line nothing is aligned.
            if index == 0 || pieces[index - 1].isBreak { group.append(rule) }
        }
        close()
        return result
    }

    /// The `=` of the rule that begins here, and the width of what stands before it.
    private static func rule(at start: Int, _ pieces: [Piece]) -> (assign: Int, width: Int)? {
        var width = 0
        for index in start..<pieces.count {
            if pieces[index].role == .ruleAssign { return (index, width) }
            if pieces[index].isBreak || pieces[index].isComment || (index > start && pieces[index].startsStatement) { return nil }
            if index > start, Spacing.isSpaced(pieces[index - 1], pieces[index]) { width += 1 }
            width += LineLayout.width(of: pieces[index].text)
        }
        return nil
    }
}
