import Testing

/// `study`: searches at equal trials, tuned human designs, paired tables, checks.
@Suite struct StudyTests {
    /// The reward is exact but for noise that depends on the seed alone, so what must come out is known.
    static let problem = """
        grammar F(x: Tensor) -> Tensor { E = x @3 | sin(E) | tanh(E) | E + E | E * E ; limit depth <= 3 }
        grammar Gain { G = 0.5 | 1 | 2 | 4 }
        fn distance(f, gain, target) = rmse(gain * f([-2, -1, 0.5, 1, 3]), target([-2, -1, 0.5, 1, 3])) + 0.01 * mean(uniform(0, 1, count: 4))
        task near(f: F, gain: Gain) { reward -distance(f, gain, x -> 2 * x * tanh(x)) }
        task elsewhere(f: F, gain: Gain) { reward -distance(f, gain, x -> 2 * abs(x)) }

        """
    static let call = "let s = study(near, with: [ppo(), random()], trials: 80, baselines: [sin, (f: x -> x * x, gain: 0.5), (f: tanh)], check: elsewhere, seeds: 2, repeats: 6)\n"

    @Test func tables() {
        let text = transcript(StudyTests.problem + StudyTests.call + "print(s)")
        #expect(text.contains("study of near: searches of 80 trials"))
        // What a design leaves open is tuned: sin has its best gain, which the table names.
        #expect(text.contains("by hand   sin = (f: sin, gain: "))
        #expect(text.contains("difference from random()"))
        #expect(text.contains("check: elsewhere on 6 fresh seeds"))
        #expect(text.contains("ppo()   "))
    }

    /// A tuned design is the best of its open part, which here can be tried by hand.
    @Test func tuning() {
        let text = transcript(StudyTests.problem + """
            grammar Power(x: Tensor) -> Tensor { P = x | x * x | x * tanh(x) }
            let s = study(near, with: random(), trials: 40, baselines: (powers: (f: Power), fixed: (f: sin, gain: 1)), repeats: 4)
            print(s.rows[0].name)
            print(s.rows[0].mean > -0.011, len(s.rows), len(s.runs), s.found[0].method)
            print(s.best == s.found[0].candidate)
            """)
        #expect(text.hasSuffix("powers = (f: x -> x * tanh(x), gain: 2)\ntrue 3 1 random()\ntrue"))
    }

    /// One worker and two, once and again.
    @Test func repeats() {
        let script = StudyTests.problem + StudyTests.call + "print(s)\nprint(s.verdict)\nplot(s)"
        let one = transcript(script)
        #expect(one == transcript(script, workers: 2))
        #expect(one.contains("best reward so far in near"))
        #expect(one.contains("mean over 2 searches, and its 95 % interval"))
    }

    /// The figures of a table are those of `compare` on the same seeds.
    @Test func figures() {
        let text = transcript(StudyTests.problem + StudyTests.call + """
            let c = compare(near, [(f: x -> x * x, gain: 0.5), (f: sin, gain: 1)], repeats: 6)
            print(any(s.rows, row -> row.rewards == c.rows[0].rewards))
            let rewards = s.rows[1].rewards - s.rows[0].rewards
            print(abs(mean(rewards) - s.rows[1].difference) < 1e-12)
            """)
        #expect(text.hasSuffix("true\ntrue"))
    }

    @Test func verdicts() {
        let easy = transcript("""
            grammar N { N = 1 | 2 | 3 }
            task large(n: N) { reward n + 0.001 * sum(uniform(0, 1, count: 2)) * n }
            print(study(large, with: random(), trials: 30, baselines: [2], check: large, repeats: 5).verdict)
            task small(n: N) { reward -n + 0.001 * sum(uniform(0, 1, count: 2)) * n }
            print(study(large, with: random(), trials: 30, baselines: [2], check: small, repeats: 5).verdict)
            print(study(large, with: random(), trials: 30, baselines: [3], repeats: 5).verdict)
            """)
        let lines = easy.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("`3`, found by random(), beats the best human design, 2 (+1.00") && lines[0].contains("In large it beats 2"))
        #expect(lines[1].contains("In small it is worse than 2 ("))
        #expect(lines[2].hasPrefix("`3`, found by random(), is not told apart from the best human design, 3"))
    }

    @Test func mistakes() {
        let wrong = { (call: String) in transcript(StudyTests.problem + call).split(separator: "\n").first { $0.hasPrefix("error") } ?? "" }
        #expect(wrong("study(near, with: [ppo(), 3])").hasPrefix("error[N0304]: `with` of `study` should be a list of search methods"))
        #expect(wrong("study(near, with: [random(), random()])").contains("`random()` stands twice in `with`"))
        #expect(wrong("study(near, check: 3)").contains("`check` of `study` should be a task, or a list of tasks"))
        #expect(wrong("study(near, baselines: 3)").contains("`baselines` of `study`"))
        #expect(wrong("study(near, baselines: [(f: sin, lr: 1)])").contains("this one has `lr`"))
        #expect(wrong("study(near, baselines: [(x, y) -> x])").contains("needs a function of 1 parameter"))
        #expect(wrong("study(near, baselines: [(f: Gain)])").contains("`Gain` draws functions of 0 parameters, but `f` of `near` has 1"))
        #expect(wrong("task t(f: F) { reward study(near, trials: 3).best.gain }\nsearch(t, with: random(), trials: 3)").contains("a study cannot be made inside a trial"))
    }

    /// A trial inside a trial has the seed and the repetition of the outer one.
    @Test func nestedTrials() {
        let text = transcript("""
            grammar N { N = 1 | 2 }
            task inner(n: N) { reward n * sum(uniform(0, 1, count: 3)) }
            task outer(n: N) { reward inner(n).reward }
            print(compare(inner, [1, 2], repeats: 4).rows[1].rewards == compare(outer, [1, 2], repeats: 4).rows[1].rewards)
            print(outer(1, seed: 7).reward == inner(1, seed: 7).reward, outer(1, seed: 7).reward == outer(1).reward)
            """)
        #expect(text == "true\ntrue false")
    }
}
