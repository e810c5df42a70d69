import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSearch
import NaslSpace

/// A part of a program, or a choice of its derivation, replaced by something else, and what that does to the reward.
struct Ablation: Sendable {
    enum Kind: String, Sendable {
        /// An operation by one of its arguments.
        case part
        /// An operation by a number.
        case constant
        /// A choice by another alternative of the grammar.
        case alternative
        /// A number by one a tenth larger or smaller.
        case number
    }

    /// One place with all that could stand there.
    struct Slot {
        let kind: Kind
        /// Of the part in the term's nodes, or of the choice.
        let position: Int
        let what: String
        /// The part itself, where it is one.
        var part: Expr?
        let candidates: [(becomes: String, program: Value)]
    }

    let kind: Kind
    let position: Int
    let what: String
    let part: Expr?
    let becomes: String
    let program: Value
    /// Nil where it failed on nearly all seeds.
    let difference: PairedDifference?
    /// Of all that could stand there the one with the highest reward, on the seeds that choose.
    let isBest: Bool
    /// And the one that changes the reward least.
    let isClosest: Bool

    /// Of a choice, those that are tried: the most probable ones.
    private static let mostAlternatives = 6

    static func slots(_ term: FunctionTerm?, _ inputs: [[Double]], _ tree: DerivationTree?, _ choices: [TrialExplanation.Choice], _ grammar: GrammarValue, seed: Int) -> [Slot] {
        var slots: [Slot] = []
        if let term {
            let reductions = Reduction.all(of: term, over: inputs)
            for kind in [Reduction.Kind.part, .constant] {
                for (position, group) in Dictionary(grouping: reductions.filter { $0.kind == kind }, by: \.position).sorted(by: { $0.key < $1.key }) {
                    slots.append(Slot(kind: kind == .part ? .part : .constant, position: position, what: group[0].before.text, part: group[0].before, candidates: group.map { reduction in
                        (reduction.after.text, FunctionTerm(parameters: term.parameters, body: reduction.whole).candidate)
                    }))
                }
            }
        }
        guard let tree else { return slots }
        for (place, choice) in choices.enumerated() {
            let others = choice.alternatives.filter { $0.choice != tree.choices[place] }.sorted { ($0.probability, -$0.choice) > ($1.probability, -$1.choice) }
            let candidates = others.prefix(mostAlternatives).compactMap { other -> (becomes: String, program: Value)? in
                let program = grammar.space.exchanging(tree, at: place, for: other.choice) {
                    RandomStream(seed: seed, "explain", .number(place), .number(other.choice), .number($0))
                }
                return program.map { (other.text, grammar.value(of: $0)) }
            }
            if !candidates.isEmpty { slots.append(Slot(kind: .alternative, position: place, what: "\(choice.draw) = \(choice.taken)", candidates: candidates)) }
        }
        return slots
    }

    /// Each literal number a tenth larger and smaller; 0 becomes 0.1 and -0.1.
    static func numbers(_ term: FunctionTerm?) -> [Slot] {
        guard let term else { return [] }
        return term.body.nodes.indices.filter { term.body.nodes[$0].kind == .number }.flatMap { position -> [Slot] in
            let number = term.body.nodes[position].value
            let moved = number == 0 ? [0.1, -0.1] : [1.1, 0.9].map { Reduction.rounded(number * $0, digits: 6) }
            return moved.map { value in
                let body = term.body.replacing(at: position, with: .number(value))
                return Slot(kind: .number, position: position, what: numberText(number),
                            candidates: [(numberText(value), FunctionTerm(parameters: term.parameters, body: body).candidate)])
            }
        }
    }

    /// At each place the best and the closest replacement by a few seeds, then both on the seeds that count.
    static func measured(_ slots: [Slot], _ explanation: TrialExplanation, on trials: CommonSeeds, _ settings: TrialExplanation.Settings) throws -> [Ablation] {
        let screening = min(3, settings.repeats)
        let several = slots.filter { $0.candidates.count > 1 }.flatMap { $0.candidates.map(\.program) }
        let screened = try trials.rewards(of: [explanation.program] + several, repeats: screening, seed: settings.seed, doing: "explaining")
        var next = 1
        var chosen: [(slot: Slot, candidate: Int, isBest: Bool, isClosest: Bool)] = []
        for slot in slots {
            guard slot.candidates.count > 1 else {
                chosen.append((slot, 0, true, true))
                continue
            }
            let means = slot.candidates.indices.map { mean(screened[next + $0], against: screened[0]) }
            next += slot.candidates.count
            let best = means.indices.max { (means[$0], -$0) < (means[$1], -$1) } ?? 0
            let closest = means.indices.min { (abs(means[$0]), $0) < (abs(means[$1]), $1) } ?? 0
            chosen.append((slot, best, true, best == closest))
            if closest != best { chosen.append((slot, closest, false, true)) }
        }
        let rewards = try trials.rewards(of: chosen.map { $0.slot.candidates[$0.candidate].program }, repeats: settings.repeats, seed: settings.seed + 1, doing: "explaining")
        return zip(chosen, rewards).map { choice, rewards in
            let (becomes, program) = choice.slot.candidates[choice.candidate]
            return Ablation(
                kind: choice.slot.kind, position: choice.slot.position, what: choice.slot.what, part: choice.slot.part, becomes: becomes, program: program,
                difference: PairedDifference(rewards, against: explanation.rewards), isBest: choice.isBest, isClosest: choice.isClosest)
        }
    }

    /// A failure counts as worse than everything.
    private static func mean(_ rewards: [Double?], against reference: [Double?]) -> Double {
        var sum = 0.0
        for (reward, other) in zip(rewards, reference) {
            guard let other else { continue }
            sum += reward.map { $0 - other } ?? -1e300
        }
        return sum
    }
}
