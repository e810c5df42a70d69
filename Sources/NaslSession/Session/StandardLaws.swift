import NaslExpr
import NaslLanguage
import NaslLibrary

/// The laws of the library, `stdlib/laws.nasl`, read when they are first needed.
package enum StandardLaws {
    package static let table: Result<LawTable, any Error> = Result { LawTable(try laws(isKnown: true)) }

    /// - Parameter isKnown: false holds each of them against numbers again.
    package static func laws(isKnown: Bool) throws -> [Law] {
        let (program, diagnostics) = Parser.parse(SourceFile(id: 0, name: "laws.nasl", text: NaslLibrary.laws))
        if !diagnostics.isEmpty { throw SessionError.lawsFailed }
        let environment = Environment(globals: Builtins.globals)
        return try program.map { statement in
            guard case .law(let declaration) = statement.kind else { throw SessionError.lawsFailed }
            return try Law(declaration, in: environment, isKnown: isKnown)
        }
    }
}
