import NaslExpr

/// Where choices are made: one site per rule, however many places mention it. A controller has one head for each.
public struct Site: Sendable {
    /// What is chosen at a site.
    public enum Kind: Sendable, Hashable {
        /// One alternative of a rule.
        case rule
    }

    public let kind: Kind
    /// The rule's name.
    public let name: Symbol
    /// The alternatives as they were written, in order; a choice is an index into them.
    public let alternatives: [String]
    /// The grammar's weights, as written (not normalised).
    public let weights: [Double]
}

/// One open choice of a derivation: everything a policy may look at.
public struct Decision: Sendable {
    /// Index into ``Space/sites``.
    public let site: Int
    /// For each alternative of the site whether it can be taken here and finished; at least one can.
    public let allowed: [Bool]
    /// The grammar's weights over the allowed alternatives, summing to 1; 0 where not allowed.
    public let priors: [Double]
    /// The choice whose template holds this draw, as site and alternative; nil at the start.
    public let parent: Choice?
    /// Which of the parent's draws this is, from 0.
    public let slot: Int
    /// The choice made at the parent's previous draw; nil at its first.
    public let sibling: Choice?
    /// Operators and calls of the printed program above this draw; 0 at the start.
    public let depth: Int

    /// A site and the alternative taken there.
    public struct Choice: Hashable, Sendable {
        public let site: Int
        public let alternative: Int

        public init(site: Int, alternative: Int) {
            self.site = site
            self.alternative = alternative
        }
    }

    public var parentSite: Int? { parent?.site }
    public var parentAlternative: Int? { parent?.alternative }
    public var siblingSite: Int? { sibling?.site }
    public var siblingAlternative: Int? { sibling?.alternative }
    /// The alternative to take where only one is possible.
    public var forced: Int? {
        guard let first = allowed.firstIndex(of: true), allowed.lastIndex(of: true) == first else { return nil }
        return first
    }
}
