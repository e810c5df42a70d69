import NaslLanguage
import Testing

struct CompletenessTests {
    @Test(arguments: ["", "x", "let x = 1", "f(1,\n2)", "# only a comment", "task t() {\n reward 1\n}", "let x = 1\n\n", "a; b;"])
    func complete(text: String) {
        #expect(isComplete(text) == .complete)
    }

    @Test(arguments: [
        "f(", "let x = [1,", "1 +", "let x =", "x ->", "a and", "if a then", "if a then b else", "not", "1 ..", "f(1,\n", "(a: 1", "a >>\n",
        "grammar A(x: Tensor) -> Tensor {", "grammar A {\n E = x |", "grammar A {\n E = x\n", "task t(f: A) {\n let x = f(", "let x = 1\nlet y = (",
        "for x in [1] {", "let x = # comment", "f(g(h(1)", "-", "fn f(x) =",
    ])
    func incomplete(text: String) {
        #expect(isComplete(text) == .incomplete)
    }

    @Test(arguments: [
        ")", "f(1 2", "let", "let x", "if a", "1 2", "\"open", "f(]", "x = 1", "grammar A {\n e = x", "let x = $ +", "grammar", "let 3 = (", "for x in xs",
    ])
    func invalid(text: String) {
        #expect(isComplete(text) == .invalid)
    }
}
