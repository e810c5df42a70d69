/// Whether a text that is being typed can be read as it stands.
public enum Completeness: Sendable {
    case complete
    /// A bracket is open, or the last line ends in an operator, `=`, `->`, `in`, `then` or `else`: more is to come.
    case incomplete
    /// There is a mistake that nothing typed behind it can mend.
    case invalid
}

/// For the prompt.
///
///     isComplete("let x = (1 +")   // .incomplete
public func isComplete(_ text: String) -> Completeness {
    var parser = Parser(SourceFile(id: 0, name: "", text: text))
    _ = parser.program()
    if parser.diagnostics.isEmpty { return .complete }
    guard parser.endsEarly == true else { return .invalid }
    return parser.endsInside ? .incomplete : .invalid
}

extension Parser {
    /// Whether a bracket is open at the end, or the last line goes on.
    fileprivate var endsInside: Bool {
        var open: [TokenKind] = []
        for token in tokens {
            if token.kind.closer != nil { open.append(token.kind) }
            if token.kind.isCloser, open.last?.closer == token.kind { open.removeLast() }
        }
        guard open.isEmpty, let last = tokens.last(where: { $0.kind != .newline && $0.kind != .end }) else { return !open.isEmpty }
        return last.kind.continuesLine || text(last) == "by"
    }
}
