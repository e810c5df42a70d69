import NaslExpr

/// Works out what is known of an alternative before anything is drawn.
///
/// A chain of a known length becomes one `let` for each step, `Leaf{4}` a list of four draws, `last`, `first`, `unused` and an index of a list
/// whose elements are known become those elements. What remains is a template of ordinary terms and holes. A length that is itself drawn
/// is left alone: it becomes a choice of its own, after which the rest is known (see ``Nonterminals``).
struct Elaboration {
    enum Failure: Error {
        /// It cannot be taken where it stands: a `pick` of nothing.
        case impossible
        case wrong(title: String, label: String, help: String?)
    }

    /// Names that mean something elsewhere.
    let reserved: Set<Symbol>

    func elaborated(_ template: Template) throws -> Template {
        var result = template
        var rest = 10_000
        while let next = try scope(result) {
            result = next
            rest -= 1
            if rest == 0 { throw Failure.wrong(title: "this alternative has too many steps", label: "more than 10,000", help: nil) }
        }
        return result
    }

    /// One step of the work in a template whose draws are numbered for themselves; nil where nothing is left to do.
    private func scope(_ root: Template) throws -> Template? {
        var names = root.allNames
        names.formUnion(reserved)
        guard let (changed, place) = try rewrite(root, names) else { return nil }
        guard let place else { return changed }
        // What was drawn at one place is now several draws, marked by negative numbers: the later draws move up.
        let count = changed.holes.count { $0.draw < 0 }
        var result = changed
        result.renumber { $0 < 0 ? place - 1 - $0 : $0 > place ? $0 + count - 1 : $0 }
        return result
    }

    /// A rewritten template; with the number of a hole that has become several (or none).
    private typealias Change = (Template, place: Int?)

    private func rewrite(_ template: Template, _ names: Set<Symbol>) throws -> Change? {
        if let change = try rewriteHere(template, names) { return change }
        for slot in template.children.indices {
            if template.drawn == .chain, slot == 2 { continue }  // copied for each step first
            var result = template
            if template.kind == .hole {
                guard let child = try scope(template.children[slot]) else { continue }
                result.children[slot] = child
                return (result, nil)
            }
            guard let (child, place) = try rewrite(template.children[slot], names) else { continue }
            result.children[slot] = child
            return (result, place)
        }
        return nil
    }

    private func rewriteHere(_ template: Template, _ names: Set<Symbol>) throws -> Change? {
        switch template.kind {
        case .hole:
            switch template.drawn {
            case .chain:
                guard let count = template.children[1].literal else { return floated(template) }
                return (try chain(template, count, names), template.draw)
            case .repeated:
                guard let (least, most) = template.ends, least == most else { return nil }
                return (.list((0..<Int(most)).map { number in
                    var copy = template.children[0]
                    copy.draw = -1 - number
                    return copy
                }), template.draw)
            case .pick, .subset:
                if let floated = floated(template) { return floated }
                guard template.children[0].kind == .list, template.children[0].isPlain else { return nil }
                if template.children[0].children.isEmpty { throw Failure.impossible }
                if template.drawn == .pick || template.children.count == 2 { return nil }
                // `subset` is a list whose stretches are drawn one element after the other.
                var stretch = template
                stretch.children.append(.number(0))
                return (.list([stretch]), nil)
            default: return nil
            }
        case .binding:
            if let floated = floated(template) { return floated }
            let value = template.children[0]
            guard value.kind == .list else { return nil }
            if value.isPlain { return (template.children[1].substituting([template.symbol: value]), nil) }
            guard let body = try listed(template.symbol, value.children.count, in: template.children[1]) else { return nil }
            return (.binding(template.symbol, value, in: body), nil)
        case .index:
            if let floated = floated(template) { return floated }
            guard template.children[0].kind == .list, template.children[0].isPlain, let number = template.children[1].literal else { return nil }
            return (try element(number, of: template.children[0]), nil)
        case .call:
            guard template.children.count == 2, template.children[0].kind == .variable else { return nil }
            let list = template.children[1]
            switch template.children[0].symbol {
            case Draw.last, Draw.first, Draw.unused:
                if let floated = floated(template, at: 1) { return floated }
                guard list.kind == .list, list.isPlain else { return nil }
                if template.children[0].symbol == Draw.unused { return (try unused(list), nil) }
                guard let first = list.children.first, let last = list.children.last else { throw Failure.impossible }
                return (template.children[0].symbol == Draw.last ? last : first, nil)
            default: return nil
            }
        default: return nil
        }
    }

    /// `last(let a = A in [a])` is `let a = A in last([a])`: the names of a chain's steps are new, so nothing can be mistaken.
    private func floated(_ template: Template, at slot: Int = 0) -> Change? {
        let inner = template.children[slot]
        guard inner.kind == .binding, inner.endsInChain else { return nil }
        var outer = template
        outer.children[slot] = inner.children[1]
        var result = inner
        result.children[1] = outer
        return (result, nil)
    }

