import Testing

/// What a user can get wrong: one message each, with the place, what was found and what was expected; nothing bound before is lost.
@Suite struct BadInputTests {
    @Test(arguments: BadInput.names + BadInput.types + BadInput.syntax + BadInput.grammars + BadInput.grammarNotation + BadInput.tasks + BadInput.numbers + BadInput.excess + BadInput.files)
    func messages(_ input: BadInput) {
        #expect(transcript(input.text) == input.message, "\(input.text)")
    }

    /// All of them in one session, which still knows what was bound first.
    @Test func theSessionGoesOn() {
        let texts = [BadInput.names, BadInput.types, BadInput.syntax, BadInput.grammars, BadInput.grammarNotation, BadInput.tasks, BadInput.numbers].joined().map(\.text)
        let found = transcript(["let kept = 41"] + texts + ["kept + 1"])
        #expect(found.hasSuffix("\n42"))
    }

    @Test(arguments: ["(", "[", "f(", "x -> (", "{"]) func thousandsOfBrackets(_ bracket: String) {
        let found = transcript("let kept = 41", String(repeating: bracket, count: 20_000), "kept + 1")
        #expect(found.contains("error[N02"))
        #expect(found.hasSuffix("\n42"))
        #expect(found.count < 2_000, "one message, and no line of 20,000 brackets")
    }

    @Test func closedBrackets() {
        let found = transcript(String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000))
        #expect(found.hasPrefix("error[N0209]"))
    }

    /// Every level of the recursion holds a tall expression, so the stack would end before the calls are counted.
    @Test func recursionInATallExpression() {
        let tall = String(repeating: "-(", count: 900) + "f(n + 1)" + String(repeating: ")", count: 900)
        #expect(transcript("fn f(n) = \(tall)", "f(0)", "6 * 7").hasSuffix("\n42"))
        let opened = String(repeating: "[1, ", count: 400) + "f(n + 1)" + String(repeating: "]", count: 400)
        let found = transcript("fn f(n) = \(opened)", "f(0)", "6 * 7")
        #expect(found.hasPrefix("error[N0310]: calls are nested"))
        #expect(found.hasSuffix("\n42"))
    }

    @Test func bytesThatAreNoText() {
        let found = transcript(bytes: [0xFF, 0xFE, 0x00, 0x80, 0x31])
        #expect(found.hasPrefix("error[N0"))
        #expect(!found.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    /// A term that doubles with each function is given up as a term; the function can still be called.
    @Test func termsThatDouble() {
        #expect(transcript("let f = fold(1..16, x -> x, (f, i) -> (x -> f(x) + f(x)))", "grad(f)").contains("100,000 operations"))
        #expect(transcript("let f = fold(1..10, x -> x, (f, i) -> (x -> f(x) + f(x)))", "f(1)") == "1024")
    }

    @Test func whatIsLargeIsShownInPart() {
        #expect(transcript("fold(1..60, [1], (s, i) -> [s, s])").count < 200_000)
        #expect(transcript("map(1..1000, n -> 1)").hasSuffix("... 1000 in all]"))
    }
}
