import NaslExpr

/// What the entries of a model print, as trees of labelled nodes with draws at their leaves; equal trees are one.
struct TermPatterns: Sendable {
    /// A node of printed terms, without its children.
    struct Label: Hashable, Sendable {
        let node: Expr.Node
        let arity: Int

        init(_ node: Expr.Node, arity: Int) {
            var node = node
            node.arity = 0
            node.length = 1
            self.node = node
            self.arity = arity
        }
    }

    enum Child: Hashable, Sendable {
        /// Whatever a cell draws. Its profile goes through the map.
        case draw(cell: Int32, map: Int32)
        /// The same without single names and numbers, which a `let` prints elsewhere.
        case shared(cell: Int32, map: Int32)
        case tree(Int32)
    }

    struct Tree: Hashable, Sendable {
        let label: Label
        let children: [Child]
        /// Whether its two children must differ.
        var isApart = false
    }

    /// An entry prints a tree, or what its one draw prints.
    struct Print: Sendable {
        let entry: Int32
        let root: Child
        /// What the entry counts beside the draws that stand in the tree.
        let fixed: Int32
    }

    private(set) var trees: [Tree] = []
    private(set) var prints: [Print] = []
    private var ids: [Tree: Int32] = [:]

    /// nil where some entry prints a list whose length is not known from its template.
    init?(_ model: Model) {
        let atoms = TermPatterns.atoms(model)
        for (number, entry) in model.entries.enumerated() {
            let production = model.productions[Int(entry.production)]
            if production.template.isStretch { return nil }
            let dissolving = Array(Set(production.steps.filter { $0.kind == .value }.map { Int($0.slot) })).sorted()
            guard add(entry, number, production, dissolving[...], [:], Int(entry.fixed), atoms, model) else { return nil }
        }
    }

    /// The entry's trees, once it is settled for each vanishing `let` whether it holds a single name or number, and which.
    private mutating func add(
        _ entry: Model.Entry, _ number: Int, _ production: Production, _ open: ArraySlice<Int>, _ taken: [Int: Expr.Node], _ fixed: Int,
        _ atoms: [Set<Atom>], _ model: Model
    ) -> Bool {
        guard let slot = open.first else {
            guard let root = root(entry, number, production, taken, model) else { return false }
            prints.append(Print(entry: Int32(number), root: root, fixed: Int32(fixed)))
            return true
        }
        guard add(entry, number, production, open.dropFirst(), taken, fixed, atoms, model) else { return false }
        let place = entry.slots.lowerBound + slot
        for atom in atoms[Int(model.slotCells[place])] {
            let counted = model.counts(Int(atom.profile), place)
            let total = counted < 0 ? -1 : model.algebra.add(fixed, counted)
            if total < 0 { continue }
            var taken = taken
            taken[slot] = atom.node
            guard add(entry, number, production, open.dropFirst(), taken, total, atoms, model) else { return false }
        }
        return true
    }

    private mutating func root(_ entry: Model.Entry, _ number: Int, _ production: Production, _ taken: [Int: Expr.Node], _ model: Model) -> Child? {
        var stack: [Child] = []
        // What draws stand there as they are.
        var drawn: [Int?] = []
        func draw(_ slot: Int32) -> (cell: Int32, map: Int32) {
            let place = entry.slots.lowerBound + Int(slot)
            return (model.slotCells[place], model.slotMaps[place])
        }
        for step in production.steps {
            switch step.kind {
            case .node:
                let slots = drawn.suffix(Int(step.node.arity)).compactMap { $0 }
                let isApart = production.ties.contains { slots.contains($0.first) && slots.contains($0.second) }
                drawn = drawn.dropLast(Int(step.node.arity)) + [nil]
                if isApart, step.node.arity != 2 { return nil }
                if step.node.kind == .list, step.node.opcode == UnusedSteps.mark { return nil }
                push(step.node, &stack, isApart: isApart)
            case .number:
                // One symbol for all numbers of a range.
                var node = step.node
                node.opcode = 1
                node.symbol = Symbol("\(production.numbers?.lowest ?? 0)..\(production.numbers?.highest ?? 0)")
                push(node, &stack)
                drawn.append(nil)
            case .draw:
                drawn.append(Int(step.slot))
                let (cell, map) = draw(step.slot)
                stack.append(.draw(cell: cell, map: map))
            case .value:
                let (cell, map) = draw(step.slot)
                if taken[Int(step.slot)] == nil {
                    stack.append(.shared(cell: cell, map: map))
                    drawn.append(nil)
                }
            case .use:
                push(taken[Int(step.slot)] ?? step.node, &stack)
                drawn.append(nil)
            case .bind:
                if taken[Int(step.slot)] != nil { break }
                push(step.node, &stack)
                drawn = drawn.dropLast(2) + [nil]
            case .open, .close: return nil
            }
        }
        return stack.last
    }

    private mutating func push(_ node: Expr.Node, _ stack: inout [Child], isApart: Bool = false) {
        let arity = Int(node.arity)
        let tree = Tree(label: Label(node, arity: arity), children: Array(stack.suffix(arity)), isApart: isApart)
        stack.removeLast(arity)
        if let known = ids[tree] { return stack.append(.tree(known)) }
        ids[tree] = Int32(trees.count)
        stack.append(.tree(Int32(trees.count)))
        trees.append(tree)
    }

    /// A single name or number that a cell can draw, with its profile.
    private struct Atom: Hashable {
        let node: Expr.Node
        let profile: Int32
    }

    private static func atoms(_ model: Model) -> [Set<Atom>] {
        var atoms = model.cells.map { _ in Set<Atom>() }
        var isNew = true
        while isNew {
            isNew = false
            for entry in model.entries {
                let production = model.productions[Int(entry.production)]
                var found: [Atom] = []
                if production.isAtom, let node = production.steps.last?.node {
                    found = [Atom(node: node, profile: Int32(model.result(Int(entry.fixed), entry)))]
                } else if production.isUnit {
                    let slot = entry.slots.lowerBound
                    found = atoms[Int(model.slotCells[slot])].compactMap { atom in
                        let counted = model.counts(Int(atom.profile), slot)
                        return counted < 0 ? nil : Atom(node: atom.node, profile: Int32(model.result(model.algebra.add(Int(entry.fixed), counted), entry)))
                    }
                }
                for atom in found where atom.profile >= 0 && atoms[Int(entry.cell)].insert(atom).inserted { isNew = true }
            }
        }
        return atoms
    }
}
