import NaslExpr

/// Where choices are made: one site per rule, however many places mention it, and one for each draw that is no rule. A controller has one
/// head for each.
public struct Site: Sendable {
    /// What is chosen at a site.
    public enum Kind: Sendable, Hashable {
        /// One alternative of a rule.
        case rule
        /// A whole number, `int(1..9)`, or how many steps a chain has.
        case int
        /// How many draws a list holds, `Layer{3..6}`.
        case length
        /// A number on a continuous scale: its choice is no index but ``RealRange/choice(_:)``.
        case real(RealRange)
        /// One of some earlier values, `pick(list)`.
        case pick
        /// Whether an earlier value is taken, `subset(list)`, value by value.
        case subset
    }

    public let kind: Kind
    /// The rule's name, or the draw as it was written.
    public let name: Symbol
    /// The alternatives as they were written, in order; a choice is an index into them.
    public private(set) var alternatives: [String]
    /// The grammar's weights, as written (not normalised).
    public private(set) var weights: [Double]

    init(kind: Kind, name: Symbol, alternatives: [String] = [], weights: [Double] = []) {
        self.kind = kind
        self.name = name
        self.alternatives = alternatives
        self.weights = weights
    }

    /// A `pick` has as many alternatives as the longest list it ever picks from.
    mutating func widen(_ alternatives: [String]) {
        self.alternatives = alternatives
        weights = Array(repeating: 1, count: alternatives.count)
    }
}

/// One open choice of a derivation: everything a policy may look at.
public struct Decision: Sendable {
    /// Index into ``Space/sites``.
    public let site: Int
    /// For each alternative of the site whether it can be taken here and finished; at least one can.
    public let allowed: [Bool]
    /// The grammar's weights over the allowed alternatives, summing to 1; 0 where not allowed.
    public let priors: [Double]
    /// What the alternatives are here: those of a `pick` are other names at each place.
    public let labels: [String]
    /// What may be chosen where a number on a continuous scale is drawn; the one alternative then stands for all of them.
    public let numbers: RealRange?
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
    /// The alternative that a choice takes: its own number, or 0 where it is a number on a continuous scale. Nil where it is not allowed.
    public func alternative(of choice: Int) -> Int? {
        if let numbers { return numbers.contains(RealRange.number(choice)) ? 0 : nil }
        return allowed.indices.contains(choice) && allowed[choice] ? choice : nil
    }

    /// The alternative to take where only one is possible.
    public var forced: Int? {
        if numbers != nil { return nil }
        guard let first = allowed.firstIndex(of: true), allowed.lastIndex(of: true) == first else { return nil }
        return first
    }
}
