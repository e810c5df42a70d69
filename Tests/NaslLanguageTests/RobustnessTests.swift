import NaslExpr
import NaslLanguage
import NaslRandom
import Testing

/// Whatever is read, reading ends and every message can be shown.
struct RobustnessTests {
    private func read(_ bytes: [UInt8]) {
        var sources = SourceMap()
        let file = sources.add(name: "fuzz", bytes: bytes)
        let (program, diagnostics) = Parser.parse(file)
        for diagnostic in diagnostics {
            for label in diagnostic.labels {
                #expect(label.range.start >= 0 && label.range.start <= label.range.end && Int(label.range.end) <= bytes.count, "\(bytes)")
            }
        }
        let shown = DiagnosticRenderer(sources: sources).render(diagnostics)
        #expect(shown.isEmpty == diagnostics.isEmpty)
        #expect(!shown.utf8.contains(0x1B), "\(bytes)")
        if diagnostics.isEmpty {
            for statement in program { #expect(Int(statement.range.end) <= bytes.count) }
        }
    }

    @Test func randomBytes() {
        for number in 0..<5_000 {
            var stream = RandomStream(seed: 1, "bytes", .number(number))
            let count = stream.below(60)
            read((0..<count).map { _ in UInt8(stream.below(256)) })
        }
    }

    @Test func randomTokens() {
        let pieces = TokenKind.allCases.filter { !$0.rawValue.hasPrefix("<") || $0 == .less || $0 == .lessOrEqual }.map(\.rawValue)
            + ["x", "E", "Leaf{", "3", "1.5", "20s", "\"t\"", "\n", "\n", "\n  ", "limit", "forbid", "require", "reward", "within", "depth", "by", "?a", "# c\n", "## d\n"]
        for number in 0..<10_000 {
            var stream = RandomStream(seed: 2, "tokens", .number(number))
            let count = 1 + stream.below(40)
            let text = (0..<count).map { _ in pieces[stream.below(pieces.count)] }.joined(separator: stream.below(4) == 0 ? "" : " ")
            read(Array(text.utf8))
        }
    }

    /// The documentation's programs with bytes changed, left out, doubled, and pieces swapped.
    @Test func mutations() {
        let originals = LanguagePage.session.filter { $0.count > 40 }.map { Array($0.utf8) } + LanguagePage.programs.split(separator: "\n\n").map { Array($0.utf8) }
        for number in 0..<5_000 {
            var stream = RandomStream(seed: 3, "mutations", .number(number))
            var bytes = originals[stream.below(originals.count)]
            for _ in 0...stream.below(4) {
                guard !bytes.isEmpty else { break }
                let place = stream.below(bytes.count)
                switch stream.below(5) {
                case 0: bytes[place] = UInt8(stream.below(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Array("()[]{}|,=\n\"#@".utf8)[stream.below(13)], at: place)
                case 3: bytes.removeSubrange(place..<min(bytes.count, place + stream.below(30)))
                default:
                    let from = stream.below(bytes.count)
                    bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + stream.below(30))], at: place)
                }
            }
            read(bytes)
        }
    }

    /// Line after line, as a program is typed at the prompt.
    @Test func everyBeginning() {
        var text = ""
        for line in LanguagePage.programs.split(separator: "\n", omittingEmptySubsequences: false) {
            text += line + "\n"
            let isOpen = text.count { "([{".contains($0) } > text.count { ")]}".contains($0) }
            #expect(isComplete(text) == (isOpen ? .incomplete : .complete), "\(line)")
        }
        let bytes = Array(LanguagePage.programs.utf8)
        for end in stride(from: 0, to: bytes.count, by: 11) { read(Array(bytes[..<end])) }
    }

    @Test(arguments: [
        ("(", "x", ")"), ("[", "x", "]"), ("f(", "x", ")"), ("-", "x", ""), ("not ", "x", ""), ("x -> ", "x", ""), ("(a: ", "x", ")"), ("a[", "x", "]"),
        ("if a then b else ", "x", ""), ("if ", "x", " then b else c"), ("2^", "x", ""), ("y -> let x = ", "x", " in x"), ("let x = 1\nfn f() {\n", "x", "\n}\n"),
        ("for x in y {\n", "x", "\n}\n"), ("1 or 2 and 3 == 4 + 5 * 6 ^ (", "x", ")"), ("a >> (b or c and not 1 == 2..3 + 4 * -5 ^ [", "x", "])"),
        ("task t() {", "x", "}"), ("fn f(a: (b: ", "T", ")) = 1"), ("(a, b) -> f(c: ", "x", ")"),
    ])
    func deepNesting(before: String, core: String, after: String) {
        func nested(_ count: Int) -> Reading {
            Reading(String(repeating: before, count: count) + core + String(repeating: after, count: count))
        }
        if !before.contains("fn f(a") { #expect(nested(150).messages == "") }
        for count in [990, 2_000, 100_000] {
            let codes = nested(count).diagnostics.map(\.code)
            #expect(count < 1_000 || codes.contains("N0209") || codes.contains("N0201"), "\(count): \(codes.prefix(3))")
        }
    }

    @Test func longChains() {
        func chain(_ link: String, _ count: Int) -> [String] {
            Reading("x" + String(repeating: link, count: count)).diagnostics.map(\.code)
        }
        for link in [" + 1", " * x", " and y", " >> f", "(1)", "[0]", ".y"] {
            #expect(chain(link, 3_900) == [])
            #expect(chain(link, 50_000) == ["N0209"])
        }
    }

    @Test func wideThingsAreFine() {
        #expect(Reading("[" + String(repeating: "1, ", count: 50_000) + "1]").diagnostics.isEmpty)
        #expect(Reading(String(repeating: "let x = 1\n", count: 20_000)).program.count == 20_000)
        #expect(Reading("grammar G { E = 1" + String(repeating: " | 1", count: 20_000) + " }").diagnostics.isEmpty)
    }

    @Test func tooManyErrorsEndTheReading() {
        let reading = Reading(String(repeating: "let = 1\n", count: 5_000))
        #expect(reading.diagnostics.count == 101)
        #expect(reading.diagnostics.last?.code == "N0225")
    }
}
