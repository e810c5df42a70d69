import NaslExpr
import NaslSpace

/// The canonical forms of a search's programs as source. Equal parts of its programs are rewritten once.
final class CanonicalTexts {
    private let laws: LawTable
    private let space: Space
    private var normal: NormalForms

    /// So many different terms are remembered.
    private static let mostTerms = 200_000

    init(_ laws: LawTable, _ space: Space) {
        self.laws = laws
        self.space = space
        normal = NormalForms(laws)
    }

    /// Nil where a program is too large to be rewritten.
    func text(_ program: Expr) -> String? {
        guard program.nodes.count <= LawTable.largestTerm else { return nil }
        if normal.termCount > CanonicalTexts.mostTerms { normal = NormalForms(laws) }
        return space.text(of: program.isRewritableInPlace ? normal.term(of: program) : laws.canonical(program))
    }
}
