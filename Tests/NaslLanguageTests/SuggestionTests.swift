import NaslLanguage
import Testing

struct SuggestionTests {
    private let known = ["sigmoid", "sin", "sinh", "tanh", "relu", "x", "max", "min", "cross_entropy", "search", "Activation"]

    @Test(arguments: [
        ("sigmiod", "sigmoid"), ("sigmod", "sigmoid"), ("ReLU", "relu"), ("tahn", "tanh"), ("activation", "Activation"), ("serch", "search"),
        ("crossentropy", "cross_entropy"), ("cross_entropie", "cross_entropy"), ("cross", "cross_entropy"), ("mxa", "max"), ("sinn", "sin"),
    ])
    func near(typed: String, meant: String) {
        #expect(suggestion(for: typed, among: known) == meant)
    }

    @Test(arguments: ["y", "q", "f", "blue_moon", "", "zz"])
    func far(typed: String) {
        #expect(suggestion(for: typed, among: known) == nil)
    }

    @Test func theNearestWinsThenTheAlphabet() {
        #expect(suggestion(for: "sinx", among: ["sinh", "sin", "sinc"]) == "sin")
        #expect(suggestion(for: "mix", among: ["min", "max", "mid"]) == "max")
        #expect(suggestion(for: "x", among: []) == nil)
        #expect(suggestion(for: "same", among: ["same"]) == nil)
    }

    @Test func distances() {
        func distance(_ a: String, _ b: String) -> Int { editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars)) }
        #expect(distance("", "") == 0)
        #expect(distance("", "abc") == 3)
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("ab", "ba") == 1)
        #expect(distance("ca", "abc") == 3)  // the restricted form; the full one says 2
        #expect(distance("abcdef", "abcdef") == 0)
    }
}
