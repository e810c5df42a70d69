import NaslExpr
import NaslLanguage
import NaslSession
import NaslSpace
import Synchronization
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The pages in `docs/errors`: one for each code, whose programs are run.
@Suite struct ErrorPageTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let codes = DiagnosticCatalogue.all.map(\.code)

    private static func page(_ code: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent("docs/errors/\(code).md"), encoding: .utf8)
    }

    /// The catalogue, the sources and the pages know the same codes.
    @Test func complete() throws {
        var inSources: Set<String> = []
        let sources = ErrorPageTests.root.appendingPathComponent("Sources")
        for case let path as String in try #require(FileManager.default.enumerator(atPath: sources.path)) where path.hasSuffix(".swift") {
            if path.hasSuffix("DiagnosticCatalogue.swift") { continue }
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            // Codes stand between quotation marks; those in comments are examples.
            for piece in text.split(separator: "\"") where piece.count == 5 && piece.first == "N" && piece.dropFirst().allSatisfy(\.isNumber) { inSources.insert(String(piece)) }
        }
        let codes = Set(ErrorPageTests.codes)
        #expect(codes.count == ErrorPageTests.codes.count)
        #expect(ErrorPageTests.codes == ErrorPageTests.codes.sorted())
        #expect(inSources.subtracting(codes).sorted() == [], "these are in no catalogue: add a row to DiagnosticCatalogue and a page docs/errors/CODE.md")
        #expect(codes.subtracting(inSources).sorted() == [], "these are never used")
        let pages = try FileManager.default.contentsOfDirectory(atPath: ErrorPageTests.root.appendingPathComponent("docs/errors").path)
        #expect(Set(pages) == Set(codes.map { "\($0).md" }))
    }

    /// The wrong program earns the whole message that stands below it, which has the page's code; the right one does not.
    @Test(arguments: codes)
    func programs(_ code: String) throws {
        let page = try ErrorPageTests.page(code)
        let title = try #require(DiagnosticCatalogue.title(of: code))
        #expect(page.hasPrefix("# \(code): \(title)\n"))
        if let made = ErrorPageTests.made[code] {
            let expected = try #require(page.split(separator: "```\n", omittingEmptySubsequences: false).dropFirst().first)
            let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
            let found = made()
            #expect(DoctestMatcher().mismatch(lines(String(expected)), lines(found)) == nil, "\(found)")
            #expect(found.hasPrefix("error[\(code)]"))
            return
        }
        let parts = page.components(separatedBy: "\n## Right\n")
        #expect(parts.count == 2 && parts[0].contains("\n## Wrong\n"))
        #expect(parts[0].contains("error[\(code)]: ") || parts[0].contains("warning[\(code)]: ") || parts[0].contains("note[\(code)]: "))
        #expect(parts.last?.contains("[\(code)]") == false && parts.last?.contains("error[") == false)
        let result = Mutex(Doctest.Report())
        onLargeStack {
            do {
                let report = try Doctest.run(page, name: "\(code).md")
                result.withLock { $0 = report }
            } catch {
                result.withLock { $0.mismatches.append("\(error)") }
            }
        }
        #expect(result.withLock { $0.mismatches } == [])
        #expect(result.withLock { $0.passed } >= 2)
    }

    /// Messages that no program on a page can earn.
    private static let made: [String: @Sendable () -> String] = [
        "N0001": { message { $0.evaluate([0xFF, 0xFE], name: "<prompt>") } },
        "N0101": { judgement(Grammar(name: "A", rules: [])) },
        "N0102": { judgement(Grammar(name: "A", rules: [Rule(name: "E", alternatives: [Alternative(1)]), Rule(name: "E", alternatives: [Alternative(2)])])) },
        "N0209": { message { $0.evaluate(String(repeating: "(", count: 1_001) + "1" + String(repeating: ")", count: 1_001), name: "<prompt>") } },
        "N0311": { message { $0.interrupt(); $0.evaluate("fold(1..1000000, 0, (s, i) -> s + i)", name: "<prompt>") } },
        "N0319": { message(change: { $0.fuel = 1_000 }) { $0.evaluate("fold(1..1000000, 0, (s, i) -> s + i)", name: "<prompt>") } },
        "N0320": { message(change: { $0.memoryLimit = 1 }) { $0.evaluate("fold(1..1000000, 0, (s, i) -> s + i)", name: "<prompt>") } },
    ]

    private static func message(change: @escaping @Sendable (inout SessionOptions) -> Void = { _ in }, _ body: @escaping @Sendable (Session) -> Void) -> String {
        let lines = Mutex<[String]>([])
        onLargeStack {
            var options = SessionOptions()
            change(&options)
            do { body(try Session(options, SessionFaces { line in lines.withLock { $0.append(line) } })) } catch { lines.withLock { $0.append("\(error)") } }
        }
        return lines.withLock { $0.joined(separator: "\n") }
    }

    private static func judgement(_ grammar: Grammar) -> String {
        do {
            _ = try Space(grammar)
            return "no mistake"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [("N0107", "N0107"), ("n0107", "N0107"), ("107", "N0107"), ("N1", "N0001"), ("N9999", nil), ("", nil), ("N", nil), ("N01O7", nil), ("N00107", nil)])
    func codesAsTheyAreTyped(_ typed: String, _ code: String?) {
        #expect(DiagnosticCatalogue.code(meant: typed) == code)
    }

    @Test func thePromptExplains() {
        #expect(prompt(":explain N0007") == """
            N0007: a text that is not closed

            A text begins and ends with `"` on one line. A line break inside is written `\\n`.

            Wrong

                nasl> let name = "swish
                error[N0007]: this text is not closed
                  --> <prompt>:1:12
                  |
                1 | let name = "swish
                  |            ^^^^^^ the line ends before its `"`
                  = help: a line break inside a text is written `\\n`

            Right

                nasl> let name = "swish"
                name = "swish"
            """)
        #expect(prompt(":ex 107").hasPrefix("N0107: draws that may never end\n"))
        #expect(prompt(":explain").split(separator: "\n").count == ErrorPageTests.codes.count)
        #expect(prompt(":explain N9999") == """
            error[N0317]: there is no message `N9999`
              = help: a code is written as in `:explain N0107`; `:explain` lists them
            """)
    }
}
