import NaslExpr
import NaslSpace

/// One draw of a space's programs as a factor of their rewards: the same rule at the same place below the start, with what it may become
/// as its levels. In a program that has no such draw it is absent.
public struct Factor: Sendable {
    /// An index into ``Space/sites``.
    public let site: Int
    /// The rule's name; where it is drawn at several places, with the place: `E 1.2` is the second draw below the first draw of the whole.
    public let name: String
    /// What may be drawn: the alternatives, or ranges where there are many numbers.
    public let levels: [String]
}

/// How the choices of a site become levels.
struct FactorLevels: Sendable {
    let names: [String]
    private let range: RealRange?
    /// Alternatives to a level.
    private let width: Int

    /// More whole numbers are put together.
    private static let mostNumbers = 12
    /// More alternatives of a rule are.
    private static let mostAlternatives = 64

    /// - Parameter bins: levels of a number on a continuous scale, of equal weight in the grammar.
    init(_ site: Site, bins: Int) {
        if case .real(let range) = site.kind {
            self.range = range
            width = 1
            let ends = (0...bins).map { range.number(at: Double($0) / Double(bins)) }
            names = zip(ends, ends.dropFirst()).map { "\(numberText($0))..\(numberText($1))" }
            return
        }
        range = nil
        let count = site.alternatives.count
        let most = site.kind == .int || site.kind == .length ? FactorLevels.mostNumbers : FactorLevels.mostAlternatives
        guard count > most else {
            width = 1
            names = site.alternatives
            return
        }
        width = (count + bins - 1) / bins
        names = stride(from: 0, to: count, by: width).map { [width] first in
            let last = min(count, first + width) - 1
            return first == last ? site.alternatives[first] : "\(site.alternatives[first])..\(site.alternatives[last])"
        }
    }

    /// The level of a choice; nil where it is none of the site's.
    func level(_ choice: Int) -> Int? {
        if let range {
            let position = range.position(of: RealRange.number(choice))
            guard position >= 0, position <= 1 else { return nil }
            return min(names.count - 1, Int(position * Double(names.count)))
        }
        let level = choice / width
        return choice >= 0 && level < names.count ? level : nil
    }
}
