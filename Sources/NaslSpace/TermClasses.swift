import BigInt
import NaslExpr

/// Exact numbers of printed terms, each counted once however many derivations it has; or of terms up to swapped arguments.
///
/// The productions are a nondeterministic bottom-up tree automaton that accepts the programs. Made deterministic (Comon et al., "Tree
/// Automata Techniques and Applications", chapter 1), a term has one *class*: all that it may stand for, that is every cell that draws
/// it, with the profile, and every part of a template. So the terms of a class are counted by sums and products over the classes of
/// their children. Up to swaps a class holds all that any order of the arguments may stand for, and two arguments are an unordered pair.
struct TermClasses {
    /// What a term may stand for: a piece that a cell draws, or a tree of a template with what its draws sum up to.
    private struct Fact: Hashable, Comparable {
        /// A cell, or the number of cells and a tree.
        let place: Int32
        let profile: Int32

        static func < (a: Fact, b: Fact) -> Bool { (a.place, a.profile) < (b.place, b.profile) }
    }

    private struct Class: Hashable {
        let facts: [Fact]
        /// Whether it is one of single names and numbers.
        let isAtom: Bool
    }

    /// A template's tree of which the first children are found.
    private struct Part: Hashable, Comparable {
        let tree: Int32
        let sum: Int32

        static func < (a: Part, b: Part) -> Bool { (a.tree, a.sum) < (b.tree, b.sum) }
    }

    /// The children found so far of a node with three or more.
    private struct Row: Hashable {
        let label: Int
        let children: Int
        let parts: [Part]
    }

    /// Terms made of one or two classes, or of a row and a class.
    private enum Term {
        case leaf
        case one(Int)
        case two(Int, Int)
        /// Two of one class in no order.
        case pair(Int)
        /// Two different ones of one class, in some order or in none.
        case different(Int, isOrdered: Bool)
        case row(Int)
    }

    private let model: Model
    private let patterns: TermPatterns
    private let isNeeded: (Int, Int) -> Bool
    private let commutative: Set<Primitive>
    private var labels: [TermPatterns.Label] = []
    private var treesOf: [[Int32]] = []
    /// By tree, the prints of which it is the root; by cell, those that are nothing but its draw.
    private var printsOfTree: [[Int]] = []
    private var printsOfCell: [[Int]] = []
    /// Whether a tree is a part of another one.
    private var isInner: [Bool] = []
    /// By label and class, the trees whose first child is of that class.
    private var begun: [[[Part]]] = []
    private var classes: [Class] = []
    private var classIDs: [Class: Int] = [:]
    private var places: [[Int32: [Int32]]] = []
    private var terms: [[Term]] = []
    private var rows: [Row] = []
    private var rowIDs: [Row: Int] = [:]
    private var rowTerms: [[(row: Int, class: Int)]] = []

    /// The number of programs. Nil where some list has no known length, or where the classes are more than `mostClasses`.
    ///
    /// - Parameter commutative: the primitives whose arguments may be swapped; empty to count the printed programs.
    static func count(
        _ model: Model, _ counting: Counting, upToSwapsOf commutative: Set<Primitive>, _ mostClasses: Int, _ isGivenUp: () -> Bool
    ) -> BigInt? {
        guard let patterns = TermPatterns(model) else { return nil }
        var made = TermClasses(model, patterns, commutative) { counting.count(ofCell: $0, profile: $1) != 0 }
        return made.explore(mostClasses, isGivenUp) ? made.total() : nil
    }

    private init(_ model: Model, _ patterns: TermPatterns, _ commutative: Set<Primitive>, _ isNeeded: @escaping (Int, Int) -> Bool) {
        self.model = model
        self.patterns = patterns
        self.commutative = commutative
        self.isNeeded = isNeeded
        var ids: [TermPatterns.Label: Int] = [:]
        for (number, tree) in patterns.trees.enumerated() {
            let id = ids[tree.label] ?? labels.count
            if id == labels.count {
                ids[tree.label] = id
                labels.append(tree.label)
                treesOf.append([])
            }
            treesOf[id].append(Int32(number))
        }
        printsOfTree = patterns.trees.map { _ in [] }
        printsOfCell = model.cells.map { _ in [] }
        begun = labels.map { _ in [] }
        isInner = patterns.trees.map { _ in false }
        for tree in patterns.trees {
            for case .tree(let inner) in tree.children { isInner[Int(inner)] = true }
        }
        for (number, print) in patterns.prints.enumerated() {
            switch print.root {
            case .tree(let tree): printsOfTree[Int(tree)].append(number)
            case .draw(let cell, _), .shared(let cell, _): printsOfCell[Int(cell)].append(number)
            }
        }
    }

