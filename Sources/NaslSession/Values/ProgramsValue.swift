import NaslExpr
import NaslLanguage
import NaslSpace
import Synchronization

/// The programs of a grammar, by size, then in the order of the rules; made one after the other when they are asked for.
final class ProgramsValue: LazyList {
    private let grammar: GrammarValue
    /// The position of the next program of the sequence, so that going through it is no new search each time.
    private let next: Mutex<(slot: Int, sequence: ProgramSequence)>

    init(_ grammar: GrammarValue) {
        self.grammar = grammar
        next = Mutex((0, grammar.space.programs))
    }

    let kind = "the programs of a grammar"

    var count: Int? {
        guard case .finite(let count) = grammar.space.count() else { return nil }
        return Int(exactly: count).flatMap { $0 <= NumberRange.greatestCount ? $0 : nil }
    }

    func element(_ slot: Int) -> Value? {
        next.withLock { next in
            if slot == 0 { next = (0, grammar.space.programs) }
            guard slot == next.slot else {
                return grammar.space.choices(at: .init(slot)).flatMap { try? grammar.space.replay($0) }.map(grammar.value)
            }
            next.slot += 1
            return next.sequence.next().map(grammar.value)
        }
    }

    /// The first ones, with their numbers.
    var shown: String {
        let first = Array(grammar.space.programs.prefix(10))
        let rows = tableText(["number", "program"], first.enumerated().map { [String($0.offset), grammar.value(of: $0.element).source] })
        switch grammar.space.count() {
        case .finite(let count) where count <= first.count: return rows
        case .finite(let count): return "\(rows)\n  ... \(sizeText(count - .init(first.count))) more"
        case .huge, .infinite: return "\(rows)\n  ... and so on"
        }
    }
}
