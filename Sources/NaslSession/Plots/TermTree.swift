import NaslExpr

/// A term as a tree, a line for each node:
///
///     max
///     ├─ x
///     └─ tanh
///        └─ x
package struct TermTree {
    private let term: Expr
    private let isUnicode: Bool
    private var lines: [String] = []

    /// What no screen holds is counted instead of drawn.
    private static let mostLines = 1000
    private static let mostLevels = 60

    package init(_ term: Expr, isUnicode: Bool = true) {
        self.term = term
        self.isUnicode = isUnicode
    }

    package var text: String {
        var drawing = self
        drawing.draw(term.root, first: "", next: "", level: 1)
        if drawing.lines.count > TermTree.mostLines {
            let left = drawing.lines.count - TermTree.mostLines
            drawing.lines.removeLast(left)
            drawing.lines.append("... and \(grouped(left)) more line\(left == 1 ? "" : "s")")
        }
        return drawing.lines.joined(separator: "\n")
    }

    private mutating func draw(_ position: Int, first: String, next: String, level: Int) {
        let (label, children) = node(position)
        if level == TermTree.mostLevels, !children.isEmpty {
            lines.append("\(first)\(label) ... \(grouped(term.subterm(at: position).size - 1)) more below")
            return
        }
        lines.append(first + label)
        let (branch, corner, bar) = isUnicode ? ("├─ ", "└─ ", "│  ") : ("|- ", "`- ", "|  ")
        for child in children {
            let isLast = child == children.last
            draw(child, first: next + (isLast ? corner : branch), next: next + (isLast ? "   " : bar), level: level + 1)
        }
    }

    /// What a node is called and which children it shows.
    private func node(_ position: Int) -> (label: String, children: [Int]) {
        let node = term.nodes[position]
        let children = term.children(of: position)
        switch node.kind {
        case .number, .variable, .text, .fitted, .parameter: return (term.subterm(at: position).text, [])
        case .primitive: return (node.primitive.row.infix ?? node.primitive.name, children)
        case .binding: return ("let \(node.symbol)", children)
        case .lambda:
            let names = children.dropLast().map { term.nodes[$0].symbol.text }
            return (names.count == 1 ? "\(names[0]) ->" : "(\(names.joined(separator: ", "))) ->", children.suffix(1))
        case .call:
            let callee = term.nodes[children[0]]
            return callee.kind == .variable ? (callee.symbol.text + "()", Array(children.dropFirst())) : ("call", children)
        case .labelled: return ("\(node.symbol):", children)
        case .list: return ("[]", children)
        case .record: return ("()", children)
        case .field: return (".\(node.symbol)", children)
        case .index: return ("index", children)
        case .compose: return (">>", children)
        case .hole: return (node.symbol.text, children)
        }
    }
}
