/// A law compiled for matching: its left side in one of its swapped forms.
///
/// A class, since a term is held against many rules, and none is copied.
final class LawRule: Sendable, Equatable {
    /// Of the left side, in pre-order.
    struct PatternNode: Sendable, Hashable {
        enum Kind: UInt8 { case anything, placeholder, number, primitive }

        var kind: Kind
        var opcode: UInt8 = 0
        /// Of a placeholder.
        var slot: Int32 = 0
        var value: Double = 0
    }

    /// Of the right side or a condition, in post-order.
    struct BuildNode: Sendable, Hashable {
        var node: Expr.Node
        /// Of a placeholder, else -1.
        var slot: Int32
        /// Whether it is computed from literal numbers and has to come out exactly.
        var isComputed: Bool
    }

    let opcode: UInt8
    let pattern: [PatternNode]
    let slotCount: Int
    let numberSlots: [Int]
    let right: [BuildNode]
    /// What has to be proven of the arguments.
    let proofs: [[BuildNode]]
    let keepsEverything: Bool

    /// The rules of a law: one for each order of the arguments of commutative operations on its left side, and where it only moves parts,
    /// the same from right to left.
    static func rules(for law: Law) -> [LawRule] {
        var rules: [LawRule] = []
        for (from, to) in [(law.left, law.right)] + (law.isReordering ? [(law.right, law.left)] : []) {
            for form in swapped(from, from.root) {
                let rule = LawRule(form, to, law)
                if !rules.contains(rule) { rules.append(rule) }
            }
        }
        return rules
    }

    /// - Parameters left, right: the law's sides, in one of their forms, or the other way round.
    init(_ left: Expr, _ right: Expr, _ law: Law) {
        // Numbered as they are met, so that rules which differ by names are one.
        let slots = Dictionary(uniqueKeysWithValues: left.placeholders.enumerated().map { ($1, Int32($0)) })
        var pattern: [PatternNode] = []
        func add(_ position: Int) {
            let node = left.nodes[position]
            switch node.kind {
            case .hole: pattern.append(slots[node.symbol].map { PatternNode(kind: .placeholder, slot: $0) } ?? PatternNode(kind: .anything))
            case .number: pattern.append(PatternNode(kind: .number, value: node.value))
            default:
                pattern.append(PatternNode(kind: .primitive, opcode: node.opcode))
                for child in left.children(of: position) { add(child) }
            }
        }
        add(left.root)
        let numbers = law.numberPlaceholders
        func build(_ term: Expr) -> [BuildNode] {
            term.nodes.indices.map { position in
                var node = term.nodes[position]
                let slot = node.kind == .hole ? slots[node.symbol] ?? -1 : -1
                if slot >= 0 { node.symbol = Expr.noSymbol }
                node.length = 1
                return BuildNode(node: node, slot: slot, isComputed: term.isComputed(position, from: numbers))
            }
        }
        opcode = left.nodes[left.root].opcode
        self.pattern = pattern
        slotCount = slots.count
        numberSlots = numbers.compactMap { slots[$0].map(Int.init) }.sorted()
        self.right = build(right)
        proofs = law.needsProof ? law.conditions.compactMap { if case .comparison(let term) = $0 { build(term) } else { nil } } : []
        keepsEverything = law.keepsEverything
    }

    static func == (a: LawRule, b: LawRule) -> Bool {
        (a.opcode, a.slotCount, a.keepsEverything) == (b.opcode, b.slotCount, b.keepsEverything)
            && a.pattern == b.pattern && a.numberSlots == b.numberSlots && a.right == b.right && a.proofs == b.proofs
    }

    private static func swapped(_ term: Expr, _ position: Int) -> [Expr] {
        let node = term.nodes[position]
        let children = term.children(of: position)
        guard node.kind == .primitive else { return [term.subterm(at: position)] }
        var forms: [[Expr]] = [[]]
        for child in children {
            let options = swapped(term, child)
            forms = forms.flatMap { form in options.map { form + [$0] } }
        }
        if node.primitive.isCommutative { forms += forms.map { $0.reversed() } }
        return forms.map { Expr(node, $0) }
    }
}