    /// `let step1 = Step([..]) in let step2 = Step([.., step1]) in [.., step1, step2]`.
    private func chain(_ template: Template, _ count: Double, _ names: Set<Symbol>) throws -> Template {
        guard let length = Int(exactly: count), length >= 0, length <= 1_000 else {
            throw Failure.wrong(title: "a chain has a whole number of steps", label: "found \(numberText(count))", help: "write a number, or `int(1..3)`")
        }
        let start = template.children[0], step = template.children[2]
        guard start.kind == .list, start.isPlain else {
            throw Failure.wrong(
                title: "a chain begins with a list of what stands in the program already", label: "begins with `\(start.term)`", help: "write `[]` or `[x]`")
        }
        let parameter: Symbol, body: Template
        switch step.kind {
        case .lambda where step.children.count == 2: (parameter, body) = (step.children[0].symbol, step.children[1])
        case .hole where step.drawn == nil && step.children.isEmpty:
            var mention = step
            mention.children = [.variable("earlier")]
            (parameter, body) = ("earlier", mention)
        default: throw Failure.wrong(
            title: "the step of a chain is a function of one list", label: "found `\(step.term)`", help: "write `earlier -> Step(earlier)`")
        }
        let stem = body.kind == .hole && body.drawn == nil ? body.symbol.text.split(separator: ".").last.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? "step" : "step"
        var elements = start.children
        var taken = names
        var steps: [(name: Symbol, value: Template)] = []
        var draws = 0
        for _ in 0..<length {
            var value = body.substituting([parameter: .list(elements, firstStep: start.children.count)])
            value.compactNumbers()
            let offset = draws
            draws += value.holes.count
            value.renumber { -1 - offset - $0 }
            var number = steps.count + 1
            while taken.contains(Symbol("\(stem)\(number)")) { number += 1 }
            let name = Symbol("\(stem)\(number)")
            taken.insert(name)
            steps.append((name, value))
            elements.append(.variable(name))
        }
        return steps.reversed().reduce(.list(elements, firstStep: start.children.count)) { .binding($1.name, $1.value, in: $0) }
    }

    private func element(_ number: Double, of list: Template) throws -> Template {
        guard let position = Int(exactly: number), list.children.indices.contains(position) else { throw Failure.impossible }
        return list.children[position]
    }

    private func unused(_ list: Template) throws -> Template {
        guard list.firstStep >= 0 else {
            throw Failure.wrong(title: "`unused` takes the list that a chain gives", label: "found `\(list.term)`", help: "write `unused(chain(...))`, or name the chain by `let`")
        }
        var steps = Template.list(Array(list.children[list.firstStep...]))
        steps.isUnused = true
        return steps
    }

    /// Where the elements of a list of draws are asked for one by one, the name with their numbers: `pick(l)` is `pick([l[0], l[1]])`.
    private func listed(_ name: Symbol, _ count: Int, in body: Template) throws -> Template? {
        let elements = Template.list((0..<count).map { .element(of: .variable(name), at: $0) })
        func change(_ template: Template) throws -> Template? {
            if let bound = template.bound, bound.names.contains(name) {
                guard template.kind == .binding, let value = try change(template.children[0]) else { return nil }
                var result = template
                result.children[0] = value
                return result
            }
            var result = template
            switch template.kind {
            case .index where template.children[0].kind == .variable && template.children[0].symbol == name:
                if let number = template.children[1].literal { _ = try element(number, of: elements) }
                return nil
            case .hole:
                for slot in template.children.indices where template.children[slot].kind == .variable && template.children[slot].symbol == name {
                    result.children[slot] = elements
                    return result
                }
            case .call where template.children.count == 2 && [Draw.last, Draw.first].contains(template.children[0].symbol):
                guard template.children[1].kind == .variable, template.children[1].symbol == name else { break }
                result.children[1] = elements
                return result
            default: break
            }
            for slot in template.children.indices {
                guard let child = try change(template.children[slot]) else { continue }
                result.children[slot] = child
                return result
            }
            return nil
        }
        return try change(body)
    }
}

extension Template {
    /// Whether this is what a chain became: `let`s around the list of its steps.
    var endsInChain: Bool {
        switch kind {
        case .binding: children[1].endsInChain
        case .list: firstStep >= 0
        default: false
        }
    }

    /// Every name that occurs, bound or free.
    var allNames: Set<Symbol> {
        var names = Set<Symbol>()
        func collect(_ template: Template) {
            if template.kind == .variable || template.kind == .binding { names.insert(template.symbol) }
            template.children.forEach(collect)
        }
        collect(self)
        return names
    }

    /// The first length that is drawn, in reading order: of a chain or of repeated draws.
    var firstDrawnLength: Template? {
        if drawn == .chain, children[1].literal == nil { return self }
        if drawn == .repeated { return self }
        for (slot, child) in children.enumerated() where !(drawn == .chain && slot == 2) {
            if let found = child.firstDrawnLength { return found }
        }
        return nil
    }

    /// The same with that length given.
    func settingFirstLength(_ length: Int) -> Template {
        var isDone = false
        func set(_ template: Template) -> Template {
            if isDone { return template }
            var result = template
            if template.drawn == .chain, template.children[1].literal == nil {
                isDone = true
                result.children[1] = .number(Double(length))
                return result
            }
            if template.drawn == .repeated {
                isDone = true
                result.children[1] = .number(Double(length))
                result.children[2] = .number(Double(length))
                return result
            }
            for slot in result.children.indices where !(template.drawn == .chain && slot == 2) { result.children[slot] = set(result.children[slot]) }
            return result
        }
        return set(self)
    }
}
