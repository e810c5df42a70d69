import NaslExpr
import NaslLanguage
import NaslRandom
import Testing

struct LexerTests {
    private func kinds(_ text: String) -> [TokenKind] {
        Lexer.tokens(of: SourceFile(id: 0, name: "", text: text)).tokens.map(\.kind)
    }

    @Test func numbersAndPoints() {
        #expect(kinds("4..4") == [.number, .dots, .number, .end])
        #expect(kinds("0..1 by 0.1") == [.number, .dots, .number, .name, .number, .end])
        #expect(kinds("1.5..2.5") == [.number, .dots, .number, .end])
        #expect(kinds("x.y") == [.name, .dot, .name, .end])
        #expect(kinds("a[0].b") == [.name, .openBracket, .number, .closeBracket, .dot, .name, .end])
        #expect(kinds("1e5") == [.number, .end])
        #expect(kinds("{3..6}") == [.openBrace, .number, .dots, .number, .closeBrace, .end])
        #expect(kinds("1s 1ms 1min 1h 2.5s 1e3ms") == [.duration, .duration, .duration, .duration, .duration, .duration, .end])
    }

    @Test func values() {
        func value(_ text: String) -> Double? {
            guard case .expression(let expression)? = Reading(text).program.first?.kind else { return nil }
            return switch expression.kind {
            case .number(let value): value
            case .duration(let seconds): seconds
            default: nil
            }
        }
        #expect(value("42") == 42)
        #expect(value("0.1") == 0.1)
        #expect(value("1e-3") == 1e-3)
        #expect(value("1_024") == 1024)
        #expect(value("1.7976931348623157e308") == .greatestFiniteMagnitude)
        #expect(value("5e-324") == .leastNonzeroMagnitude)
        #expect(value("20s") == 20)
        #expect(value("5min") == 300)
        #expect(value("100ms") == 0.1)
        #expect(value("1.5h") == 5400)
    }

    @Test func namesAndWords() {
        #expect(kinds("let letter in_ in notable not _ _a x2 σ αβ") == [
            .let, .name, .name, .in, .name, .not, .underscore, .name, .name, .name, .name, .end,
        ])
        #expect(kinds("?a ?b1") == [.placeholder, .placeholder, .end])
    }

    @Test func operators() {
        #expect(kinds("a->b>>c>=d>e==f=g!=h<=i<j") == [
            .name, .arrow, .name, .compose, .name, .greaterOrEqual, .name, .greater, .name, .equal, .name, .assign, .name, .notEqual, .name, .lessOrEqual,
            .name, .less, .name, .end,
        ])
    }

    @Test func commentsAreTokensWithoutTheLineEnd() {
        let text = "x # one\r\n## two\n### three"
        let file = SourceFile(id: 0, name: "", text: text)
        let tokens = Lexer.tokens(of: file).tokens
        #expect(tokens.map(\.kind) == [.name, .comment, .newline, .documentation, .newline, .comment, .end])
        #expect(tokens.map { file.text(of: $0.range) } == ["x", "# one", "\n", "## two", "\n", "### three", ""])
    }

    /// Tokens follow one another and leave only spaces between them, whatever the text.
    @Test func tokensCoverTheText() {
        for (number, text) in (LanguagePage.session + [LanguagePage.programs, "a \u{1} é “x” \u{A0} 3 ² ?? 'q' \"open"]).enumerated() {
            let file = SourceFile(id: 3, name: "", text: text)
            var end = 0
            for token in Lexer.tokens(of: file).tokens {
                #expect(token.range.source == 3)
                #expect(Int(token.range.start) >= end, "text \(number)")
                let between = file.text(of: SourceRange(source: 3, start: end, end: Int(token.range.start)))
                #expect(between.allSatisfy { " \t\r\u{A0}".contains($0) }, "text \(number): \(between)")
                end = Int(token.range.end)
            }
            #expect(end == file.bytes.count)
        }
    }

    @Test func everyKindHasACategoryAndWordsAreReserved() {
        #expect(TokenKind.allCases.filter(\.isWord).map(\.rawValue).sorted() == [
            "and", "else", "false", "fn", "for", "grammar", "if", "import", "in", "law", "let", "none", "not", "or", "task", "then", "true",
        ])
        #expect(TokenKind.allCases.filter { $0.closer != nil }.map { $0.rawValue + ($0.closer?.rawValue ?? "") } == ["()", "[]", "{}"])
    }
}
