import Synchronization

/// Laws to be used together, in order: of two that fit, the first is taken.
///
///     let table = try LawTable([Law(a + b, b + a), Law(a - a, 0)])
///     table.canonical(term)
public struct LawTable: Sendable {
    public private(set) var laws: [Law] = []
    /// By the opcode that the left side begins with.
    private(set) var rules = [[LawRule]](repeating: [], count: 256)
    private var compiled = Compiled()

    /// For ``Saturation``; compiled when they are first needed.
    var saturationRules: SaturationRules { compiled.rules(of: laws) }

    public init(_ laws: [Law] = []) {
        for law in laws { append(law) }
    }

    /// A law that is there already, perhaps with other names or swapped arguments, adds nothing.
    public mutating func append(_ law: Law) {
        let new = LawRule.rules(for: law).filter { !rules[Int($0.opcode)].contains($0) }
        if new.isEmpty { return }
        laws.append(law)
        compiled = Compiled()
        for rule in new { rules[Int(rule.opcode)].append(rule) }
    }

    /// The form that is the same for all terms which the laws turn into one another this way: arguments sorted, laws applied from the
    /// leaves up until none fits, numbers computed. A second time changes nothing.
    ///
    /// Its value is that of the term wherever all parts of the term are defined. It is never larger than the term with its `let`s written
    /// out. A term of more than ``largestTerm`` nodes is left as it is.
    public func canonical(_ term: Expr) -> Expr { canonical(marked: term.marked()).unmarked() }

    /// The same for a term whose draws are told apart by marks.
    func canonical(marked start: Expr) -> Expr {
        var forms = NormalForms(self)
        var term = start
        while true {
            let inlined = term.inlined()
            guard inlined.nodes.count <= LawTable.largestTerm else { return inlined }
            let form = forms.term(of: inlined)
            // A `let` may have lost its last use, and what is elementwise now may be simpler.
            if form == term || (form.isElementwise && !form.nodes.contains { $0.kind == .binding }) { return form }
            term = form
        }
    }

    /// Sorting a sum takes the square of its length.
    public static let largestTerm = 2_000
}

/// Rules that copies of a table share.
private final class Compiled: Sendable {
    private let known = Mutex<SaturationRules?>(nil)

    func rules(of laws: [Law]) -> SaturationRules {
        known.withLock {
            if let rules = $0 { return rules }
            let rules = SaturationRules(laws)
            $0 = rules
            return rules
        }
    }
}