    /// Finds all classes; false where they are too many.
    private mutating func explore(_ mostClasses: Int, _ isGivenUp: () -> Bool) -> Bool {
        for (label, row) in zip(labels, treesOf) where label.arity == 0 {
            let isAtom = label.node.kind == .variable || label.node.kind == .number
            learn(row.map { Part(tree: $0, sum: 0) }, isAtom: isAtom, .leaf)
        }
        for label in labels.indices where labels[label].arity > 2 {
            _ = row(Row(label: label, children: 0, parts: treesOf[label].map { Part(tree: $0, sum: 0) }))
        }
        // Each pair of a new class or row with all that were there before it.
        var nextClass = 0, nextRow = 0
        while nextClass < classes.count || nextRow < rows.count {
            if isGivenUp() || classes.count + rows.count > mostClasses { return false }
            if nextRow < rows.count {
                for known in 0..<nextClass { extend(nextRow, by: known) }
                nextRow += 1
                continue
            }
            for label in labels.indices where [1, 2].contains(labels[label].arity) {
                begun[label].append(step(treesOf[label].map { Part(tree: $0, sum: 0) }, 0, nextClass))
                if labels[label].arity == 1 { learn(begun[label][nextClass], isAtom: false, .one(nextClass)) }
                if labels[label].arity == 2 { for known in 0...nextClass { combine(label, known, nextClass) } }
            }
            for known in 0..<nextRow { extend(known, by: nextClass) }
            nextClass += 1
        }
        return true
    }

    private mutating func combine(_ label: Int, _ first: Int, _ second: Int) {
        let one = step(begun[label][first], 1, second)
        if first == second {
            let isSwapped = swaps(label)
            let equal = one.filter { !patterns.trees[Int($0.tree)].isApart }
            if equal.count < one.count {
                learn(equal, isAtom: false, .one(first))
                return learn(one, isAtom: false, .different(first, isOrdered: !isSwapped))
            }
            return learn(one, isAtom: false, isSwapped ? .pair(first) : .two(first, first))
        }
        let other = step(begun[label][second], 1, first)
        if swaps(label) { return learn(one + other, isAtom: false, .two(first, second)) }
        learn(one, isAtom: false, .two(first, second))
        learn(other, isAtom: false, .two(second, first))
    }

    private func swaps(_ label: Int) -> Bool {
        labels[label].node.kind == .primitive && commutative.contains(labels[label].node.primitive)
    }

    private mutating func extend(_ id: Int, by next: Int) {
        let known = rows[id]
        if known.children == labels[known.label].arity { return }
        let parts = step(known.parts, known.children, next)
        if parts.isEmpty { return }
        let made = row(Row(label: known.label, children: known.children + 1, parts: Array(Set(parts)).sorted()))
        rowTerms[made].append((id, next))
        if known.children + 1 == labels[known.label].arity, rowTerms[made].count == 1 { learn(parts, isAtom: false, .row(made)) }
    }

    /// The id of a row; a complete one is no more to be extended.
    private mutating func row(_ row: Row) -> Int {
        if let known = rowIDs[row] { return known }
        rowIDs[row] = rows.count
        rows.append(row)
        rowTerms.append([])
        return rows.count - 1
    }

    /// The trees that have a child of this class at a place, with their new sums.
    private func step(_ parts: [Part], _ child: Int, _ next: Int) -> [Part] {
        var result: [Part] = []
        let found = places[next]
        for part in parts {
            let tree = patterns.trees[Int(part.tree)]
            guard child < tree.children.count else { continue }
            let place: Int32, map: Int32
            switch tree.children[child] {
            case .draw(let cell, let by): (place, map) = (cell, by)
            case .shared(let cell, let by):
                if classes[next].isAtom { continue }
                (place, map) = (cell, by)
            case .tree(let inner): (place, map) = (Int32(model.cells.count) + inner, -1)
            }
            for profile in found[place] ?? [] {
                let counted = map < 0 ? Int(profile) : Int(model.maps[Int(map)][Int(profile)])
                if counted < 0 { continue }
                let sum = model.algebra.add(Int(part.sum), counted)
                if sum >= 0 { result.append(Part(tree: part.tree, sum: Int32(sum))) }
            }
        }
        return result
    }

