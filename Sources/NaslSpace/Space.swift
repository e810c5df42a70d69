import NaslExpr
import Synchronization

/// A grammar compiled: everything that can be drawn under its constraints, as a decision process.
///
///     let space = try Space(grammar)
///     space.count()                                   // 781
///     var stream = RandomStream(seed: 1)
///     space.sample(&stream).program.text              // "max(x, tanh(x))"
///
/// Its tables answer one question, what is still possible after these choices, and every sampler, enumerator and controller asks
/// nothing else. No draw is ever rejected. A space does not change (its tables fill as they are needed, under a lock), so it may be
/// used from any thread.
public final class Space: Sendable {
    public let grammar: Grammar
    /// Where choices are made: the rules in the grammar's order, then the draws that are no rule as they are written.
    public let sites: [Site]
    /// Judgements that leave the grammar usable.
    public let warnings: [GrammarIssue]
    let model: Model
    let printer: ProgramPrinter
    /// Whether numbers on a continuous scale are drawn.
    public let hasNumbers: Bool
    let start: (state: Int32, node: Int32)
    private let automaton: Mutex<Automaton>
    private let room = Mutex(DrawingRoom())
    let counting: Mutex<Counting?> = Mutex(nil)
    private let shortest: Mutex<Shortest?> = Mutex(nil)
    let order: Mutex<SizeOrder?> = Mutex(nil)
    let numbering: Mutex<AnyNumbering?> = Mutex(nil)

    /// Asked now and then by what may take long.
    package let isGivenUp: @Sendable () -> Bool

    /// Compiles a grammar, or says what is wrong with it. That, and counting it later, ends soon after `isGivenUp` says so.
    public init(_ grammar: Grammar, isGivenUp: @escaping @Sendable () -> Bool = { false }) throws(GrammarError) {
        let (model, warnings) = try Judgement.compile(grammar, isGivenUp)
        self.isGivenUp = isGivenUp
        self.grammar = grammar
        self.model = model
        self.warnings = warnings
        sites = model.sites
        hasNumbers = model.nonterminals.contains { $0.numbers != nil }
        printer = ProgramPrinter(model.productions)
        var automaton = Automaton(model)
        start = (automaton.startState, automaton.node(automaton.startState, 0))
        self.automaton = Mutex(automaton)
    }

    /// A derivation at its start.
    public func derivation() -> Derivation { derivation(room: 16) }

    /// The same with room for so many choices.
    package func derivation(room: Int) -> Derivation { Derivation(self, room: max(room, 16)) }

    func withAutomaton<Result>(_ body: (inout sending Automaton) -> sending Result) -> sending Result { automaton.withLock(body) }

    func withDrawing<Result: Sendable>(_ body: (inout Automaton, inout DrawingRoom) -> Result) -> Result {
        automaton.withLock { automaton in room.withLock { room in body(&automaton, &room) } }
    }

    /// The fewest choices that finish one pending draw and leave the rest possible.
    func shortestChoices(_ state: Int32, _ sum: Int32) -> [Int] {
        let (cell, after) = automaton.withLock { $0.meaning(of: state) }
        let table = shortest.withLock { table in
            let made = table ?? Shortest(model)
            table = made
            return made
        }
        let profile = table.cheapest(cell) {
            let sum = model.algebra.add(Int(sum), $0)
            return sum >= 0 && ProfileAlgebra.contains(after, sum)
        }
        return profile.map { table.choices(cell, $0) } ?? []
    }

    /// The scale of the number that is drawn at a node, where it is one.
    func numbers(at node: Int32) -> RealRange? {
        guard hasNumbers else { return nil }
        return model.nonterminals[automaton.withLock { Int($0.nodes[Int(node)].nonterminal) }].numbers
    }

    /// What is drawn at a node.
    func nonterminal(at node: Int32) -> Nonterminal {
        model.nonterminals[automaton.withLock { Int($0.nodes[Int(node)].nonterminal) }]
    }

    /// What a pending draw is called, and what it is applied to.
    func mention(of item: Automaton.Item) -> (name: Symbol, arguments: String) {
        let cell = automaton.withLock { $0.cell(of: item) }
        let nonterminal = model.nonterminals[Int(model.cells[cell].nonterminal)]
        guard case .rule(_, let arguments) = nonterminal.kind, !arguments.isEmpty else { return (sites[nonterminal.site].name, "") }
        return (sites[nonterminal.site].name, "(\(arguments.map(\.term.text).joined(separator: ", ")))")
    }

    /// What is to be chosen at a node.
    func options(at node: Int32) -> (site: Int, allowed: [Bool], priors: [Double], labels: [String], numbers: RealRange?) {
        let (row, allowed, priors) = automaton.withLock { ($0.nodes[Int(node)], $0.allowed[Int(node)], $0.priors[Int(node)]) }
        let nonterminal = model.nonterminals[Int(row.nonterminal)]
        return (Int(row.site), allowed, priors, nonterminal.isRule ? sites[Int(row.site)].alternatives : nonterminal.labels, nonterminal.numbers)
    }
}
