import Foundation
import Testing

/// Grammars, tasks and searches as a user writes them.
@Suite struct SearchSessionTests {
    static let grammar = """
        grammar G(x: Tensor) -> Tensor {
            E = x @3 | tanh(E) | sin(E) | E + E | E * E
            limit depth <= 3
        }

        """
    /// The task in a space of 7,565 programs, so that few are drawn twice.
    static let largeTask = task.replacingOccurrences(of: "depth <= 3", with: "depth <= 4")

    static let task = grammar + """
        ## How near to x * tanh(x) a function is at a few points.
        task near(f: G, at: 1) {
            let points = [-2, -1, 0.5, at, 3]
            reward -rmse(f(points), points * tanh(points))
        }

        """

    @Test func grammars() {
        #expect(transcript(SearchSessionTests.grammar, echo: .prompt) == "G: (Tensor) -> Tensor, 61 programs (41 up to swaps), 5 alternatives")
        #expect(transcript(SearchSessionTests.grammar + "let f = sample(G, seed: 4)\nf in G\n(x -> x * tanh(x)) in G\n(z -> z * tanh(z)) in G\n(x -> cos(x)) in G\nsin in G")
            == "true\ntrue\ntrue\nfalse\ntrue")
        #expect(transcript(SearchSessionTests.grammar + "count(G)\nlen(sample(G, 50, seed: 1))\nall(sample(G, 50, seed: 1), f -> depth(f) <= 3)") == "61\n50\ntrue")
        #expect(transcript(SearchSessionTests.grammar + "sample(G, 3, seed: 7)") == transcript(SearchSessionTests.grammar + "sample(G, 3, seed: 7)"))
        #expect(transcript("grammar BatchSize { Size = 8 | 16 | 32 }\nall(sample(BatchSize, 20, seed: 1), b -> b in [8, 16, 32])\n16 in BatchSize\n17 in BatchSize") == "true\ntrue\nfalse")
    }

    /// What is printed reads back to the same program.
    @Test func programsReadBack() {
        let programs = transcript(SearchSessionTests.grammar + "for f in sample(G, 200, seed: 3) { print(f) }").split(separator: "\n")
        #expect(programs.count == 200)
        let again = transcript(SearchSessionTests.grammar + programs.map { "let f = \($0)\nprint(f, f in G)" }.joined(separator: "\n")).split(separator: "\n")
        #expect(again.elementsEqual(programs.map { "\($0) true" }))
    }

    @Test func sharedDraws() {
        let text = """
            grammar S(x: Tensor) -> Tensor { P = let e = Q in e + e ; Q = sin(x) | x^2 }
            for f in sample(S, 20, seed: 2) { print(f(2) == 2 * sin(2) or f(2) == 8) }
            S
            """
        let lines = transcript(text).split(separator: "\n")
        #expect(lines.count == 21 && lines.dropLast().allSatisfy { $0 == "true" } && lines.last == "S: (Tensor) -> Tensor, 2 programs, 3 alternatives")
    }

    @Test func functionsOfGrammars() {
        let text = """
            grammar U(x: Tensor) -> Tensor { E = B(F(x), F(x)) ; F = id | neg | v -> v^3 ; B = add | mul | (a, b) -> a / (b + 1) }
            U
            (x -> -x + x^3) in U
            (x -> x^3 / (-x + 1)) in U
            (x -> id(x) * -x) in U
            """
        #expect(transcript(text) == "U: (Tensor) -> Tensor, 27 programs (21 up to swaps), 7 alternatives\ntrue\ntrue\ntrue")
    }

    @Test func constraints() {
        let text = """
            grammar C(x: Tensor, y: Tensor) -> Tensor {
                E = x | y | 2 | sin(E) | E + E
                limit size in 3..7
                limit count(sin) <= 1
                forbid sin within sin
                require y
            }
            let fs = sample(C, 300, seed: 1)
            all(fs, f -> size(f) >= 3 and size(f) <= 7)
            all(fs, f -> f in C)
            ((x, y) -> sin(x) + y) in C
            ((x, y) -> sin(x) + 2) in C
            ((x, y) -> sin(x) + sin(y)) in C
            """
        #expect(transcript(text) == "true\ntrue\ntrue\nfalse\nfalse")
    }

    @Test func tasksByHand() {
        let found = transcript(SearchSessionTests.task + "near(x -> x * tanh(x)).reward\nnear(sin, at: 2).reward < 0\nnear(x -> x).status\nnear(f: tanh).program", echo: .script)
        #expect(found == "0\ntrue\n\"ok\"\ntanh" || found == "-0\ntrue\n\"ok\"\ntanh")
        #expect(transcript(SearchSessionTests.grammar + "task bad(f: G) { reward log(-1) }\nlet t = bad(tanh)\nprint(t.status, t.reason)") == "diverged the reward is nan")
        #expect(transcript(SearchSessionTests.task + "help(near)") == "How near to x * tanh(x) a function is at a few points.\ntask near(f: G, at?)")
    }

    @Test func randomNumbersOfATaskDependOnTheSeedAlone() {
        let text = SearchSessionTests.grammar + """
            task noisy(f: G) { reward sum(uniform(-1, 1, count: 3)) + 0 * f(1) }
            let a = noisy(tanh).reward
            let b = noisy(sin).reward
            print(a == b, noisy(sin, seed: 1).reward == a)
            """
        #expect(transcript(text) == "true false")
    }

    @Test func searchesAreTheSameWithOneWorkerAndTwo() {
        let text = SearchSessionTests.task + """
            let run = search(near, with: reinforce(), trials: 120, seed: 3)
            for t in run.trials { print(t.number, t.reward, t.program) }
            print(run.best.program, run.best.reward, len(run.trials), run.ending)
            for t in run.top(3) { print(t.program) }
            """
        let one = transcript(text, workers: 1)
        #expect(one == transcript(text, workers: 2))
        #expect(one == transcript(text, workers: 3))
        #expect(one.contains("\n120 ") || one.contains("exhausted"))
        #expect(one != transcript(text.replacing("seed: 3", with: "seed: 4"), workers: 1))
    }

    @Test func aSearchFindsTheBestOfASmallSpace() {
        #expect(transcript(SearchSessionTests.task + "let run = search(near, with: random(), trials: 2000, seed: 1)\nrun.best.reward > -1e-9").hasSuffix("true"))
    }

    @Test func failedTrialsAreRecorded() {
        let text = SearchSessionTests.grammar + """
            task half(f: G) { reward if size(f) > 2 then log(-1) else -size(f) }
            let run = search(half, with: random(), trials: 60, seed: 1)
            let failed = filter(run.trials, t -> t.status == "diverged")
            print(len(failed) > 0, all(failed, t -> t.reward == none), first(failed).reason)
            print(run.best.reward)
            """
        #expect(transcript(text) == "true true the reward is nan\n-1")
    }

    /// A mistake in the task itself stops the search at once and is shown where it stands.
    @Test func aTaskThatCannotWorkIsNotSearched() {
        let text = SearchSessionTests.grammar + "task broken(f: G) {\n    reward nonsense(f)\n}\nlet run = search(broken, trials: 100)\n"
        #expect(transcript(text, "1 + 1") == """
            error[N0301]: there is nothing called `nonsense`
              --> test.nasl:6:12
              |
            6 |     reward nonsense(f)
              |            ^^^^^^^^ not known here
              = help: every trial so far met this, so the search was not begun
            2
            """)
    }

    @Test func comparisons() {
        let text = SearchSessionTests.task + """
            let c = compare(near, [tanh, x -> x * tanh(x)], repeats: 3)
            print(map(c.rows, r -> r.mean < -0.1))
            print(map(c.rows, r -> r.name))
            """
        #expect(transcript(text) == "[true, false]\n[\"tanh\", \"x -> x * tanh(x)\"]")
    }

    @Test func aLongTableShowsBothEnds() {
        let text = """
            grammar A { N = int(1..100) }
            task t(n: A) { reward n }
            let run = search(t, with: exhaustive, trials: 100, seed: 1)
            run.trials
            """
        let lines = transcript(text).split(separator: "\n")
        guard lines.count == 42 else { return _ = Issue.record("\(lines)") }
        #expect(lines[0].split(separator: " ") == ["trial", "reward", "program"])
        #expect([lines[1], lines[20], lines[22], lines[41]].map { $0.split(separator: " ").first } == ["1", "20", "81", "100"])
        #expect(lines[21] == "  ... 100 in all")
    }

    @Test func childrenOnRealData() {
        let text = """
            grammar A(x: Tensor) -> Tensor { E = relu(x) | tanh(x) | x * sigmoid(param(1) * x) }
            task digits_soon(f: A) {
                let fit = train(mlp([32, 10], activation: f), digits, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 150)
                reward -fit.validation.loss
            }
            let run = search(digits_soon, trials: 12, seed: 1)
            print(all(run.trials, t -> t.reward > -1 and t.reward < 0), run.ending)
            let t = digits_soon(tanh)
            print(t.metrics.accuracy > 0.8, t.reward == digits_soon(tanh).reward)
            """
        #expect(transcript(text, workers: 2).hasPrefix("true "))
        #expect(transcript(text, workers: 1).hasSuffix("true true"))
    }
}
