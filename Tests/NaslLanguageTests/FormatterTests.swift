import NaslExpr
import NaslLanguage
import NaslRandom
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the formatter makes of a text; otherwise what it says.
private func formatted(_ text: String) -> String {
    switch Formatter.format(SourceFile(id: 0, name: "a.nasl", text: text)) {
    case .text(let text): text
    case .mistakes(let mistakes): "mistakes: \(mistakes.map(\.title))"
    case .changed: "changed: \(text)"
    }
}

/// That `text` keeps its meaning (which ``Formatter`` itself looks after), that a second time changes nothing and that code fits.
private func check(_ text: String) {
    let once = formatted(text)
    #expect(!once.hasPrefix("changed: "), "\(once)")
    #expect(formatted(once) == once, "\(text)")
}

@Suite struct FormatterTests {
    @Test(arguments: [
        ("let x=1+2*-3", "let x = 1 + 2 * -3"), ("f (x ,y : 2)[ 0 ] .shape", "f(x, y: 2)[0].shape"), ("2 ^ -x", "2^-x"), ("- - x", "- -x"), ("1 .. 8 by -1", "1..8 by -1"),
        ("x->y->x", "x -> y -> x"), ("(a,b)->a", "(a, b) -> a"), ("if(a)then(b)else c", "if (a) then (b) else c"), ("a>>f", "a >> f"), ("not(a==b)", "not (a == b)"),
        ("[1,2 , ]", "[1, 2,]"), ("(lr:0.1,in:2)", "(lr: 0.1, in: 2)"), ("fn f( a,b :2 ){a}", "fn f(a, b: 2) { a }"), ("let y = 20s ;", "let y = 20s;"),
        ("law ?a+?b==?b+?a", "law ?a + ?b == ?b + ?a"),
        ("law abs(?a)==?a  where(?a>0)\nlaw (?a==?b)==1 where ?a==?b\nlaw id(?a)==?a+0\n\nlaw -(-?a)==?a",
         "law abs(?a)    == ?a where (?a > 0)\nlaw (?a == ?b) == 1  where ?a == ?b\nlaw id(?a)     == ?a + 0\n\nlaw -(-?a) == ?a"), ("let x=1;let y=2", "let x = 1; let y = 2"), ("2 .shape", "2 .shape"), ("x.in-1", "x.in - 1"),
        ("import\"a.nasl\"", "import \"a.nasl\""), ("for x in xs{print( x )}", "for x in xs { print(x) }"), ("\"a  b\"  ", "\"a  b\""), ("x==-1", "x == -1"),
        ("let e=1 in e", "let e = 1 in e"), ("fn f(){}", "fn f() { }"), ("x  # why  ", "x  # why  "), ("#a\n#  b", "#a\n#  b"), ("1\n\n\n\n2\n\n", "1\n\n2"), ("\n\n1", "1"),
        ("x +\ny", "x +\n    y"), ("f(\na,\nb\n)", "f(\n    a,\n    b\n)"), ("f(g(\na\n))", "f(g(\n    a\n))"), ("1\r\n2\r\n", "1\n2"), ("", ""),
    ])
    func shortTexts(source: String, text: String) {
        #expect(formatted(source) == (text.isEmpty ? "" : text + "\n"))
        check(source)
    }

