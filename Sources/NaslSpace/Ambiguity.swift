import NaslExpr

/// Finds alternatives of one rule that derive the same piece of program.
///
/// Two alternatives overlap where their templates fit together: equal nodes, and where one of them draws, something that its rule and the
/// other's piece have in common. The smallest such piece is a least fixed point over pairs of a rule and a piece (the intersection of
/// two regular tree grammars; Comon et al., "Tree Automata Techniques and Applications", chapter 1). Constraints are left aside here: the
/// example that is shown is drawn in both ways, so that they have their say.
struct Ambiguity {
    /// A pair of alternatives, and the choices after which both give the same program.
    struct Overlap {
        let nonterminal: Int
        let productions: (first: Int, second: Int)
        let choices: (first: [Int], second: [Int])
    }

    private enum Side: Hashable {
        case nonterminal(Int)
        /// A part of a production's template; its draws keep their numbers.
        case piece(Int, Template)
    }

    private struct Pair: Hashable {
        let first: Side
        let second: Side
    }

    /// What both sides derive: its size, and the choices for each draw of either; those of a nonterminal are number 0.
    private struct Common {
        var size: Int
        var first: [Int: [Int]] = [:]
        var second: [Int: [Int]] = [:]
    }

    private let model: Model
    private let productionsOf: [[Int]]
    /// By production, the nonterminal of each draw.
    private let drawn: [[Int: Int]]
    /// By nonterminal, its smallest piece.
    private var smallest: [(size: Int, choices: [Int])?]
    private var known: [Pair: Common?] = [:]
    private var pairs: [Pair] = []
    private var work = 0

    /// More than any grammar that a person writes by hand needs.
    private static let most = (nonterminals: 1_000, pairs: 3_000, work: 300_000)

    init?(_ model: Model) {
        guard model.nonterminals.count <= Ambiguity.most.nonterminals else { return nil }
        self.model = model
        productionsOf = model.nonterminals.indices.map { id in model.productions.indices.filter { model.productions[$0].nonterminal == id } }
        drawn = model.productions.map { production in
            let draws = production.template.holes.map(\.draw).sorted()
            return Dictionary(zip(draws, production.slots.map(\.nonterminal)), uniquingKeysWith: { first, _ in first })
        }
        smallest = model.nonterminals.map { _ in nil }
        findSmallest()
    }

    /// Of every two alternatives of a rule that overlap.
    mutating func overlaps() -> [Overlap] {
        var questions: [(nonterminal: Int, first: Int, second: Int)] = []
        for (id, nonterminal) in model.nonterminals.enumerated() where nonterminal.isRule && model.grammar.rules[nonterminal.rule].scope == 0 {
            for first in productionsOf[id] { for second in productionsOf[id] where first < second { questions.append((id, first, second)) } }
        }
        // Each round knows what the round before found for pairs of rules; sizes only shrink.
        var hasChanged = true
        var found: [Int: Common] = [:]
        while hasChanged, work < Ambiguity.most.work, pairs.count < Ambiguity.most.pairs {
            hasChanged = false
            for (number, question) in questions.enumerated() { found[number] = common(piece(question.first), piece(question.second)) }
            var next = 0
            while next < pairs.count {
                let pair = pairs[next]
                next += 1
                guard let common = derived(pair), common.size < (known[pair] ?? nil)?.size ?? .max else { continue }
                known.updateValue(common, forKey: pair)
                hasChanged = true
            }
        }
        return questions.enumerated().compactMap { number, question in
            found[number].map { common in
                Overlap(nonterminal: question.nonterminal, productions: (question.first, question.second),
                        choices: (choices(question.first, common.first), choices(question.second, common.second)))
            }
        }
    }

    private func piece(_ production: Int) -> Side { .piece(production, model.productions[production].template) }

    /// The choice of a production and those of its draws in drawing order.
    private func choices(_ production: Int, _ draws: [Int: [Int]]) -> [Int] {
        let row = model.productions[production]
        return [row.numbers == nil ? row.alternative : RealRange.choice(row.template.node.value)] + draws.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    private mutating func findSmallest() {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for (number, production) in model.productions.enumerated() {
                let draws = drawn[number].mapValues { smallest[$0] }
                guard draws.values.allSatisfy({ $0 != nil }) else { continue }
                let size = draws.values.reduce(production.size) { $0 + ($1?.size ?? 0) }
                guard size < smallest[production.nonterminal]?.size ?? .max else { continue }
                smallest[production.nonterminal] = (size, choices(number, draws.mapValues { $0?.choices ?? [] }))
                hasChanged = true
            }
        }
    }

    /// What is known of a pair so far; a pair that is asked for the first time is put on the list.
    private mutating func common(_ first: Side, _ second: Side) -> Common? {
        work += 1
        switch (first, second) {
        case (.nonterminal(let a), .nonterminal(let b)) where a == b:
            return smallest[a].map { Common(size: $0.size, first: [0: $0.choices], second: [0: $0.choices]) }
        case (.piece(let production, let template), _) where template.kind == .hole:
            guard let nonterminal = drawn[production][template.draw], let found = common(.nonterminal(nonterminal), second) else { return nil }
            return Common(size: found.size, first: [template.draw: found.first[0] ?? []], second: found.second)
        case (_, .piece(let production, let template)) where template.kind == .hole:
            guard let nonterminal = drawn[production][template.draw], let found = common(first, .nonterminal(nonterminal)) else { return nil }
            return Common(size: found.size, first: found.first, second: [template.draw: found.second[0] ?? []])
        case (.piece(let a, let one), .piece(let b, let other)): return common(a, one, b, other)
        default:
            let pair = Pair(first: first, second: second)
            if let common = known[pair] { return common }
            known.updateValue(nil, forKey: pair)
            pairs.append(pair)
            return nil
        }
    }

    /// Of a pair with a nonterminal, by one of its productions.
    private mutating func derived(_ pair: Pair) -> Common? {
        var best: Common?
        switch pair.first {
        case .nonterminal(let id):
            for production in productionsOf[id] {
                guard var common = common(piece(production), pair.second), common.size < best?.size ?? .max else { continue }
                common.first = [0: choices(production, common.first)]
                best = common
            }
        case .piece:
            guard case .nonterminal(let id) = pair.second else { return nil }
            for production in productionsOf[id] {
                guard var common = common(pair.first, piece(production)), common.size < best?.size ?? .max else { continue }
                common.second = [0: choices(production, common.second)]
                best = common
            }
        }
        return best
    }

    /// Of two pieces that are no draws themselves: equal nodes with something in common below.
    private mutating func common(_ a: Int, _ first: Template, _ b: Int, _ second: Template) -> Common? {
        guard first.node == second.node, first.children.count == second.children.count, !first.isOpen, !second.isOpen,
              model.productions[a].numbers == nil, model.productions[b].numbers == nil else { return nil }
        var result = Common(size: first.kind.ownSize)
        for (left, right) in zip(first.children, second.children) {
            guard let part = common(.piece(a, left), .piece(b, right)) else { return nil }
            result.size += part.size
            result.first.merge(part.first) { $1 }
            result.second.merge(part.second) { $1 }
        }
        return result
    }
}

extension Template {
    /// What it is printed as depends on what is drawn: no other template is compared with it.
    fileprivate var isOpen: Bool { dissolves || isStretch || isUnused || children.contains { $0.drawn == .subset } }
}
