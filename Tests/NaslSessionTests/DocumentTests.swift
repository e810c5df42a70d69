import NaslSession
import Synchronization
import Testing

/// Every transcript in the documents is typed again, and every answer must come again: `nasl doctest`, in this process.
@Suite struct DocumentTests {
    @Test(arguments: [("README.md", 10), ("docs/tour.md", 30), ("docs/language.md", 70), ("docs/algorithms.md", 4), ("docs/studies.md", 10), ("docs/explain.md", 14)])
    func transcripts(_ document: String, least: Int) throws {
        let path = String(#filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }) + "/" + document
        let text = try Doctest.text(of: path)
        let result = Mutex(Doctest.Report())
        onLargeStack {
            if let report = try? Doctest.run(text, name: document) { result.withLock { $0 = report } }
        }
        let report = result.withLock { $0 }
        #expect(report.mismatches == [])
        #expect(report.passed >= least)
    }
}
