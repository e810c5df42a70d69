import Testing

/// Tasks that search several grammars at once, and tasks that minimize something beside their reward.
@Suite struct SeveralGrammarsTests {
    static let task = """
        grammar Activation(x: Tensor) -> Tensor { E = x @2 | sin(E) | tanh(E) | E + E ; limit depth <= 3 }
        grammar Rule(w: Tensor, g: Tensor) -> Tensor { U = g | w | U * U | sign(U) ; limit size <= 5 ; require g }
        grammar Rate { R = 1 | 2 | 4 }
        task both(f: Activation, u: Rule, r: Rate, k: 2) { reward f(1.5) + u(0.5, k) * r }

        """

    @Test func calledByHand() {
        let text = SeveralGrammarsTests.task + """
            both
            let same = both(tanh, (w, g) -> g, 1).reward
            [both(tanh, (w, g) -> g, 1, k: 2).reward, both(u: (w, g) -> g, r: 1, f: tanh).reward, both(tanh, r: 1, u: (w, g) -> g).reward,
             both((f: tanh, u: (w, g) -> g, r: 1)).reward, both(both(tanh, (w, g) -> g, 1)).reward] == [same, same, same, same, same]
            both(tanh, (w, g) -> g, 1, 3).reward - both(tanh, (w, g) -> g, 1).reward
            both(tanh, (w, g) -> g, 1).program
            """
        #expect(transcript(text) == "task both(f: Activation, u: Rule, r: Rate, k?)\ntrue\n1\n(f: tanh, u: (w, g) -> g, r: 1)")
    }

    @Test func searched() {
        let text = SeveralGrammarsTests.task + """
            let run = search(both, with: reinforce, trials: 120, seed: 2)
            let p = run.best.program
            print(p.f in Activation, p.u in Rule, p.r in Rate, p in both)
            print(both(run.best).reward == run.best.reward, both(f: p.f, u: p.u, r: p.r).reward == run.best.reward)
            print(all(run.trials, t -> t.program in both and size(t.program.u) <= 5))
            print(len(run.trials), run.best.status, p.r)
            for t in run.top(5) { print(t.program, t.reward) }
            """
        let one = transcript(text, workers: 1)
        #expect(one.hasPrefix("true true true true\ntrue true\ntrue\n120 ok 4\n(f: x -> "))
        #expect(one == transcript(text, workers: 2))
        #expect(one == transcript(text, workers: 3))
    }

    @Test func membership() {
        let text = SeveralGrammarsTests.task + """
            (f: sin, u: (a, b) -> b * a, r: 2) in both
            (r: 2, f: sin, u: (a, b) -> b * a) in both
            (f: sin, u: (a, b) -> a * a, r: 2) in both
            (f: sin, u: (a, b) -> b) in both
            (f: sin, u: (a, b) -> b, r: 2, s: 1) in both
            sin in both
            """
        #expect(transcript(text) == "true\ntrue\nfalse\nfalse\nfalse\nfalse")
    }

    @Test func compared() {
        let text = SeveralGrammarsTests.task + """
            let run = search(both, with: random, trials: 30, seed: 1)
            let c = compare(both, [(f: tanh, u: (w, g) -> g, r: 1), run.best, run.top(2)], repeats: 2)
            print(map(c.rows, r -> r.name)[0], len(c.rows), c.rows[1].mean == run.best.reward)
            """
        #expect(transcript(text) == "(f: tanh, u: (w, g) -> g, r: 1) 4 true")
    }

    /// What reads as a record reads back as one.
    @Test func candidatesReadBack() {
        let found = transcript(SeveralGrammarsTests.task + "let run = search(both, with: random, trials: 60, seed: 5)\nfor t in run.trials { print(t.program) }").split(separator: "\n")
        #expect(found.count == 60)
        let again = transcript(SeveralGrammarsTests.task + found.map { "let p = \($0)\nprint(p, p in both)" }.joined(separator: "\n")).split(separator: "\n")
        #expect(again.elementsEqual(found.map { "\($0) true" }))
    }

    @Test func aTaskKeepsEachGrammarTwice() {
        let text = """
            grammar A(x: Tensor) -> Tensor { E = x | sin(E) ; limit depth <= 2 }
            task pair(f: A, g: A) { reward f(1) - g(1) }
            let run = search(pair, with: random, trials: 100, seed: 1)
            print(run.ending, run.best.program)
            """
        #expect(transcript(text) == "the space is exhausted: all 4 derivations have been tried (f: x -> x, g: x -> sin(x))")
    }

    @Test func costs() {
        let text = SeveralGrammarsTests.task + """
            task small(f: Activation, u: Rule) {
                minimize size(f)
                minimize size(u)
                let total = depth(f) + depth(u)
                minimize total
                reward f(1.5) + u(0.5, 2)
            }
            let t = small(tanh, (w, g) -> g)
            t.costs
            print(t.reward == tanh(1.5) + 2)
            let run = search(small, with: random, trials: 150, seed: 1)
            print(all(run.trials, t -> t.costs.size_f == size(t.program.f)))
            fn beats(a, b) = a.reward >= b.reward and a.costs.size_f <= b.costs.size_f and a.costs.size_u <= b.costs.size_u and a.costs.total <= b.costs.total
            print(all(run.trials, t -> any(run.front, best -> beats(best, t))))
            print(all(run.front, a -> len(filter(run.front, b -> beats(b, a))) == 1))
            run.front
            """
        let one = transcript(text, workers: 1)
        #expect(one.hasPrefix("(size_f: 2, size_u: 1, total: 3)\ntrue\ntrue\ntrue\ntrue\n  trial   reward   size(f)   size(u)   total   program\n"))
        #expect(one == transcript(text, workers: 3))
    }

    @Test func aTaskWithoutCostsHasTheBestAsItsFront() {
        let text = SeveralGrammarsTests.task + "let run = search(both, with: random, trials: 40, seed: 1)\nprint(len(run.front), run.front[0].number == run.best.number, run.best.costs)"
        #expect(transcript(text) == "1 true ()")
    }

    @Test func aCostThatIsNotFiniteFailsTheTrial() {
        let text = """
            grammar A(x: Tensor) -> Tensor { E = x | sin(E) | log(E) ; limit depth <= 3 }
            task t(f: A) { minimize f(-1); reward 1 }
            let bad = t(log)
            print(bad.status, bad.reason, bad.reward)
            let run = search(t, with: random, trials: 40, seed: 1)
            print(any(run.trials, t -> t.status == "diverged"), all(run.front, t -> t.status == "ok"))
            """
        #expect(transcript(text) == "diverged the cost `f` is nan none\ntrue true")
    }
}