    @Test func grammars() {
        #expect(formatted("""
            ## A grammar.
            grammar G(x:Tensor,h : Tensor)->Tensor{  # of programs
              Start=E@4|-E|  Node{3 .. 6}|Node {x}
              | Other( E , E )@0.5
                # a comment

              Other(p,q)=p+q
              E =
                x
              limit depth( E )<=3
              limit size in 4..15;   limit count( const )<=2
              forbid-(-_)
              forbid -x within(-_)
              require x}
            """.replacing("|Node {x}", with: "|x")) == """
            ## A grammar.
            grammar G(x: Tensor, h: Tensor) -> Tensor {  # of programs
                Start = E @4 | -E | Node{3..6} | x
                      | Other(E, E) @0.5
                # a comment

                Other(p, q) = p + q
                E           =
                              x
                limit depth(E) <= 3
                limit size in 4..15; limit count(const) <= 2
                forbid -(-_)
                forbid -x within (-_)
                require x
            }

            """)
    }

    @Test func bodies() {
        #expect(formatted("""
            task t(f: A,width:64) { let a=f( 1 )   # one
                 let longer=a     # two

              fn g(x) {

              x-1;
              }
            for x in 1..3 { print(x);
            print(x) }
            reward(a - 1)
            }
            fn reward(reward) = reward -1
            """) == """
            task t(f: A, width: 64) {
                let a = f(1)    # one
                let longer = a  # two

                fn g(x) {
                    x - 1;
                }
                for x in 1..3 {
                    print(x);
                    print(x)
                }
                reward (a - 1)
            }
            fn reward(reward) = reward - 1

            """)
    }

    @Test func longLines() {
        let names = ["sigmoid", "tanh", "square", "exp", "abs", "relu", "sin", "cos"]
        let alternatives = (names + names + names).map { "\($0)(E)" }.joined(separator: " | ")
        let arguments = (1...12).map { "argument\($0): \($0 * 1_000)" }.joined(separator: ", ")
        #expect(formatted("grammar G(x: Tensor) { Expression = x | \(alternatives); limit depth <= 3 }\nlet run = search(reads_austen, \(arguments))") == """
            grammar G(x: Tensor) {
                Expression = x | sigmoid(E) | tanh(E) | square(E) | exp(E) | abs(E) | relu(E) | sin(E) | cos(E) | sigmoid(E)
                           | tanh(E) | square(E) | exp(E) | abs(E) | relu(E) | sin(E) | cos(E) | sigmoid(E) | tanh(E) | square(E)
                           | exp(E) | abs(E) | relu(E) | sin(E) | cos(E)
                limit depth <= 3
            }
            let run = search(reads_austen, argument1: 1000, argument2: 2000, argument3: 3000, argument4: 4000, argument5: 5000,
                argument6: 6000, argument7: 7000, argument8: 8000, argument9: 9000, argument10: 10000, argument11: 11000,
                argument12: 12000)

            """)
    }

    @Test func mistakesAreLeftAlone() {
        #expect(formatted("let x = (1") == #"mistakes: ["this `(` is not closed"]"#)
    }

    @Test(arguments: LanguagePage.session + LanguagePage.lines + [LanguagePage.programs])
    func thePage(source: String) { check(source) }

    /// As the page writes it, apart from where a comment behind code stands.
    @Test func thePageIsFormatted() {
        #expect(formatted(LanguagePage.session[0]) == LanguagePage.session[0] + "\n")
        #expect(formatted(LanguagePage.session[8]) == LanguagePage.session[8] + "\n")
    }

    @Test func examplesAndLibrary() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for folder in ["examples", "stdlib", "stdlib/grammars"] {
            let directory = root.appendingPathComponent(folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: directory.path) where name.hasSuffix(".nasl") {
                let text = try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
                #expect(formatted(text) == text, "\(folder)/\(name): `nasl fmt` has something to do")
            }
        }
    }

    /// What is typed in the documents; of the wrong programs those that can be read.
    @Test(arguments: ["README.md", "docs/tour.md", "docs/language.md"])
    func documents(_ name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
        var entries: [String] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("nasl> ") { entries.append(String(line.dropFirst(6))) } else if line.hasPrefix("   .. "), let last = entries.indices.last { entries[last] += "\n" + line.dropFirst(6) }
        }
        #expect(entries.count > 5)
        for entry in entries { check(entry) }
    }

    /// Programs with spaces and line breaks where they may stand.
    @Test func randomPrograms() {
        var read = 0
        for number in 0..<3_000 {
            var maker = ProgramMaker(stream: RandomStream(seed: 21, "formatter", .number(number)))
            let text = maker.program()
            if case .mistakes = Formatter.format(SourceFile(id: 0, name: "a.nasl", text: text)) { continue }
            read += 1
            check(text)
        }
        #expect(read > 1_500)
    }

    /// Programs of which a piece is changed: those that still read keep their meaning.
    @Test func mutatedPrograms() {
        var read = 0
        for number in 0..<6_000 {
            var maker = ProgramMaker(stream: RandomStream(seed: 22, "formatter", .number(number)))
            let text = maker.mutated(maker.program())
            if case .mistakes = Formatter.format(SourceFile(id: 0, name: "a.nasl", text: text)) { continue }
            read += 1
            check(text)
        }
        #expect(read > 500)
    }
}
