import NaslExpr

/// One alternative of a nonterminal, ready to be drawn, measured and printed.
struct Production: Sendable {
    let nonterminal: Int
    let alternative: Int
    let template: Template
    /// What it draws, in drawing order.
    var slots: [Slot] = []
    /// The template in post-order, for building programs.
    var steps: [Step] = []
    /// Of the template without its draws.
    var size = 0
    /// What each counter counts in the template without its draws.
    var counts: [Int]
    /// Draws, by their order, of which the second must differ from the first.
    var ties: [(first: Int, second: Int)] = []
    /// The depth of the deepest node of the template itself.
    var depth = 0
    /// For each `forbid`, whether its inner head stands in the template.
    var inner: UInt64 = 0
    /// Whether the template breaks a `forbid` by itself.
    var isBroken = false
    /// What is drawn on a continuous scale in place of the template's number.
    var numbers: RealRange?
    /// Whether the program is a single name or number, or nothing but what the one slot draws.
    var isAtom: Bool { template.isAtom }
    var isUnit: Bool { template.kind == .hole }

    /// A draw of a template.
    struct Slot: Sendable {
        let nonterminal: Int
        /// How much deeper than the template's root it stands.
        var offset = 0
        /// For each `forbid`, whether its outer head stands above, in this template.
        var outer: UInt64 = 0
        /// Where a `let` shares the draw that vanishes around a single name or number: how often that is printed then; else 0.
        var uses = 0
        /// The same as `outer`, over all the places where it is used.
        var outerOfUses: UInt64 = 0
        /// The rule it mentions, which may have a depth limit of its own; nil for a draw that is no rule.
        let rule: Int?
        /// The included grammar of which a whole program is drawn here.
        let scope: Int?
    }

    /// Building a program in post-order.
    struct Step: Sendable {
        enum Kind: UInt8 { case node, draw, value, use, bind, open, close, number }
        /// `node` is printed as it is; `draw` is the program of `slot`. A vanishing `let` has its `value` printed unless it is a single
        /// name or number, which is printed at each `use` instead of the node, and `bind` is the node of the `let` unless it vanished.
        /// Between `open` and `close` stand as many elements of a list as are drawn; `number` is drawn on a continuous scale.
        let kind: Kind
        let slot: Int32
        let node: Expr.Node
    }
}