    /// Takes up terms whose root is one of these trees.
    private mutating func learn(_ parts: [Part], isAtom: Bool, _ term: Term) {
        if parts.isEmpty { return }
        var facts = Set<Fact>()
        var work: [Fact] = []
        func add(_ fact: Fact) { if facts.insert(fact).inserted { work.append(fact) } }
        for part in parts { add(Fact(place: Int32(model.cells.count) + part.tree, profile: part.sum)) }
        while let fact = work.popLast() {
            let isTree = Int(fact.place) >= model.cells.count
            for print in isTree ? printsOfTree[Int(fact.place) - model.cells.count] : printsOfCell[Int(fact.place)] {
                let print = patterns.prints[print]
                let entry = model.entries[Int(print.entry)]
                var counted = Int(fact.profile)
                if !isTree, let slot = entry.slots.first { counted = model.counts(counted, slot) }
                if counted < 0 { continue }
                let profile = model.result(model.algebra.add(Int(print.fixed), counted), entry)
                if profile >= 0, isNeeded(Int(entry.cell), profile) { add(Fact(place: entry.cell, profile: Int32(profile))) }
            }
        }
        // Of the trees only those matter that are part of another one.
        let lasting = facts.filter { Int($0.place) < model.cells.count || isInner[Int($0.place) - model.cells.count] }
        if lasting.isEmpty { return }
        let found = Class(facts: lasting.sorted(), isAtom: isAtom)
        let id = classIDs[found] ?? classes.count
        if id == classes.count {
            classIDs[found] = id
            classes.append(found)
            terms.append([])
            places.append(found.facts.reduce(into: [:]) { $0[$1.place, default: []].append($1.profile) })
        }
        terms[id].append(term)
    }

    /// The number of terms that the start draws. The classes of finite spaces are never made of themselves.
    private func total() -> BigInt {
        // Rows come after the classes.
        var values = [BigInt?](repeating: nil, count: classes.count + rows.count)
        func value(_ id: Int) -> BigInt { values[id] ?? 0 }
        func parts(of id: Int) -> [Int] {
            if id >= classes.count { return rowTerms[id - classes.count].flatMap { [classes.count + $0.row, $0.class] } }
            return terms[id].flatMap { term -> [Int] in
                switch term {
                case .leaf: []
                case .one(let a), .pair(let a), .different(let a, _): [a]
                case .two(let a, let b): [a, b]
                case .row(let row): [classes.count + row]
                }
            }
        }
        func compute(_ id: Int) -> BigInt {
            if id >= classes.count {
                if rows[id - classes.count].children == 0 { return 1 }
                return rowTerms[id - classes.count].reduce(0) { $0 + value(classes.count + $1.row) * value($1.class) }
            }
            return terms[id].reduce(0) { sum, term in
                switch term {
                case .leaf: return sum + 1
                case .one(let a): return sum + value(a)
                case .two(let a, let b): return sum + value(a) * value(b)
                case .pair(let a): return sum + value(a) * (value(a) + 1) / 2
                case .different(let a, let isOrdered): return sum + value(a) * (value(a) - 1) / (isOrdered ? 1 : 2)
                case .row(let row): return sum + value(classes.count + row)
                }
            }
        }
        var total = BigInt(0)
        for (root, found) in classes.enumerated() {
            let isProgram = found.facts.contains { Int($0.place) == model.start && ProfileAlgebra.contains(model.accepted, Int($0.profile)) }
            guard isProgram else { continue }
            var work = [root]
            while let id = work.last {
                if values[id] != nil {
                    work.removeLast()
                    continue
                }
                let open = parts(of: id).filter { values[$0] == nil }
                if open.isEmpty {
                    values[id] = compute(id)
                    work.removeLast()
                } else {
                    work += open
                }
            }
            total += value(root)
        }
        return total
    }
}
