import Testing

/// `step(G)` and `derive(G, choices)`.
@Suite struct SteppingTests {
    private static let grammar = """
        grammar A(x: Tensor) -> Tensor {
            E = x @4 | -E | tanh(E) | max(E, E)
            limit depth <= 3
        }
        """
    private static let functions = """
        grammar F(x: Tensor, y: Tensor) -> Tensor {
            C = B(U(x), U(y))
            B = add | (a, b) -> a / (b + 1)
            U = sin | Inner
            Inner = exp | v -> v^3
        }
        """

    private func answer(_ texts: String...) -> String { transcript([SteppingTests.grammar, SteppingTests.functions] + texts) }

    @Test func theOpenProgramAndItsAlternatives() {
        #expect(answer("step(A).take(3)") == """
            x -> max(<E>, E)     choices [3], log p = -1.95
              choice       p   <E> =
                   0   0.571   x
                   1   0.143   -E
                   2   0.143   tanh(E)
                   3   0.143   max(E, E)
            """)
        #expect(answer("step(A).take(3, 0, 2)") == """
            x -> max(x, tanh(<E>))     choices [3, 0, 2], log p = -4.45
              choice       p   <E> =
                   0   1.000   x
                   1       -   -E
                   2       -   tanh(E)
                   3       -   max(E, E)
            """)
        #expect(answer("step(A).take(3, 0, 2, 0)").hasSuffix("\n  complete: `.program` is the program"))
    }

    @Test func functionsAreDrawnBeforeTheirArguments() {
        #expect(answer("step(F).take(0)").hasPrefix("(x, y) -> <B>(U(x), U(y))   "))
        #expect(answer("step(F).take(0, 1)").hasPrefix("(x, y) -> <U>(x) / (U(y) + 1)   "))
        #expect(answer("step(F).take(0, 1, 1)").hasPrefix("(x, y) -> <Inner>(x) / (U(y) + 1)   "))
        #expect(answer("step(F).take(0, 1, 1, 1)").hasPrefix("(x, y) -> x^3 / (<U>(y) + 1)   "))
        #expect(answer("step(F).take(0, 1, 1, 1, 0).program") == answer("derive(F, [0, 1, 1, 1, 0])"))
        #expect(answer("derive(F, [0, 1, 1, 1, 0])").hasPrefix("(x, y) -> x^3 / (sin(y) + 1)"))
    }

    @Test func nothingMutates() {
        #expect(answer("let s = step(A)\nlet t = s.take(3).take(0)\nt.choices\ns.choices\nt.back().choices\nt.back(2).choices\nt.choices") == "[3, 0]\n[]\n[3]\n[]\n[3, 0]")
        #expect(answer("step(A).take(3).alternatives[1]") == "(choice: 1, text: \"-E\", p: 0.14285714285714285, possible: true)")
        #expect(answer("step(A).complete\nstep(A).take(0).complete\nstep(A).take(0).log_prob == log_prob(A, x -> x)") == "false\ntrue\ntrue")
    }

    /// Taking what was drawn gives what was drawn.
    @Test func derivingADrawnProgram() {
        let check = """
            for seed in 1..40 {
                let f = sample(A, seed: seed)
                let s = fold(1..20, step(A), (s, i) -> if s.complete then s else s.take(argmax(s.alternatives, a -> (if a.possible then a.p else 0)).choice))
                if s.complete and derive(A, s.choices) == s.program and s.program in A and derive(A, [0]) in A then print("ok") else print("wrong", f)
            }
            """
        #expect(answer(check).split(separator: "\n").allSatisfy { $0 == "ok" })
    }

    @Test(arguments: [
        ("step(A).take(7)", "error[N0309]: choice 1, of `E`, should be a whole number from 0 to 3, but it is 7"),
        ("step(A).take(nan)", "error[N0309]: choice 1, of `E`, should be a whole number from 0 to 3, but it is nan"),
        ("step(A).take(2, 2, 2)", "error[N0317]: `tanh(E)`, alternative 2 of `E`, is not possible as choice 3"),
        ("step(A).take(0, 0)", "error[N0317]: the program is complete after 1 choice: nothing is left to take"),
        ("step(A).back()", "error[N0317]: only 0 choices can be taken back, not 1"),
        ("step(A).program", "error[N0317]: the program is not complete: `x -> <E>` has a hole"),
        ("step(3)", "error[N0304]: `grammar` of `step` should be a grammar, but it is a number"),
        ("derive(A, [3, 0])", "error[N0317]: 2 choices leave the program unfinished: `x -> max(x, <E>)`"),
        ("derive(A, [\"x\"])", "error[N0304]: a choice should be the number of an alternative, but it is a text"),
    ])
    func mistakes(_ text: String, _ message: String) {
        let found = answer(text)
        #expect(found.split(separator: "\n").first.map(String.init) == message, "\(found)")
    }
}
