/// Rewrites terms to their normal form under a table of laws. Equal parts are rewritten once, so that a million programs of one
/// grammar cost little more than their different parts.
///
/// A term is rebuilt from its leaves; where a law fits at a node, the right side is built the same way. Each step leads downwards in the
/// order of terms, which ends; the result is a term at whose nodes no law fits, so a second time changes nothing.
public struct NormalForms {
    private let table: LawTable
    private(set) var store = TermStore()
    /// The normal form of each term of the store whose arguments are normal; -1: not known yet. Apart for terms that keep their shapes.
    private var known: (any: [TermStore.Ref], keeping: [TermStore.Ref]) = ([], [])
    private var bindings: [TermStore.Ref] = []
    /// Whether the term is more than elementwise; then shapes matter, and nothing may disappear.
    var keepsShapes = false

    public init(_ table: LawTable) { self.table = table }

    /// A number that two terms share exactly when they have the same normal form.
    public mutating func form(of term: Expr) -> Int32 {
        keepsShapes = !term.isElementwise
        var stack: [TermStore.Ref] = []
        for node in term.nodes {
            let form = insert(node, stack.suffix(Int(node.arity)))
            stack.removeLast(Int(node.arity))
            stack.append(form)
        }
        return stack.last ?? -1
    }

    public func term(at form: Int32) -> Expr { store.term(at: form) }

    /// The normal form as a term.
    public mutating func term(of term: Expr) -> Expr {
        let form = form(of: term)
        return store.term(at: form)
    }

    /// How many different terms were met.
    public var termCount: Int { store.cells.count }

    /// The normal form of `node` over normal arguments.
    mutating func insert(_ node: Expr.Node, _ arguments: ArraySlice<TermStore.Ref>) -> TermStore.Ref {
        var head = node
        head.length = 1
        let ref = store.insert(head, arguments)
        if let form = keepsShapes ? NormalForms.entry(ref, in: known.keeping) : NormalForms.entry(ref, in: known.any) { return form }
        let form = rewritten(ref)
        if keepsShapes { NormalForms.enter(form, for: ref, in: &known.keeping) } else { NormalForms.enter(form, for: ref, in: &known.any) }
        return form
    }

    private static func entry(_ ref: TermStore.Ref, in forms: [TermStore.Ref]) -> TermStore.Ref? {
        Int(ref) < forms.count && forms[Int(ref)] >= 0 ? forms[Int(ref)] : nil
    }

    private static func enter(_ form: TermStore.Ref, for ref: TermStore.Ref, in forms: inout [TermStore.Ref]) {
        if forms.count <= Int(ref) { forms += [TermStore.Ref](repeating: -1, count: Int(ref) + 1 - forms.count) }
        forms[Int(ref)] = form
    }

    private mutating func rewritten(_ ref: TermStore.Ref) -> TermStore.Ref {
        let node = store.cells[Int(ref)].node
        guard node.kind == .primitive else { return ref }
        if let value = folded(ref, node.primitive) { return insert(NormalForms.number(value), []) }
        if let positive = withoutNegativeNumber(ref, node) { return positive }
        for rule in table.rules[Int(node.opcode)] where !keepsShapes || rule.keepsEverything {
            if let result = applied(rule, to: ref) { return result }
        }
        return ref
    }

    /// What an operation on numbers computes, the same double as at run time; nil where that is not finite.
    private func folded(_ ref: TermStore.Ref, _ primitive: Primitive) -> Double? {
        guard !primitive.isRandom else { return nil }
        var values = [0.0, 0.0, 0.0]
        for slot in 0..<store.arity(of: ref) {
            guard let value = store.number(at: store.child(slot, of: ref)) else { return nil }
            values[slot] = value
        }
        let value = primitive.row.evaluate(values[0], values[1], values[2])
        return value.isFinite ? value : nil
    }

