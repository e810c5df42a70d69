import NaslExpr
import Testing

@Suite struct SourceRangeTests {
    @Test func unionCoversBoth() {
        let a = SourceRange(source: 1, start: 4, end: 9), b = SourceRange(source: 1, start: 7, end: 12)
        #expect(a.union(b) == SourceRange(source: 1, start: 4, end: 12))
        #expect(a.union(.none) == a && SourceRange.none.union(b) == b)
        #expect(SourceRange.none.isNone && !a.isNone)
    }
}
