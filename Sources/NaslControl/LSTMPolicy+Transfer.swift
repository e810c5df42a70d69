import NaslSpace

/// What an ``LSTMPolicy`` knows, apart from its space, so that a policy of another space can begin with it.
package struct PolicyKnowledge: Sendable {
    fileprivate let settings: LSTMPolicy.Settings
    fileprivate let sites: [Site]
    fileprivate let weights: [Double]

    package init(_ policy: LSTMPolicy) {
        settings = policy.settings
        sites = policy.space.sites
        weights = policy.weights
    }

    /// What a policy of another space can keep.
    package struct Kept: Sendable, Hashable {
        package struct Rule: Sendable, Hashable {
            /// As the new space calls it.
            package let name: String
            /// Alternatives that both have, by their texts, of all that the new one has.
            package let shared: Int
            package let alternatives: Int
        }

        /// The rules that both spaces have, in the order of the new one.
        package let rules: [Rule]
        /// The rules that only the new space has.
        package let fresh: [String]
    }

    package func kept(in space: Space) -> Kept {
        let matches = PolicyKnowledge.matches(sites, space.sites)
        var rules: [Kept.Rule] = []
        var fresh: [String] = []
        for (number, site) in space.sites.enumerated() {
            guard let match = matches[number] else {
                fresh.append(site.name.text)
                continue
            }
            rules.append(Kept.Rule(name: site.name.text, shared: match.alternatives.count { $0 != nil }, alternatives: site.alternatives.count))
        }
        return Kept(rules: rules, fresh: fresh)
    }

    /// A site of the old space, and for each alternative of the new one the old one.
    fileprivate struct Match {
        let site: Int
        let alternatives: [Int?]
    }

    /// By the rule's name, or, where no other has it, by the name without its grammar; and by at least one common alternative. Draws that are written
    /// alike are told apart by their order.
    fileprivate static func matches(_ old: [Site], _ new: [Site]) -> [Match?] {
        func short(_ site: Site) -> Substring { site.name.text.split(separator: ".").last ?? "" }
        return new.enumerated().map { place, site in
            let isSame = { (other: Site) in site.kind.isLike(other.kind) }
            let alike = old.indices.filter { old[$0].name == site.name && isSame(old[$0]) }
            let number = alike.dropFirst(new[..<place].count { $0.name == site.name && isSame($0) }).first ?? alike.last ?? { () -> Int? in
                guard site.kind == .rule, new.count(where: { short($0) == short(site) }) == 1 else { return nil }
                let found = old.indices.filter { short(old[$0]) == short(site) && isSame(old[$0]) }
                return found.count == 1 ? found[0] : nil
            }()
            guard let number else { return nil }
            let alternatives = site.alternatives.map { old[number].alternatives.firstIndex(of: $0) }
            return alternatives.contains { $0 != nil } || site.alternatives.isEmpty ? Match(site: number, alternatives: alternatives) : nil
        }
    }
}

extension Site.Kind {
    /// Whether both choose the same kind of thing.
    fileprivate func isLike(_ other: Site.Kind) -> Bool {
        if case .real = self, case .real = other { true } else { self == other }
    }
}

extension LSTMPolicy {
    /// Begins with what another policy knows: the recurrent weights as they are; for each alternative that both spaces have its embedding and
    /// its column of the heads. Everything else stays as it was made (Zoph et al. 2018 transfer cells between tasks in the same spirit).
    /// The optimizer begins anew. False, and nothing is done, where the networks are not of one shape.
    @discardableResult
    package func adopt(_ knowledge: PolicyKnowledge) -> Bool {
        guard knowledge.settings == settings else { return false }
        let old = PolicyVocabulary(knowledge.sites, settings)
        let (width, embedding) = (settings.width, settings.embedding)
        let lengths = PolicyNetwork.shapes(settings, old).map { $0.shape.reduce(1, *) }
        let ownLengths = PolicyNetwork.shapes(settings, vocabulary).map { $0.shape.reduce(1, *) }
        guard knowledge.weights.count == lengths.reduce(0, +) else { return false }
        var weights = weights
        func start(_ lengths: [Int], _ part: Int) -> Int { lengths.prefix(part).reduce(0, +) }
        func copyWord(_ from: Int, _ to: Int) {
            for slot in 0..<embedding { weights[to * embedding + slot] = knowledge.weights[from * embedding + slot] }
        }
        copyWord(old.none, vocabulary.none)
        // Between the embeddings and the heads nothing depends on the space.
        for part in [1, 2, 3] + (6..<3 + 3 * max(1, settings.layers)) { for slot in 0..<lengths[part] { weights[start(ownLengths, part) + slot] = knowledge.weights[start(lengths, part) + slot] } }
        if old.isAttentive, vocabulary.isAttentive {
            let from = start(lengths, PolicyNetwork.attentionStart(settings, old)), to = start(ownLengths, PolicyNetwork.attentionStart(settings, vocabulary))
            for slot in 0..<2 * width * width + width { weights[to + slot] = knowledge.weights[from + slot] }
        }
        for (site, match) in PolicyKnowledge.matches(knowledge.sites, space.sites).enumerated() {
            guard let match else { continue }
            if let from = old.numberHeads[match.site], let to = vocabulary.numberHeads[site] {
                let (heads, ownHeads) = (start(lengths, PolicyNetwork.numberStart(settings)), start(ownLengths, PolicyNetwork.numberStart(settings)))
                for output in 0..<2 {
                    for row in 0...width {
                        weights[ownHeads + row * vocabulary.numbers + to.column + output] = knowledge.weights[heads + row * old.numbers + from.column + output]
                    }
                }
            }
            copyWord(Int(old.word(site: match.site)), Int(vocabulary.word(site: site)))
            for (alternative, known) in match.alternatives.enumerated() {
                guard let known else { continue }
                let (from, to) = (old.choice(match.site, known), vocabulary.choice(site, alternative))
                copyWord(from, to)
                for row in 0..<width {
                    weights[start(ownLengths, 4) + row * vocabulary.choices + to] = knowledge.weights[start(lengths, 4) + row * old.choices + from]
                }
                weights[start(ownLengths, 5) + to] = knowledge.weights[start(lengths, 5) + from]
            }
        }
        set(weights: weights)
        return true
    }
}

/// A controller that draws with an ``LSTMPolicy``.
package protocol PolicyController: Controller {
    var policy: LSTMPolicy { get }
}

extension ReinforceController: PolicyController {}
extension PPOController: PolicyController {}
extension RiskSeekingController: PolicyController {}
extension PriorityQueueController: PolicyController {}
extension NeuralGuidedController: PolicyController {}
