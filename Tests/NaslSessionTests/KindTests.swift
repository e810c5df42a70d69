import Testing

/// What a rule draws has to fit where it is used; found where the grammar is defined.
@Suite struct KindTests {
    @Test func aFunctionAsAResult() {
        #expect(transcript("grammar A(x: Tensor) -> Tensor { E = x @4 | relu | E + x }") == """
            error[N0120]: `A` draws a Tensor, but this alternative is a function
              --> test.nasl:1:43
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x @4 | relu | E + x }
              |                                             ^^^^ a function
              = help: apply it, as in `relu(x)`, or let a rule of its own draw functions: `F(x)` with `F = relu | tanh`
            """.replacing(":43", with: ":45"))
    }

    @Test func aRuleAsAnOperand() {
        #expect(transcript("grammar A(x: Tensor) -> Tensor { E = x | sin(F); F = x | G; G = [x, x] }") == """
            error[N0120]: `sin` takes numbers and tensors, but `F` may draw a list
              --> test.nasl:1:46
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | sin(F); F = x | G; G = [x, x] }
              |                                              ^                  ^^^^^^ a list
              |                                              |
              |                                              draws from `F`
              = help: take an element, `list[0]`, or one that is drawn, `pick(list)`
            """)
    }

    @Test func aGrammarAsAnOperand() {
        #expect(transcript("""
            grammar Size { S = 8 | 16 }
            grammar Recipe { R = (lr: log_real(1e-5..1e-1), batch: Size) }
            grammar A(x: Tensor) -> Tensor { E = Recipe + x | x }
            """) == """
            error[N0120]: `+` takes numbers and tensors, but the grammar `Recipe` draws a record
              --> test.nasl:3:38
              |
            3 | grammar A(x: Tensor) -> Tensor { E = Recipe + x | x }
              |                                      ^^^^^^ a record
              = help: take a field, as in `r.lr`
            """)
        let parts = "grammar Size { S = 8 | 16 }\ngrammar Recipe { R = (lr: 1, batch: Size) }\ngrammar F(x: Tensor) -> Tensor { E = x | sin(E) }\n"
        #expect(transcript(parts + "grammar A(x: Tensor) -> Tensor { E = Size + x | x * F(x) | Recipe.batch * x }\nprint(A in [A])") == "true")
        #expect(transcript(parts + "grammar A(x: Tensor) -> Tensor { E = F + x | x }").hasPrefix("error[N0120]: `+` takes numbers and tensors, but the grammar `F` draws a function"))
        #expect(transcript(parts + "grammar A(x: Tensor) -> Tensor { E = x | R; R = Recipe }").hasPrefix("error[N0120]: `A` draws a Tensor, but this alternative is a record"))
    }

    @Test(arguments: [
        ("grammar A(x: Tensor) -> Tensor { E = x + [1, 2] }", "`+` takes numbers and tensors, but this is a list"),
        ("grammar A(x: Tensor) -> Tensor { E = x + sin(\"a\") }", "`sin` takes numbers and tensors, but this is a text"),
        ("grammar A(x: Tensor) -> Tensor { E = x + R; R = (a: 1) }", "`+` takes numbers and tensors, but `R` may draw a record"),
        ("grammar A(x: Tensor) -> Tensor { E = -F; F = sin }", "`-` takes numbers and tensors, but `F` may draw a function"),
        ("grammar A(x: Tensor) -> Tensor { E = let f = (y -> y) in f + x }", "`+` takes numbers and tensors, but this is a function"),
        ("grammar A(x: Tensor) -> Tensor { E = x + Leaf{2}; Leaf = x | 1 }", "`+` takes numbers and tensors, but this is a list"),
    ])
    func misfits(_ text: String, _ title: String) {
        #expect(transcript(text).hasPrefix("error[N0120]: \(title)\n"), "\(transcript(text))")
    }

    @Test(arguments: [
        "grammar A(x: Tensor) -> Tensor { E = F(x) + 1; F = sin | v -> v^2 }",
        "grammar A(x: Tensor) -> Tensor { E = N(x, 1) * 2; N(p, q) = p + q | p * q }",
        "grammar A(x: Tensor) -> Tensor { E = last(chain([x], int(1..2), e -> F(pick(e)))) + pick([x, 1]); F = sin | cos }",
        "grammar A { R = (act: Act, size: Size * 2, name: \"a\"); Act = tanh | relu; Size = 16 | 32 }",
        "grammar A(x: Tensor) -> Tensor { E = let f = F in f(x) + f(1); F = sin | cos }",
        "grammar A(x: Tensor) -> Tensor { E = pi * x + int(1..3) + real(0..1) + const + param(1.0) }",
    ])
    func whatFits(_ text: String) {
        #expect(!transcript(text).contains("error"), "\(transcript(text))")
    }
}
