import NaslExpr

extension Template {
    /// The names that occur free.
    var freeNames: Set<Symbol> {
        if kind == .variable { return [symbol] }
        var names = Set<Symbol>()
        let bound = bound
        for (slot, child) in children.enumerated() {
            if kind == .lambda && slot < children.count - 1 { continue }
            var inner = child.freeNames
            if let bound, bound.scope == slot { inner.subtract(bound.names) }
            names.formUnion(inner)
        }
        return names
    }

    /// How often a name occurs free.
    func occurrences(of name: Symbol) -> Int {
        if kind == .variable { return symbol == name ? 1 : 0 }
        var count = 0
        for (slot, child) in children.enumerated() {
            if let bound, slot == bound.scope ? bound.names.contains(name) : kind == .lambda { continue }
            count += child.occurrences(of: name)
        }
        return count
    }

    /// Each free name of `replacements` replaced; names bound here that would capture one are renamed.
    func substituting(_ replacements: [Symbol: Template]) -> Template {
        if replacements.isEmpty { return self }
        if kind == .variable { return replacements[symbol] ?? self }
        var result = self
        guard let bound else {
            for slot in children.indices { result.children[slot] = children[slot].substituting(replacements) }
            return result
        }
        var inner = replacements
        for name in bound.names { inner[name] = nil }
        let scope = children[bound.scope]
        let scopeNames = scope.freeNames
        inner = inner.filter { scopeNames.contains($0.key) }
        let arriving = inner.values.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeNames) }
        for name in bound.names where arriving.contains(name) {
            let fresh = freshName(like: name, avoiding: arriving.union(scopeNames).union(bound.names))
            inner[name] = .variable(fresh)
            result.rename(name, fresh)
        }
        if kind == .binding { result.children[0] = children[0].substituting(replacements) }
        result.children[bound.scope] = scope.substituting(inner)
        return result
    }

    /// Renames a binder itself, not what it binds.
    private mutating func rename(_ name: Symbol, _ fresh: Symbol) {
        if kind == .binding { node.symbol = fresh }
        if kind == .lambda {
            for slot in children.indices.dropLast() where children[slot].symbol == name { children[slot].node.symbol = fresh }
        }
    }

    /// No bound name of the result is one of `names` where something is drawn below it: what is drawn there may mention them.
    ///
    /// `everywhere`: also where nothing is drawn yet, because draws are about to be written into the scope.
    func clear(of names: Set<Symbol>, everywhere: Bool = false) -> Template {
        var result = self
        for slot in children.indices { result.children[slot] = children[slot].clear(of: names, everywhere: everywhere) }
        guard let bound, everywhere || children[bound.scope].draws else { return result }
        for name in bound.names where names.contains(name) {
            let scope = result.children[bound.scope]
            let fresh = freshName(like: name, avoiding: names.union(scope.freeNames).union(bound.names))
            result.rename(name, fresh)
            result.children[bound.scope] = scope.substituting([name: .variable(fresh)])
        }
        return result
    }

    /// The function `(parameters) -> self` applied: the body, with an argument that is no single name or number and is used more than
    /// once shared by a `let`. What the function draws comes before what its arguments draw.
    func applied(_ parameters: [Symbol], to arguments: [Template], reserved: Set<Symbol>) -> Template {
        var next = holes.count
        var body = self
        body.compactNumbers()
        var replacements: [Symbol: Template] = [:]
        var shared: [(name: Symbol, value: Template)] = []
        var taken = arguments.reduce(into: reserved) { $0.formUnion($1.freeNames) }
        if arguments.contains(where: \.draws) { body = body.clear(of: taken, everywhere: true) }
        taken.formUnion(freeNames.subtracting(parameters))
        for (name, argument) in zip(parameters, arguments) {
            let start = next
            next += argument.holes.count
            var argument = argument
            argument.compactNumbers()
            argument.renumber { $0 + start }
            if argument.isPlain || occurrences(of: name) <= 1 {
                replacements[name] = argument
            } else {
                let fresh = taken.contains(name) ? freshName(like: name, avoiding: taken) : name
                taken.insert(fresh)
                shared.append((fresh, argument))
                replacements[name] = .variable(fresh)
            }
        }
        var result = body.substituting(replacements)
        for (name, value) in shared.reversed() {
            // Where the name went into the arguments of another mention, the `let` must stay: that text is not ours to change.
            var reachesMention = false
            result.forEachMention { mention in
                if mention.children.contains(where: { $0.occurrences(of: name) > 0 }) { reachesMention = true }
            }
            let dissolves = value.kind == .hole && !reachesMention
            result = .binding(name, value, in: result)
            result.dissolves = dissolves
        }
        return result
    }

    /// Functions written in place and applied, `(v -> v^3)(E)`, as their bodies.
    func reduced(reserved: Set<Symbol>) -> Template {
        var result = self
        for slot in children.indices { result.children[slot] = children[slot].reduced(reserved: reserved) }
        guard kind == .call, result.children[0].kind == .lambda else { return result }
        let function = result.children[0], arguments = Array(result.children.dropFirst())
        let parameters = function.children.dropLast().map(\.symbol)
        guard parameters.count == arguments.count, arguments.allSatisfy({ $0.kind != .labelled }),
            zip(parameters, arguments).allSatisfy({ function.children[parameters.count].occurrences(of: $0) > 0 || !$1.draws })
        else { return result }
        // The numbers of its holes follow each other, the function's before the arguments'.
        let first = result.holes.map(\.draw).min() ?? 0
        var body = function.children[parameters.count].applied(parameters, to: arguments, reserved: reserved)
        body.renumber { $0 + first }
        return body
    }
}

/// `name2`, `name3`, ...: the first that is not taken.
func freshName(like name: Symbol, avoiding taken: Set<Symbol>) -> Symbol {
    var count = 2
    while taken.contains(Symbol("\(name)\(count)")) { count += 1 }
    return Symbol("\(name)\(count)")
}