    /// `x + -3` is `x - 3`, and `x - -3` is `x + 3`.
    private mutating func withoutNegativeNumber(_ ref: TermStore.Ref, _ node: Expr.Node) -> TermStore.Ref? {
        guard node.primitive == .add || node.primitive == .sub else { return nil }
        let first = store.child(0, of: ref), second = store.child(1, of: ref)
        var head = node
        head.opcode = (node.primitive == .add ? Primitive.sub : .add).opcode
        if let value = store.number(at: second), value < 0 {
            let number = insert(NormalForms.number(-value), [])
            return insert(head, [first, number])
        }
        if node.primitive == .add, let value = store.number(at: first), value < 0 {
            let number = insert(NormalForms.number(-value), [])
            return insert(head, [second, number])
        }
        return nil
    }

    private static func number(_ value: Double) -> Expr.Node {
        var node = Expr.Node(.number)
        node.value = value
        return node
    }

    /// The term that a rule makes of the one at `ref`, in normal form; nil where it does not fit.
    private mutating func applied(_ rule: LawRule, to ref: TermStore.Ref) -> TermStore.Ref? {
        if bindings.count < rule.slotCount { bindings = [TermStore.Ref](repeating: -1, count: rule.slotCount) }
        for slot in 0..<rule.slotCount { bindings[slot] = -1 }
        var position = 0
        guard matches(rule, &position, ref) else { return nil }
        for slot in rule.numberSlots where store.number(at: bindings[slot]) == nil { return nil }
        for proof in rule.proofs where !isProven(proof) { return nil }
        return built(rule.right, Array(bindings[..<rule.slotCount]), from: ref)
    }

    private mutating func matches(_ rule: LawRule, _ position: inout Int, _ ref: TermStore.Ref) -> Bool {
        let pattern = rule.pattern[position]
        position += 1
        switch pattern.kind {
        case .anything: return true
        case .placeholder:
            let slot = Int(pattern.slot)
            if bindings[slot] < 0 { bindings[slot] = ref }
            return bindings[slot] == ref
        case .number: return store.number(at: ref) == pattern.value
        case .primitive:
            let node = store.cells[Int(ref)].node
            guard node.kind == .primitive, node.opcode == pattern.opcode else { return false }
            for slot in 0..<Int(node.arity) where !matches(rule, &position, store.child(slot, of: ref)) { return false }
            return true
        }
    }

    /// Whether where the values of the arguments lie shows that a comparison holds.
    private func isProven(_ condition: [LawRule.BuildNode]) -> Bool {
        var stack: [Bounds] = []
        for part in condition {
            if part.slot >= 0 { stack.append(store.cells[Int(bindings[Int(part.slot)])].bounds) } else {
                let arguments = Array(stack.suffix(Int(part.node.arity)))
                stack.removeLast(arguments.count)
                stack.append(Bounds(of: part.node, arguments))
            }
        }
        return stack.last == .only(1)
    }

    /// The right side over what was found, in normal form; nil where it does not lead downwards.
    private mutating func built(_ right: [LawRule.BuildNode], _ found: [TermStore.Ref], from ref: TermStore.Ref) -> TermStore.Ref? {
        var stack: [TermStore.Ref] = []
        for (index, part) in right.enumerated() {
            if part.slot >= 0 {
                stack.append(found[Int(part.slot)])
                continue
            }
            let arguments = stack.suffix(Int(part.node.arity))
            if part.isComputed {
                let values = arguments.map { store.number(at: $0) ?? .nan }
                guard let first = values.first, part.node.primitive.isExact(first, values.count > 1 ? values[1] : 0) else { return nil }
            }
            // The parts are smaller than what they stand for; the whole need not be.
            if index == right.count - 1 {
                let whole = store.insert(part.node, arguments)
                if !store.isEarlier(whole, than: ref) {
                    // Sorted it may still be.
                    guard part.node.primitive.isCommutative else { return nil }
                    let swapped = store.insert(part.node, [stack[stack.count - 1], stack[stack.count - 2]])
                    guard store.isEarlier(swapped, than: ref) else { return nil }
                    return insert(part.node, [stack[stack.count - 1], stack[stack.count - 2]])
                }
            }
            let result = insert(part.node, arguments)
            stack.removeLast(arguments.count)
            stack.append(result)
        }
        return stack.last
    }
}
