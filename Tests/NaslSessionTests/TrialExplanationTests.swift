import NaslSession
import Testing

/// Why a trial earned what it earned, against tasks whose truth is known.
@Suite struct TrialExplanationTests {
    /// Between -1 and 1 the second part is 0, whatever it is made of.
    static let inert = """
        grammar G(x: Tensor) -> Tensor { E = x | 5 | E + E | E - E | square(E) | relu(E) | sin(E); limit depth <= 5 }
        task curve(f: G) { let x = uniform(-1, 1, count: 30); reward -rmse(f(x), x^2 + normal(0, 0.1, count: 30)) }

        """

    /// In 20 of 20 seeds the inert subtree and nothing else.
    @Test func findsTheInertSubtree() {
        let found = transcript(Self.inert + "for s in 1..20 { print(explain(x -> square(x) + relu(x - 5), on: curve, seed: s, repeats: 4).inert[0]) }")
        #expect(found == Array(repeating: "relu(x - 5)", count: 20).joined(separator: "\n"))
        let counts = transcript(Self.inert + "for s in 1..20 { print(len(explain(x -> square(x) + relu(x - 5), on: curve, seed: s, repeats: 4).inert)) }")
        #expect(counts == Array(repeating: "1", count: 20).joined(separator: "\n"))
    }

    @Test func findsNoneWhereAllMatters() {
        #expect(transcript(Self.inert + "print(explain(x -> square(x), on: curve, seed: 1, repeats: 4).inert)") == "[]")
    }

    /// A trial of a run knows its task, its derivation and what drew it; the probabilities are those that `trace` gives.
    @Test func ofARun() {
        let session = Self.inert + """
            let run = search(curve, with: ppo(), trials: 64, seed: 1);
            let why = explain(run.best, repeats: 3);
            let trace = trace(run, run.best);
            print(len(why.choices) == len(trace.steps))
            print(all(map(zip(why.choices, trace.steps), pair -> abs(pair[0].p - pair[1].p) < 1e-12)))
            print(all(map(why.choices, choice -> choice.entropy >= 0)))
            print(why.reward == why.reward)
            """
        #expect(transcript(session) == "true\ntrue\ntrue\ntrue")
    }

    /// By the grammar's weights: seven alternatives that are all possible have log2(7) bits.
    @Test func entropyOfEqualWeights() {
        #expect(transcript(Self.inert + "print(abs(explain(x -> sin(x), on: curve, repeats: 2).choices[0].entropy - log(7) / log(2)) < 1e-12)") == "true")
    }

    /// What two choices earn together is shared between them: they add up to what the program earns above random ones, order by order.
    @Test func shapleyValuesAddUp() {
        let source = """
            grammar Pair { P = (a: A, b: B); A = 0 | 1; B = 0 | 1 }
            task both(p: Pair) { reward 3 * p.a + p.b }
            let v = explain((a: 1, b: 1), on: both, repeats: 64).shapley;
            print(len(v))
            print(v[0].value)
            print(abs(v[1].value - 1.5) < 4 * v[1].error)
            print(abs(v[2].value - 0.5) < 4 * v[2].error)
            """
        #expect(transcript(source) == "3\n0\ntrue\ntrue")
    }

    /// The best alternative at a choice, where it is known.
    @Test func theBestAlternative() {
        let source = """
            grammar Digit { D = 1 | 2 | 9 | 4 }
            task larger(d: Digit) { reward d + normal(0, 0.01, count: 1)[0] }
            let row = explain(2, on: larger).ablation[0];
            print(row.replaced)
            print(row.by)
            print(abs(row.difference - 7) < 1e-9)
            """
        #expect(transcript(source) == "D = 2\n9\ntrue")
    }

    /// 2 * x with a known slope of the reward by the number.
    @Test func numbersMatter() {
        let source = """
            grammar G(x: Tensor) -> Tensor { E = x | 2 | E * E; limit depth <= 3 }
            task linear(f: G) { let x = uniform(1, 2, count: 10); reward -abs(mean(f(x) - 2 * x)) / mean(x) }
            for row in explain(x -> 2 * x, on: linear).constants { print(row.by); print(abs(row.difference + 0.2) < 1e-9) }
            """
        #expect(transcript(source) == "2.2\ntrue\n1.8\ntrue")
    }

    @Test func seesTheInputsOfTheChild() {
        let source = """
            grammar G(x: Tensor) -> Tensor { E = x | tanh(E) | sin(E); limit depth <= 3 }
            task scalar(f: G) { reward f(3) + f(5) }
            print(explain(tanh, on: scalar).inputs)
            print(explain(tanh, on: scalar).saturation)
            print(len(explain(tanh, on: scalar, over: 0..1).inputs))
            """
        #expect(transcript(source) == "[3, 5]\n[1]\n0")
    }

    /// Inside a net, too, where a function is traced and not called.
    @Test func seesTheInputsInsideANet() {
        let source = """
            grammar G(x: Tensor) -> Tensor { E = x | tanh(E) | sin(E); limit depth <= 3 }
            task layered(f: G) { reward -train(mlp([8, 10], activation: f), digits, batch: 16, steps: 5).validation.loss }
            let why = explain(tanh, on: layered, repeats: 3)
            print(len(why.inputs) > 500)
            print(any(why.inputs, x -> x < 0) and any(why.inputs, x -> x > 0))
            """
        #expect(transcript(source) == "true\ntrue")
    }

    @Test func isShownWhole() {
        let text = transcript(Self.inert + "print(explain(x -> square(x) + relu(x - 5), on: curve, repeats: 4))")
        for part in ["how it was drawn", "what each part and choice is worth", "numbers, each a tenth", "Shapley values", "inputs that the child gave to it", "without effect"] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        #expect(text == transcript(Self.inert + "print(explain(x -> square(x) + relu(x - 5), on: curve, repeats: 4))"), "twice the same")
    }

    @Test func mistakes() {
        #expect(transcript("explain(3)").contains("`result` of `explain`"))
        #expect(transcript("explain(x -> x, on: 3)").contains("`on` of `explain`"))
        #expect(transcript("simplify(x -> x, repeats: 3)").contains("goes with `on: task`"))
        #expect(transcript(Self.inert + "simplify(x -> x, on: curve, tolerance: -1)").contains("`tolerance` of `simplify`"))
    }
}
