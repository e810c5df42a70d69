import NaslExpr
import NaslLanguage
import Testing

struct RendererTests {
    /// A message about stretches of a text, each named by what stands there (the `skip`-th time).
    private func render(
        _ text: String, _ labels: [(what: String, skip: Int, text: String)], help: [String] = [], notes: [String] = [], width: Int = 120, colours: Bool = false,
        severity: Diagnostic.Severity = .error
    ) -> String {
        var sources = SourceMap()
        let file = sources.add(name: "a.nasl", text: text)
        let diagnostic = Diagnostic(
            code: "N0999", severity: severity, title: "something is wrong",
            labels: labels.map { (range(of: $0.what, skip: $0.skip, in: file), $0.text) }, help: help, notes: notes
        )
        return DiagnosticRenderer(sources: sources, isColoured: colours, width: width).render(diagnostic)
    }

    private func range(of what: String, skip: Int = 0, in file: SourceFile) -> SourceRange {
        let wanted = Array(what.utf8)
        var left = skip
        for start in 0...max(0, file.bytes.count - wanted.count) where file.bytes[start...].starts(with: wanted) {
            if left == 0 { return SourceRange(source: file.id, start: start, end: start + wanted.count) }
            left -= 1
        }
        Issue.record("\(what) is not in the text")
        return .none
    }

