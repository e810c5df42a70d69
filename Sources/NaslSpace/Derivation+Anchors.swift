import NaslExpr

extension Derivation {
    /// Where a `pick` or a `subset` is open: for each alternative the choice, counted from 0, with which the value that it names was complete; -1 for what
    /// stands there from the start, such as a parameter of the grammar. Both alternatives of a `subset` are about one value. Empty where neither is open.
    package var anchors: [Int] {
        guard !isComplete, case .draw(let hole) = space.nonterminal(at: node).kind, let list = hole.children.first?.children else { return [] }
        switch hole.drawn {
        case .pick: break
        case .subset:
            let position = Int(hole.children[1].literal ?? 0) / 2
            guard list.indices.contains(position) else { return [] }
            let anchor = anchor(of: list[position], path)
            return [anchor, anchor]
        default: return []
        }
        let path = path
        return list.map { anchor(of: $0, path) }
    }

    /// A production around the open draw, and the choices with which its draws began.
    private struct Ancestor {
        let template: Template
        let slots: Int
        var starts: [Int] = []
    }

    /// The productions around the open draw, the outermost first.
    private var path: [Ancestor] {
        var path: [Ancestor] = []
        func close() { while let last = path.last, last.starts.count == last.slots { path.removeLast() } }
        for (choice, id) in productions.enumerated() {
            close()
            if !path.isEmpty { path[path.count - 1].starts.append(choice) }
            let production = space.model.productions[Int(id)]
            path.append(Ancestor(template: production.template, slots: production.slots.count))
        }
        close()
        return path
    }

    /// The last choice of a value that is known by a name, or is an element of a list with a name.
    private func anchor(of element: Template, _ path: [Ancestor]) -> Int {
        let isElement = element.kind == .index && element.children.count == 2
        guard let name = isElement ? element.children.first : element, name.kind == .variable else { return -1 }
        let position = isElement ? element.children[1].literal.flatMap { Int(exactly: $0) } : nil
        for (level, ancestor) in path.enumerated().reversed() {
            guard var value = ancestor.template.value(of: name.symbol) else { continue }
            if let position, value.kind == .list, value.children.indices.contains(position) { value = value.children[position] }
            let order = ancestor.template.holes.map(\.draw).sorted()
            guard let draw = value.holes.map(\.draw).max(), let slot = order.firstIndex(of: draw) else { return -1 }
            if ancestor.starts.indices.contains(slot + 1) { return ancestor.starts[slot + 1] - 1 }
            // The open draw is the next one of the innermost.
            return level == path.count - 1 && slot == ancestor.starts.count - 1 ? choices.count - 1 : -1
        }
        return -1
    }
}

extension Template {
    /// What a `let` in this template binds a name to.
    fileprivate func value(of name: Symbol) -> Template? {
        if kind == .binding, symbol == name { return children[0] }
        for child in children { if let found = child.value(of: name) { return found } }
        return nil
    }
}
