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
    /// Where choices are made: one site per rule, in the grammar's order.
    public let sites: [Site]
    /// Judgements that leave the grammar usable.
    public let warnings: [GrammarIssue]
    let model: Model
    let printer: ProgramPrinter
    let start: (state: Int32, node: Int32)
    private let automaton: Mutex<Automaton>
    let counting: Mutex<Counting?> = Mutex(nil)
    private let shortest: Mutex<Shortest?> = Mutex(nil)

    /// Compiles a grammar, or says what is wrong with it.
    public init(_ grammar: Grammar) throws(GrammarError) {
        let (model, warnings) = try Judgement.compile(grammar)
        self.grammar = grammar
        self.model = model
        self.warnings = warnings
        sites = grammar.rules.map { rule in
            Site(kind: .rule, name: rule.name, alternatives: rule.alternatives.map(\.template.text), weights: rule.alternatives.map(\.weight))
        }
        printer = ProgramPrinter(model.productions)
        var automaton = Automaton(model)
        start = (automaton.startState, automaton.node(automaton.startState, 0))
        self.automaton = Mutex(automaton)
    }

    /// A derivation at its start.
    public func derivation() -> Derivation { Derivation(self) }

    func withAutomaton<Result>(_ body: (inout sending Automaton) -> sending Result) -> sending Result { automaton.withLock(body) }

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

    func options(at node: Int32) -> (site: Int, allowed: [Bool], priors: [Double]) {
        automaton.withLock { (Int($0.nodes[Int(node)].site), $0.allowed[Int(node)], $0.priors[Int(node)]) }
    }
}
