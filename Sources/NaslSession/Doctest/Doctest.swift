import NaslLanguage
import Synchronization

/// Types the transcripts of a document again and compares what is answered.
///
///     let report = try Doctest.run(text, name: "docs/tour.md")
///     report.passed      // 41
///     report.mismatches  // one text each, with file and line
///
/// All blocks of a document share one session. Every entry at a prompt is one test, and so is every block that is a script.
public enum Doctest {
    public static let usualTolerance = 1e-6

    public struct Report: Sendable {
        public var passed = 0
        public var mismatches: [String] = []
        public var failed: Int { mismatches.count }

        public init() {}
    }

    /// On the thread that calls, which needs a large stack.
    public static func run(_ text: String, name: String, options: SessionOptions = SessionOptions()) throws -> Report {
        let answers = Answers()
        let session = try Session(options, SessionFaces({ answers.add($0) }, report: { answers.add($0, isMessage: true) }))
        var report = Report()
        for block in DoctestBlock.blocks(of: text) {
            if let mistake = block.mistake {
                report.mismatches.append("\(name):\(block.line): \(mistake)")
                continue
            }
            for entry in block.entries {
                answers.clear()
                if block.isScript { session.evaluate(entry.text, name: name, echo: .script) } else { _ = session.enter(entry.text) }
                session.host.stop.reset()
                if let mismatch = judge(entry, of: block, answers, name: name) {
                    report.mismatches.append(mismatch)
                } else {
                    report.passed += 1
                }
            }
        }
        return report
    }

    /// What is wrong with the answer to an entry, if anything.
    private static func judge(_ entry: DoctestBlock.Entry, of block: DoctestBlock, _ answers: Answers, name: String) -> String? {
        let found = answers.lines
        let typed = entry.text.split(separator: "\n").first ?? ""
        func failure(_ line: Int, _ title: String, expected: [String] = [], _ found: [String] = []) -> String {
            var lines = ["\(name):\(line): \(title)"]
            if !expected.isEmpty { lines += ["  expected:"] + expected.map { "    \($0)" } }
            if !(expected.isEmpty && found.isEmpty) { lines += ["  found:"] + (found.isEmpty ? ["    nothing"] : found.map { "    \($0)" }) }
            return lines.joined(separator: "\n")
        }
        if block.isScript {
            if answers.hasFailed == block.mustFail { return nil }
            return failure(block.line, block.mustFail ? "the script should fail, but it does not" : "the script fails", answers.hasFailed ? found : [])
        }
        if let slot = DoctestMatcher(tolerance: block.tolerance).mismatch(entry.expected, found) {
            let line = entry.line + entry.text.split(separator: "\n", omittingEmptySubsequences: false).count + min(slot, max(entry.expected.count - 1, 0))
            return failure(line, "\(typed)", expected: entry.expected, found)
        }
        if answers.hasFailed, !block.mustFail { return failure(entry.line, "`\(typed)` fails, but the block is not marked `error`") }
        // What comes before the mistake may prepare it.
        if block.mustFail, !answers.hasFailed, entry.line == block.entries.last?.line { return failure(entry.line, "`\(typed)` should fail, but it does not") }
        return nil
    }

    /// What a session writes, line by line; any thread may add to it.
    private final class Answers: Sendable {
        private let state = Mutex<(lines: [String], hasFailed: Bool)>(([], false))

        func add(_ text: String, isMessage: Bool = false) {
            state.withLock {
                $0.lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                if isMessage, text.hasPrefix("error") { $0.hasFailed = true }
            }
        }

        func clear() { state.withLock { $0 = ([], false) } }
        var lines: [String] { state.withLock { $0.lines } }
        var hasFailed: Bool { state.withLock { $0.hasFailed } }
    }
}
