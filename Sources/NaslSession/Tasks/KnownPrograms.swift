import NaslExpr
import NaslSearch
import NaslSpace

/// The programs of a run by what they are: two are the same where the laws lead them to one form, the parts that restrict where they are defined
/// have the same forms, and their values at fixed points agree, so does where these are no numbers.
///
/// Values come first, since they are quick; forms are made where two programs agree in them.
package final class KnownPrograms: RepeatIndex {
    /// Programs whose values agree.
    private struct Group {
        /// The first, as long as it is alone.
        var alone: (program: Expr, text: String)?
        var texts: [FormPrint: String] = [:]
    }

    private let laws: LawTable
    private let printer: ValuePrinter?
    private var normal: NormalForms
    private var texts: [String: String] = [:]
    private var groups: [ValuePrint: Group] = [:]

    private static let mostTerms = 200_000

    package init(_ laws: LawTable, _ space: Space) {
        self.laws = laws
        let parameters = space.grammar.parameters.map(\.name)
        printer = parameters.isEmpty ? nil : ValuePrinter(parameters)
        normal = NormalForms(laws)
    }

    /// The text of the first program that was the same.
    package func representative(of program: Expr, text: String) -> String {
        if let known = texts[text] { return known }
        let found = firstEqual(program, text)
        texts[text] = found
        return found
    }

    private func firstEqual(_ program: Expr, _ text: String) -> String {
        // What draws, is trained or fitted is no one function.
        guard program.isRewritableInPlace, program.constantCount == 0, let print = printer?.print(of: program) else { return text }
        guard var group = groups.removeValue(forKey: print) else {
            groups[print] = Group(alone: (program, text))
            return text
        }
        if let first = group.alone {
            group.texts[form(of: first.program)] = first.text
            group.alone = nil
        }
        let form = form(of: program)
        let found = group.texts[form] ?? text
        group.texts[form] = found
        groups[print] = group
        return found
    }

    private func form(of program: Expr) -> FormPrint {
        if normal.termCount > KnownPrograms.mostTerms { normal = NormalForms(laws) }
        return normal.print(of: program)
    }
}
