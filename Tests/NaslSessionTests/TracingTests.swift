import Testing

/// `trace` and `log_prob`: how programs are drawn, and how likely they are.
@Suite struct TracingTests {
    static let grammar = """
        grammar A(x: Tensor) -> Tensor { E = x @2 | sin(E) | E + E | x + x ; limit depth <= 3 }

        """

    @Test func shown() {
        #expect(transcript(TracingTests.grammar + "trace(A, v -> sin(v + v))") == """
            x -> sin(x + x)     4 choices, log p = -3.22
              one of 2 derivations, which together have log p = -2.53
              draw   choice    taken       p   possible   program
                 E        1   sin(E)   0.200     4 of 4   x -> sin(<E>)
                 E        2    E + E   0.200     4 of 4   x -> sin(<E> + E)
                 E        0        x   1.000     1 of 4   x -> sin(x + <E>)
                 E        0        x   1.000     1 of 4   x -> sin(x + x)
            """)
        #expect(transcript("grammar R { R = (lr: log_real(1e-5..1e-1), n: int(1..3)) }\ntrace(R, (lr: 0.01, n: 2))") == """
            (lr: 0.01, n: 2)     3 choices, log p = -1.10
                             draw   choice                                     taken       p   possible   program
                                R        0   (lr: log_real(1e-5..0.1), n: int(1..3))   1.000     1 of 1   (lr: <log_real(1e-5..0.1)>, n: int(1..3))
              log_real(1e-5..0.1)     0.01                                      0.01   1.000        any   (lr: 0.01, n: <int(1..3)>)
                        int(1..3)        1                                         2   0.333     3 of 3   (lr: 0.01, n: 2)
            """)
    }

    @Test func inspected() {
        let text = TracingTests.grammar + """
            let t = trace(A, x -> sin(x + x))
            print(map(t.steps, s -> s.p), exp(t.log_prob) == 0.2 * 0.2 or abs(exp(t.log_prob) - 0.04) < 1e-12)
            print(t.steps[1].taken, t.steps[1].draw, t.steps[1].program, map(t.steps[2].alternatives, a -> a.possible))
            print(t.derivations, t.choices, derive(A, t.choices) == t.program, all(t.steps, s -> abs(sum(map(s.alternatives, a -> a.p)) - 1) < 1e-12))
            """
        #expect(transcript(text) == """
            [0.2, 0.2, 1, 1] true
            E + E E x -> sin(<E> + E) [true, false, false, false]
            2 [1, 2, 0, 0] true true
            """)
    }

    @Test func sumsOverDerivations() {
        let text = TracingTests.grammar + """
            print(abs(exp(log_prob(A, x -> x + x)) - (0.2 * 0.4^2 + 0.2)) < 1e-12)
            print(log_prob(A, cos), log_prob(A, 3))
            let drawn = sample(A, 200, seed: 3)
            print(all(drawn, f -> log_prob(A, f) >= trace(A, f).log_prob - 1e-12))
            """
        #expect(transcript(text) == "true\n-inf -inf\ntrue")
    }

    /// Two alternatives of several draws each, of which one fits: 1/2 for it, 1/2 for each of its two draws.
    @Test func severalDraws() {
        let text = transcript("grammar C(x: Tensor) -> Tensor { S = B(F(x), x) | B(G(F(x)), x) ; F = sin | cos ; G = sin | cos ; B = add | mul }\nprint(abs(exp(log_prob(C, x -> sin(x) + x)) - 1 / 8) < 1e-15, abs(exp(log_prob(C, x -> sin(cos(x)) * x)) - 1 / 16) < 1e-15)")
        #expect(text == "true true")
    }

    /// A drawn program has the derivation that it was drawn by.
    @Test func ofADrawnProgram() {
        let text = TracingTests.grammar + "let f = derive(A, [3])\nprint(f, trace(A, f).choices, trace(A, x -> x + x).choices)"
        #expect(transcript(text) == "x -> x + x [3] [2, 0, 0]")
    }

    /// Ten different functions; then the same again and again, from which a policy goes on to learn.
    @Test(arguments: ["random", "reinforce(batch: 10)", "ppo(batch: 10)"]) func byAController(_ method: String) {
        let text = TracingTests.grammar + """
            task t(f: A) { reward -abs(f(1) - 2) }
            let run = search(t, with: \(method), trials: 300, seed: 1)
            print(len(run.trials))
            let every = [x -> x, x -> sin(x), x -> sin(sin(x)), x -> sin(x + x), x -> x + x, x -> x + sin(x), x -> sin(x) + x, x -> sin(x) + sin(x), x -> x + (x + x),
                x -> x + x + x, x -> x + x + (x + x), x -> sin(x) + (x + x), x -> x + x + sin(x)]
            print(abs(sum(map(every, f -> exp(log_prob(run, f)))) - 1) < 1e-6, abs(sum(map(every, f -> exp(log_prob(A, f)))) - 1) < 1e-12)
            let way = trace(run, x -> sin(x))
            print(abs(way.log_prob - log_prob(run, x -> sin(x))) < 1e-6, abs(sum(map(way.steps, s -> log(s.p))) - way.log_prob) < 1e-12)
            print(exp(log_prob(run, run.best)) > 1.5 * exp(log_prob(A, run.best)))
            """
        #expect(transcript(text) == "10\ntrue true\ntrue true\n\(method != "random")")
    }

    @Test func severalGrammars() {
        let text = TracingTests.grammar + """
            grammar B { N = 1 | 2 @3 }
            task both(f: A, n: B) { reward f(n) }
            print(abs(log_prob(both, (f: x -> x + x, n: 2)) - log_prob(A, x -> x + x) - log(0.75)) < 1e-12)
            print(log_prob(both, (f: x -> x + x, n: 3)))
            let run = search(both, with: reinforce, trials: 100, seed: 2)
            print(exp(log_prob(run, run.best)) > 0, trace(run, run.best).program)
            print(trace(both, (f: sin, n: 1)))
            """
        let lines = transcript(text).split(separator: "\n", maxSplits: 3)
        #expect(lines.prefix(2) == ["true", "-inf"])
        #expect(lines[2].hasPrefix("true (f: x -> "))
        #expect(lines[3].hasPrefix("(f: x -> sin(x), n: 1)     4 choices"))
    }

    @Test func mistakes() {
        #expect(transcript(TracingTests.grammar + "trace(A, cos)") == """
            error[N0317]: `cos` is no program of `A`
              --> test.nasl:2:10
              |
            2 | trace(A, cos)
              |          ^^^
            """)
        #expect(transcript("log_prob(3, sin)").hasPrefix("error[N0304]: `grammar` of `log_prob` should be a grammar or a run, but it is a number"))
        let many = """
            grammar M(x: Tensor) -> Tensor { E = sin(E) | sin(E) | x @2 }
            task t(f: M) { reward f(1) }
            let run = search(t, with: random, trials: 20, seed: 1)
            fn deep(f, n) = if n == 0 then f else deep(f >> sin, n - 1)
            print(trace(M, deep(x -> x, 12)).derivations)
            log_prob(run, deep(x -> x, 12))
            """
        #expect(transcript(many).hasPrefix("4096\nerror[N0317]: this program has 4096 derivations; by a controller at most 1000 can be summed"))
    }
}
