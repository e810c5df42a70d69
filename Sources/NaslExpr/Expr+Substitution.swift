extension Expr {
    /// This term with each free name of `replacements` replaced; bound names that would capture one are renamed.
    ///
    ///     Expr.variable("x").substituting(["x": .number(2)]).text   // "2"
    public func substituting(_ replacements: [Symbol: Expr]) -> Expr {
        replacements.isEmpty ? self : substitute(root, replacements)
    }

    private func substitute(_ position: Int, _ replacements: [Symbol: Expr]) -> Expr {
        let node = nodes[position]
        let children = children(of: position)
        switch node.kind {
        case .variable: return replacements[node.symbol] ?? subterm(at: position)
        case .binding:
            let value = substitute(children[0], replacements)
            let (names, inner) = rebound([node.symbol], replacements)
            return .binding(names[0], value, in: substitute(children[1], inner))
        case .lambda:
            let (names, inner) = rebound(children.dropLast().map { nodes[$0].symbol }, replacements)
            return .lambda(names, substitute(children[children.count - 1], inner))
        default:
            if children.isEmpty { return subterm(at: position) }
            return Expr(node, children.map { substitute($0, replacements) })
        }
    }

    /// What `names`, bound here, are called inside, and what is replaced there.
    private func rebound(_ names: [Symbol], _ replacements: [Symbol: Expr]) -> ([Symbol], [Symbol: Expr]) {
        var inner = replacements
        for name in names { inner[name] = nil }
        var result: [Symbol] = []
        for name in names {
            var fresh = name
            var count = 1
            while inner.values.contains(where: { $0.mentions(fresh) }) {
                count += 1
                fresh = Symbol("\(name)\(count)")
            }
            if fresh != name { inner[name] = .variable(fresh) }
            result.append(fresh)
        }
        return (result, inner)
    }

    /// Whether the name occurs (bound or free).
    public func mentions(_ name: Symbol) -> Bool {
        nodes.contains { $0.kind == .variable && $0.symbol == name }
    }

    /// How often the name occurs free.
    public func occurrences(of name: Symbol) -> Int { occurrences(of: name, root) }

    private func occurrences(of name: Symbol, _ position: Int) -> Int {
        let node = nodes[position]
        let children = children(of: position)
        switch node.kind {
        case .variable: return node.symbol == name ? 1 : 0
        case .binding: return occurrences(of: name, children[0]) + (node.symbol == name ? 0 : occurrences(of: name, children[1]))
        case .lambda:
            if children.dropLast().contains(where: { nodes[$0].symbol == name }) { return 0 }
            return occurrences(of: name, children[children.count - 1])
        default: return children.reduce(0) { $0 + occurrences(of: name, $1) }
        }
    }

    /// A name or a number, which may be written anywhere again without being drawn or computed again.
    public var isAtom: Bool {
        nodes.count == 1 && (nodes[0].kind == .variable || nodes[0].kind == .number)
    }
}

extension FunctionTerm {
    /// The function applied to terms, as its body: arguments are shared by `let` where the body uses them more than once and they are
    /// more than a name or number.
    public func applied(to arguments: [Expr]) -> Expr {
        var replacements: [Symbol: Expr] = [:]
        var shared: [(Symbol, Expr)] = []
        var taken = Set<Symbol>()
        for (name, argument) in zip(parameters, arguments) {
            if argument.isAtom || body.occurrences(of: name) <= 1 {
                replacements[name] = argument
            } else {
                var fresh = name
                var count = 1
                while taken.contains(fresh) || arguments.contains(where: { $0.mentions(fresh) }) {
                    count += 1
                    fresh = Symbol("\(name)\(count)")
                }
                taken.insert(fresh)
                shared.append((fresh, argument))
                replacements[name] = .variable(fresh)
            }
        }
        return shared.reversed().reduce(body.substituting(replacements)) { .binding($1.0, $1.1, in: $0) }
    }
}
