import NaslSession
import Synchronization
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Every transcript in the documents is typed again: what follows `nasl> ` (and `   .. `) is evaluated in one session a document, and must
/// answer what stands below it. `...` stands for anything within a line and, alone on a line, for any lines.
@Suite struct DocumentTests {
    @Test(arguments: ["README.md"])
    func transcripts(_ document: String) throws {
        let path = String(#filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }) + "/" + document
        let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
        let entries = DocumentTests.entries(of: text)
        #expect(entries.count > 5)
        let lines = Mutex<[String]>([])
        let answers = Mutex<[String]>([])
        onLargeStack {
            guard let session = try? Session(SessionOptions(), SessionFaces { line in lines.withLock { $0.append(line) } }) else { return }
            for entry in entries {
                lines.withLock { $0 = [] }
                session.evaluate(entry.typed, name: "<prompt>", echo: .prompt)
                let answer = lines.withLock { $0.joined(separator: "\n") }
                answers.withLock { $0.append(answer) }
            }
        }
        for (entry, answer) in zip(entries, answers.withLock { $0 }) {
            let found = answer.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(DocumentTests.matches(found[...], entry.expected[...]), "\(entry.typed)\nfound:\n\(answer)\nexpected:\n\(entry.expected.joined(separator: "\n"))")
        }
    }

    static func entries(of text: String) -> [(typed: String, expected: [String])] {
        var entries: [(typed: String, expected: [String])] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isInside = line == "```nasl"; continue }
            guard isInside else { continue }
            if line.hasPrefix("nasl> ") {
                entries.append((String(line.dropFirst(6)), []))
            } else if line.hasPrefix("   .. "), !entries.isEmpty {
                entries[entries.count - 1].typed += "\n" + line.dropFirst(6)
            } else if !entries.isEmpty {
                entries[entries.count - 1].expected.append(String(line))
            }
        }
        return entries
    }

    static func matches(_ found: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
        guard let first = expected.first else { return found.isEmpty || found.elementsEqual([""]) }
        if first == "..." {
            return (0...found.count).contains { matches(found.dropFirst($0), expected.dropFirst()) }
        }
        guard let line = found.first, matches(line: line, first) else { return false }
        return matches(found.dropFirst(), expected.dropFirst())
    }

    static func matches(line: String, _ pattern: String) -> Bool {
        var rest = line[...]
        let pieces = pattern.components(separatedBy: "...")
        for (place, piece) in pieces.enumerated() {
            if place == 0 {
                guard rest.hasPrefix(piece) else { return false }
                rest = rest.dropFirst(piece.count)
            } else if place == pieces.count - 1 {
                return rest.hasSuffix(piece)
            } else {
                guard let range = rest.range(of: piece) else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return rest.isEmpty
    }

    @Test func matching() {
        #expect(DocumentTests.matches(["a", "b", "c"], ["a", "...", "c"]))
        #expect(!DocumentTests.matches(["a", "b", "d"], ["a", "...", "c"]))
        #expect(DocumentTests.matches(line: "reward -2.03   0.1 s", "reward -2...s"))
        #expect(!DocumentTests.matches(line: "reward -3.03", "reward -2..."))
        #expect(!DocumentTests.matches(line: "true", "false"))
    }
}
