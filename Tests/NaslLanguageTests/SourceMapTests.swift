import NaslExpr
import NaslLanguage
import Testing

struct SourceMapTests {
    @Test func positions() {
        let file = SourceFile(id: 0, name: "a", text: "ab\nçd\r\n\nx")
        func at(_ offset: Int) -> SourcePosition { file.position(at: offset) }
        #expect(at(0) == SourcePosition(line: 1, column: 1))
        #expect(at(2) == SourcePosition(line: 1, column: 3))
        #expect(at(3) == SourcePosition(line: 2, column: 1))
        #expect(at(5) == SourcePosition(line: 2, column: 2))  // ç takes two bytes
        #expect(at(8) == SourcePosition(line: 3, column: 1))
        #expect(at(9) == SourcePosition(line: 4, column: 1))
        #expect(at(10) == SourcePosition(line: 4, column: 2))
        #expect(at(1000) == SourcePosition(line: 4, column: 2))
        #expect(at(-5) == SourcePosition(line: 1, column: 1))
        #expect((1...5).map { file.text(of: SourceRange(source: 0, start: file.byteRange(ofLine: $0).lowerBound, end: file.byteRange(ofLine: $0).upperBound)) }
            == ["ab", "çd", "", "x", ""])
    }

    @Test func severalTexts() {
        var sources = SourceMap()
        let first = sources.add(name: "first", text: "let x = 1")
        let second = sources.add(name: "second", text: "y\nlet z = 2")
        #expect(first.id != second.id)
        let range = SourceRange(source: second.id, start: 6, end: 7)
        #expect(sources.text(of: range) == "z")
        #expect(sources.file(of: range)?.name == "second")
        #expect(sources.position(of: range) == SourcePosition(line: 2, column: 5))
        #expect(sources.text(of: .none) == nil)
        #expect(sources.text(of: SourceRange(source: 7, start: 0, end: 1)) == nil)
        #expect(sources.text(of: SourceRange(source: first.id, start: 4, end: 400)) == "x = 1")
    }
}
