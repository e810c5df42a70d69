import NaslSpace

/// The numbers under which a policy knows choices: one word for each alternative of each site, one for "none", one for each site.
struct PolicyVocabulary {
    /// Where each site's alternatives begin among the columns of the heads.
    let offsets: [Int]
    let widths: [Int]
    /// Columns of the heads: the alternatives of all sites.
    let choices: Int
    /// By site, how numbers are drawn there; nil: as other alternatives.
    let numberHeads: [NumberHead?]
    /// Outputs for them.
    let numbers: Int

    /// By site, whether its alternatives are earlier values, which are attended to: of the alternatives of a `subset` the second, with the value.
    let attention: [Attention]
    var isAttentive: Bool { attention.contains { $0 != .none } }

    enum Attention { case none, each, second }

    init(_ sites: [Site], _ settings: LSTMPolicy.Settings) {
        var offsets: [Int] = []
        var total = 0
        for site in sites {
            offsets.append(total)
            total += site.alternatives.count
        }
        self.offsets = offsets
        widths = sites.map(\.alternatives.count)
        choices = total
        var outputs = 0
        numberHeads = sites.map { site in
            guard settings.hasNumberHeads, let head = PolicyVocabulary.head(of: site, at: outputs) else { return nil }
            outputs += 2
            return head
        }
        numbers = outputs
        attention = sites.map { site in
            guard settings.attention else { return .none }
            return site.kind == .pick ? .each : site.kind == .subset ? .second : .none
        }
    }

    /// A few whole numbers are as well without.
    private static func head(of site: Site, at column: Int) -> NumberHead? {
        switch site.kind {
        case .real: NumberHead(column: column, count: nil)
        case .int where site.alternatives.count > NumberHead.few: NumberHead(column: column, count: site.alternatives.count)
        default: nil
        }
    }

    /// Rows of the embedding table.
    var words: Int { choices + 1 + offsets.count }

    /// The word that stands for no choice.
    var none: Int { choices }

    /// Words that a step reads: the previous choice, the parent's, the sibling's, and the site itself.
    static let inputs = 4

    func choice(_ site: Int, _ alternative: Int) -> Int { offsets[site] + alternative }

    func word(_ choice: Decision.Choice?) -> Int32 { Int32(choice.map { self.choice($0.site, $0.alternative) } ?? none) }

    func word(site: Int) -> Int32 { Int32(choices + 1 + site) }
}
