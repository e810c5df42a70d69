import NaslSession
import Synchronization
import Testing

@Suite struct DoctestTests {
    private func report(_ document: String) -> Doctest.Report {
        let result = Mutex(Doctest.Report())
        onLargeStack {
            if let report = try? Doctest.run(document, name: "page.md") { result.withLock { $0 = report } }
        }
        return result.withLock { $0 }
    }

    @Test func transcriptsAndScripts() {
        let found = report("""
            # A page
            ```
            nasl> this is no block of ours
            ```
            ```nasl
            let a = 2
            ```
            - in a list
              ```nasl
              nasl> a + 1
              3
              nasl> fn f(x) {
                 ..     x + a
                 .. }
              fn f(x): x -> x + 2
              nasl> f(1);
              ```
            ~~~nasl
            nasl> [1,
               .. 2]
            [1, 2]
            ~~~
            """)
        #expect(found.mismatches == [])
        #expect(found.passed == 5)
    }

    @Test func mismatchesAreShown() {
        let found = report("one\n```nasl\nnasl> 1 + 1\n3\nnasl> 2 + 2\n4\nnasl> print(1)\n1\n2\n```\n")
        #expect(found.passed == 1)
        #expect(found.mismatches == [
            "page.md:4: 1 + 1\n  expected:\n    3\n  found:\n    2",
            "page.md:9: print(1)\n  expected:\n    1\n    2\n  found:\n    1",
        ])
    }

    @Test func whatMustFail() {
        let message = """
            error[N0301]: there is nothing called `b`
              --> <prompt>:1:1
              |
            1 | b
              | ^ not known here
            """
        #expect(report("```nasl error\nnasl> b\n\(message)\n```").mismatches == [])
        #expect(report("```nasl\nnasl> b\n\(message)\n```").mismatches == ["page.md:2: `b` fails, but the block is not marked `error`"])
        #expect(report("```nasl error\nnasl> 1\n1\n```").mismatches == ["page.md:2: `1` should fail, but it does not"])
        #expect(report("```nasl error\nlet a = b\n```").mismatches == [])
        #expect(report("```nasl error\nlet a = 1\n```").mismatches == ["page.md:1: the script should fail, but it does not"])
        #expect(report("```nasl\nlet a = b\n```").mismatches.first?.hasPrefix("page.md:1: the script fails\n") == true)
    }

    @Test func blocksThatAreWrong() {
        #expect(report("```nasl tolerence=1\nnasl> 1\n1\n```").mismatches == ["page.md:1: `tolerence=1` means nothing here; a block can be marked `error` and `tolerance=0.05`"])
        #expect(report("\n```nasl\nnasl> 1\n1\n").mismatches == ["page.md:2: the block is never closed"])
    }

    @Test(arguments: [
        ("a b", "a b", true), ("a  b ", "a b", true), ("ab", "a b", false), ("1.0000001", "1.0000002", true), ("1.1", "1.2", false), ("x2", "x3", false),
        ("1e-5", "0.00001", true), ("14,200 steps", "14200 steps", true), ("-1", "1", false), ("... s", "0.11 s", true), ("best ... s", "best -1.9 0.1 m", false),
        ("a...b...c", "a1b2c", true), ("a...b", "acb0", false), ("...", "anything", true), ("[1, ..., 3]", "[1, 2, 3]", true), ("0.3", "0.30000000000000004", true),
        ("", "", true), ("1..3", "1..3", true), ("nan", "nan", true), ("0", "1e-17", true), ("-2...", "-2.55 or so", true), ("-2...", "-3.55", false),
    ])
    func lines(_ expected: String, _ found: String, _ fits: Bool) {
        #expect(DoctestMatcher().fits(expected, found) == fits)
    }

    @Test func tolerances() {
        #expect(DoctestMatcher(tolerance: 0.05).fits("loss 2.00", "loss 2.08"))
        #expect(!DoctestMatcher(tolerance: 0.05).fits("loss 2.00", "loss 2.12"))
        #expect(report("```nasl tolerance=0.1\nnasl> 1.05\n1\n```").mismatches == [])
        #expect(report("```nasl\nnasl> 1.05\n1\n```").failed == 1)
    }

    @Test func anyLines() {
        let matcher = DoctestMatcher()
        #expect(matcher.mismatch(["a", "...", "c"], ["a", "b", "b", "c"]) == nil)
        #expect(matcher.mismatch(["a", "...", "c"], ["a", "c"]) == nil)
        #expect(matcher.mismatch(["...", "c", "..."], ["a", "c", "b", "c"]) == nil)
        #expect(matcher.mismatch(["a", "...", "d"], ["a", "b", "c"]) == 2)
        #expect(matcher.mismatch([], ["a"]) == 0)
        #expect(matcher.mismatch(["a", ""], ["a"]) == nil)
        #expect(matcher.mismatch(["..."], []) == nil)
    }
}
