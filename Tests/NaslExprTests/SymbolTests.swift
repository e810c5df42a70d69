import NaslExpr
import Testing

@Suite struct SymbolTests {
    @Test func equalTextsAreOneSymbol() {
        #expect(Symbol("alpha") == "alpha")
        #expect(Symbol("alpha") != Symbol("beta"))
        #expect(Symbol("alpha").text == "alpha")
        #expect("\(Symbol("größe"))" == "größe")
    }

    /// Many threads at once agree on every symbol.
    @Test func threadsAgree() async {
        let seen = await withTaskGroup(of: [Symbol].self) { group in
            for _ in 0..<8 { group.addTask { (0..<500).map { Symbol("shared\($0)") } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for symbols in seen { #expect(symbols == seen[0]) }
        #expect(seen[0].enumerated().allSatisfy { $1.text == "shared\($0)" })
        #expect(Set(seen[0]).count == 500)
    }
}