    @Test func theFormOfTheDocumentation() {
        var sources = SourceMap()
        let file = sources.add(name: "act.nasl", text: "grammar A(x: Tensor) -> Tensor {\n    E = x | sin(E) | E + E | E * E\n}\n")
        let diagnostic = Diagnostic(
            code: "N0107", title: "drawing `E` may never end",
            labels: [(range(of: "sin(E)", in: file), ""), (range(of: "E + E", in: file), ""), (range(of: "E * E", in: file), "on average 1.25 new E per E")],
            help: ["add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83"]
        )
        #expect(DiagnosticRenderer(sources: sources).render(diagnostic) == """
            error[N0107]: drawing `E` may never end
              --> act.nasl:2:13
              |
            2 |     E = x | sin(E) | E + E | E * E
              |             ^^^^^^   ^^^^^   ^^^^^ on average 1.25 new E per E
              = help: add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83
            """)
    }

    @Test func severalTextsOnALine() {
        #expect(render("aa bb cc dd", [("aa", 0, "first"), ("bb", 0, "second"), ("cc", 0, ""), ("dd", 0, "last")]) == """
            error[N0999]: something is wrong
              --> a.nasl:1:1
              |
            1 | aa bb cc dd
              | ^^ ^^ ^^ ^^ last
              | |  |
              | |  second
              | first
            """)
    }

    @Test func theSameTextIsSaidOnce() {
        #expect(render("aa bb cc", [("aa", 0, "again"), ("bb", 0, "again")]) == """
            error[N0999]: something is wrong
              --> a.nasl:1:1
              |
            1 | aa bb cc
              | ^^ ^^ again
            """)
    }

    @Test func theFirstLabelIsThePlaceAndLinesAscend() {
        #expect(render("one\ntwo\nthree\nfour\nfive\nsix\nseven", [("six", 0, "here"), ("two", 0, "there"), ("four", 0, "")]) == """
            error[N0999]: something is wrong
              --> a.nasl:6:1
              |
            2 | two
              | ^^^ there
            3 | three
            4 | four
              | ^^^^
            5 | five
            6 | six
              | ^^^ here
            """)
    }

    @Test func farLinesAndWideNumbers() {
        let text = (1...120).map { "line \($0)" }.joined(separator: "\n")
        #expect(render(text, [("line 9\n", 0, "from"), ("line 101", 0, "to")]) == """
            error[N0999]: something is wrong
                --> a.nasl:9:1
                |
              9 | line 9
                | ^^^^^^ from
            ...
            101 | line 101
                | ^^^^^^^^ to
            """)
    }

    @Test func aStretchOverSeveralLines() {
        #expect(render("let x = f(1,\n    2,\n    3,\n    4) + y", [("f(1,\n    2,\n    3,\n    4)", 0, "all of this")]) == """
            error[N0999]: something is wrong
              --> a.nasl:1:9
              |
            1 | let x = f(1,
              |         ^^^^
            ...
            4 |     4) + y
              |     ^^ all of this
            """)
    }

    @Test func tabsAndWideCharacters() {
        #expect(render("\tlet\tx = \"日本語\" + yy", [("let", 0, "tab"), ("yy", 0, "wide")]) == """
            error[N0999]: something is wrong
              --> a.nasl:1:2
              |
            1 |     let x = "日本語" + yy
              |     ^^^                ^^ wide
              |     |
              |     tab
            """)
        #expect(render("f(🙂, e\u{301}, zz)", [("🙂", 0, ""), ("zz", 0, "")]) == """
            error[N0999]: something is wrong
              --> a.nasl:1:3
              |
            1 | f(🙂, e\u{301}, zz)
              |   ^^     ^^
            """)
    }

    @Test func controlCharactersAndBrokenBytes() {
        var sources = SourceMap()
        let file = sources.add(name: "a.nasl", bytes: [0x78, 0x1B, 0x5B, 0xFF, 0xE2, 0x82, 0x79, 0x7A])
        let diagnostic = Diagnostic(code: "N0999", title: "odd bytes", labels: [(SourceRange(source: file.id, start: 6, end: 8), "after")])
        #expect(DiagnosticRenderer(sources: sources).render(diagnostic) == """
            error[N0999]: odd bytes
              --> a.nasl:1:6
              |
            1 | x·[\u{FFFD}\u{FFFD}yz
              |      ^^ after
            """)
    }

    @Test func longLinesAreCut() {
        let text = String(repeating: "a", count: 100) + "BAD" + String(repeating: "z", count: 100)
        #expect(render(text, [("BAD", 0, "here")], width: 40) == """
            error[N0999]: something is wrong
              --> a.nasl:1:101
              |
            1 | ...aaaaaaaaaaaaaaaBADzzzzzzzzzzzzzzzz...
              |                   ^^^ here
            """)
        #expect(render("BAD" + text, [("BAD", 0, "")], width: 20) == """
            error[N0999]: something is wrong
              --> a.nasl:1:1
              |
            1 | BADaaaaaaaaaaa...
              | ^^^
            """)
        #expect(render(text + "END", [("END", 0, "")], width: 20) == """
            error[N0999]: something is wrong
              --> a.nasl:1:204
              |
            1 | ...zzzzzzzzzzzEND
              |               ^^^
            """)
    }

    @Test func theEndOfTheTextAndEmptyStretches() {
        var sources = SourceMap()
        let file = sources.add(name: "a.nasl", text: "x +")
        let diagnostic = Diagnostic(code: "N0999", title: "t", labels: [(SourceRange(source: file.id, start: 3, end: 3), "more")])
        #expect(DiagnosticRenderer(sources: sources).render(diagnostic) == """
            error[N0999]: t
              --> a.nasl:1:4
              |
            1 | x +
              |    ^ more
            """)
    }

    @Test func severalFiles() {
        var sources = SourceMap()
        let first = sources.add(name: "first.nasl", text: "let a = 1")
        let second = sources.add(name: "second.nasl", text: "\n\nlet b = a")
        let diagnostic = Diagnostic(
            code: "N0999", severity: .warning, title: "two places", labels: [(range(of: "a", skip: 0, in: second), "used"), (range(of: "a", in: first), "bound")],
            help: ["do this", "or\nthat"], notes: ["by the way"]
        )
        #expect(DiagnosticRenderer(sources: sources).render(diagnostic) == """
            warning[N0999]: two places
              --> second.nasl:3:9
              |
            3 | let b = a
              |         ^ used
              ::: first.nasl:1:5
              |
            1 | let a = 1
              |     ^ bound
              = help: do this
              = help: or
                      that
              = note: by the way
            """)
    }

    @Test func withoutAPlace() {
        let diagnostic = Diagnostic(code: "N0999", severity: .note, title: "nowhere", labels: [(.none, "lost")], help: ["look"])
        #expect(DiagnosticRenderer(sources: SourceMap()).render(diagnostic) == "note[N0999]: nowhere\n  = help: look")
        #expect(DiagnosticRenderer(sources: SourceMap()).render([diagnostic, diagnostic]) == "note[N0999]: nowhere\n  = help: look\n\nnote[N0999]: nowhere\n  = help: look")
    }

    @Test func colours() {
        #expect(render("x", [("x", 0, "t")], help: ["h"], colours: true, severity: .warning) == [
            "\u{1B}[1;33mwarning[N0999]\u{1B}[0m\u{1B}[1m: something is wrong\u{1B}[0m",
            "  \u{1B}[1;34m-->\u{1B}[0m a.nasl:1:1",
            "  \u{1B}[1;34m|\u{1B}[0m",
            "\u{1B}[1;34m1 |\u{1B}[0m x",
            "\u{1B}[1;34m  |\u{1B}[0m \u{1B}[1;33m^ t\u{1B}[0m",
            "  \u{1B}[1;34m=\u{1B}[0m \u{1B}[1mhelp:\u{1B}[0m h",
        ].joined(separator: "\n"))
    }

    @Test func widths() {
        #expect("aé日🙂\u{301}".map(displayWidth) == [1, 1, 2, 2])
        #expect(displayWidth("\u{200B}") == 0)
        #expect(displayWidth("ｗ") == 2)
        #expect(displayWidth("☎️") == 2)
    }
}
