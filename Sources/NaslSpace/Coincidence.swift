import NaslExpr

/// Which templates may print the same program: a cautious answer, that may be "yes" where it is "no".
struct Coincidence {
    /// What the root of a program may be.
    private enum Root: Hashable {
        case node(Expr.Node)
        /// A name or number, not known which.
        case atom
        case anything

        func mayBe(_ other: Root) -> Bool {
            switch (self, other) {
            case (.anything, _), (_, .anything), (.atom, .atom): true
            case (.node(let a), .node(let b)): a == b
            case (.atom, .node(let node)), (.node(let node), .atom): node.kind == .variable || node.kind == .number
            }
        }
    }

    private let nonterminals: Nonterminals
    private var roots: [Set<Root>] = []

    init(_ nonterminals: Nonterminals) {
        self.nonterminals = nonterminals
        roots = nonterminals.all.map { _ in [] }
        var isNew = true
        while isNew {
            isNew = false
            for (id, nonterminal) in nonterminals.all.enumerated() {
                for case let template? in nonterminal.templates {
                    // A number on a continuous scale may be any, and is not the same as itself.
                    let found = nonterminal.numbers == nil ? roots(of: template) : [.anything]
                    if !found.isSubset(of: roots[id]) {
                        roots[id].formUnion(found)
                        isNew = true
                    }
                }
            }
        }
    }

    /// Two alternatives, as written, of which one may print what the other does; nil where every program is drawn in one way.
    lazy var ambiguity: (String, String)? = {
        for nonterminal in nonterminals.all {
            if nonterminal.numbers != nil { return ("a number on a continuous scale", "another one") }
            for (second, b) in nonterminal.templates.enumerated() {
                for (first, a) in nonterminal.templates[..<second].enumerated() {
                    guard let a, let b, mayCoincide(a, b) else { continue }
                    return (label(nonterminal, first), label(nonterminal, second))
                }
            }
        }
        return nil
    }()

    private func label(_ nonterminal: Nonterminal, _ alternative: Int) -> String {
        let labels = nonterminal.isRule ? nonterminals.sites[nonterminal.site].alternatives : nonterminal.labels
        return labels.indices.contains(alternative) ? labels[alternative] : nonterminals.grammar.rules[nonterminal.rule].name.text
    }

    /// Whether two templates may print the same program.
    ///
    /// - Parameter vanishing: names in whose place a single name or number may be printed.
    func mayCoincide(_ a: Template, _ b: Template, vanishing: [Symbol] = []) -> Bool {
        func isOpen(_ template: Template) -> Bool {
            template.kind == .hole || template.dissolves || template.isStretch || template.isUnused || template.kind == .variable && vanishing.contains(template.symbol)
        }
        if !isOpen(a), !isOpen(b) {
            return a.node == b.node && a.children.count == b.children.count
                && zip(a.children, b.children).allSatisfy { mayCoincide($0, $1, vanishing: vanishing) }
        }
        if a == b, a.kind == .variable { return true }
        return roots(of: a, vanishing).contains { root in roots(of: b, vanishing).contains { root.mayBe($0) } }
    }

    private func roots(of template: Template, _ vanishing: [Symbol] = []) -> Set<Root> {
        if template.kind == .variable, vanishing.contains(template.symbol) { return [.atom] }
        if template.isStretch || template.isUnused { return [.anything] }
        if template.kind == .hole { return roots[nonterminals.nonterminal(of: template)] }
        if template.dissolves {
            let body = template.children[1]
            return Set<Root>([.node(template.node)]).union(body.kind == .variable ? [Root.atom] : roots(of: body, vanishing))
        }
        return [.node(template.node)]
    }
}
