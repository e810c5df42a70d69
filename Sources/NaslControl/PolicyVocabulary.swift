import NaslSpace

/// The numbers under which a policy knows choices: one word for each alternative of each site, one for "none", one for each site.
struct PolicyVocabulary {
    /// Where each site's alternatives begin among the columns of the heads.
    let offsets: [Int]
    let widths: [Int]
    /// Columns of the heads: the alternatives of all sites.
    let choices: Int

    init(_ sites: [Site]) {
        var offsets: [Int] = []
        var total = 0
        for site in sites {
            offsets.append(total)
            total += site.alternatives.count
        }
        self.offsets = offsets
        widths = sites.map(\.alternatives.count)
        choices = total
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
