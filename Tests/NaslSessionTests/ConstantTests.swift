import Foundation
import NaslSession
import Synchronization
import Testing

/// `const`: fitted in every trial, shown as a number, kept with the trial.
@Suite struct ConstantTests {
    private static let grammar = """
        grammar C(x: Tensor) -> Tensor {
            E = x @3 | const | E + E | E * E | sin(E)
            limit size <= 7
            limit count(const) <= 2
        }

        """
    private static let task = grammar + """
        task fits(f: C) {
            let x = uniform(-1, 1, count: 20)
            reward 1 / (1 + nrmse(f(x), 2.5 * x - 0.75))
        }
        fn tried(run) = map(run.trials, t -> [t.program(0.5), t.reward])

        """

    @Test func oneTrialByHand() {
        let text = Self.task + """
            let f = derive(C, [2, 3, 0, 1, 1])
            f
            let t = fits(f)
            rounded(t.program)
            t.reward > 0.9999999
            t.metrics.inner_evaluations > 3
            fits(t.program).reward == t.reward
            fits(x -> 2.5 * x - 0.75).reward
            fits(f, seed: 4).reward > 0.9999999
            """
        let lines = transcript(text).split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("x -> x * const + const") == true, "\(lines)")
        #expect(lines.dropFirst().first == "x -> x * 2.5 + -0.75", "\(lines)")
        #expect(Array(lines.dropFirst(2)) == ["true", "true", "true", "1", "true"], "\(lines)")
    }

    /// By the sum over a list, by single numbers, by a fold, in a record of two programs.
    @Test func waysToAReward() {
        let rewards = [
            "-mean([0, 1, 2], x -> square(f(x) - (3 * x + 1)))", "-mean(square(f([0, 1, 2]) - [1, 4, 7]))", "-sum(map([0, 1, 2], x -> square(f(x) - (3 * x + 1))))",
            "-fold([0, 1, 2], 0, (sum, x) -> sum + square(f(x) - (3 * x + 1)))", "-square(f(0) - 1) - square(f(1) - 4)", "r2(f(0..2), [1, 4, 7]) - 1",
            "-rmse(f(tensor([[0, 1, 2], [3, 4, 5]])), tensor([[1, 4, 7], [10, 13, 16]]))", "-len(f(0..2)) + 3 - square(f(0) - 1) - square(f(1) - 4)",
        ]
        for reward in rewards {
            let text = Self.grammar + "task t(f: C) { reward \(reward) }\nlet u = t(derive(C, [2, 3, 0, 1, 1]))\nu.reward > -1e-9\nrounded(u.program, digits: 4)"
            #expect(transcript(text) == "true\nx -> x * 3 + 1", "\(reward)")
        }
        let two = Self.grammar + """
            task both(f: C, g: C) { minimize size(f); reward -square(f(1) - 2) - square(g(1) - 3) - square(f(0) - 1) }
            let u = both(derive(C, [2, 3, 0, 1, 1]), derive(C, [3, 1, 0]))
            rounded(u.program.f, digits: 4)
            rounded(u.program.g, digits: 4)
            u.costs.size
            """
        #expect(transcript(two) == "x -> x * 1 + 1\nx -> 3 * x\n5")
    }

    @Test func aRunShowsWhatWasFitted() {
        let text = Self.task + """
            let run = search(fits, with: evolution(), trials: 400, seed: 2, goal: 0.999999)
            rounded(run.best.program)(2)
            run.best.program in C
            (x -> 2.25 * x + 17) in C
            (x -> 2.25 * x + 17 * x + 3) in C
            log_prob(C, x -> 2.25 * x) == log_prob(C, derive(C, [3, 1, 0]))
            run.best.program(2) == run.top(3)[0].program(2)
            """
        #expect(transcript(text) == "4.25\ntrue\ntrue\nfalse\ntrue\ntrue")
        let shown = transcript(Self.task + "print(search(fits, with: evolution(), trials: 400, seed: 2, goal: 0.999999))")
        #expect(!shown.contains("const") && shown.contains("inner evaluations"), "\(shown)")
    }

    @Test func sameTranscriptWithOneWorkerOrMany() {
        let text = Self.task + "let run = search(fits, with: evolution(), trials: 120, seed: 5)\ntried(run)"
        #expect(transcript(text) == transcript([text], workers: 3))
    }

    /// A stored trial has its constants, and a run that goes on is the unbroken one.
    @Test func storedAndTakenUpAgain() {
        let path = NSTemporaryDirectory() + "nasl-constants-\(UUID().uuidString).sqlite"
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        func session(_ text: String) -> String {
            let lines = Mutex<[String]>([])
            onLargeStack {
                var options = SessionOptions()
                options.store = path
                do {
                    let session = try Session(options, SessionFaces { line in lines.withLock { $0.append(line) } })
                    session.evaluate(text, name: "test.nasl")
                } catch {
                    lines.withLock { $0.append("\(error)") }
                }
            }
            return lines.withLock { $0.joined(separator: "\n") }
        }
        func search(_ name: String, _ trials: Int) -> String { Self.task + "let run = search(fits, with: evolution(), trials: \(trials), seed: 5, save: \"\(name)\")\n" }
        let shown = "map(run.trials, t -> [t.program(0.5), t.reward])\nrun.top(2)"
        let whole = session(search("whole", 160) + shown)
        #expect(session(search("broken", 80)).isEmpty)
        let taken = session("let run = resume(\"broken\", trials: 160)\n" + shown)
        #expect(taken.hasSuffix(whole) && !whole.isEmpty && !whole.contains("error"), "\(taken)")
        #expect(session("let run = runs(\"whole\")\n" + shown) == whole)
    }

    @Test func whatCannotBeFitted() {
        let net = transcript(Self.grammar + "task t(f: C) { let net = mlp([4, 10], activation: f); reward -train(net, digits, epochs: 1).validation.loss }\nt(derive(C, [3, 1, 0]))")
        #expect(net.contains("error[N0326]") && net.contains("param(1.0)"), "\(net)")
        // The task's own mistakes stay what they are.
        #expect(transcript(Self.grammar + "task t(f: C) { reward f(1) + [1, 2] }\nt(derive(C, [3, 1, 0]))").contains("error[N0304]"))
        let search = transcript(Self.grammar + "task t(f: C) { reward if f(1) > 2 then 1 else 0 }\nsearch(t, with: random(), trials: 60)")
        #expect(search.contains("60 trials") && search.contains("of them failed"), "\(search)")
        // Programs without constants need no derivative.
        #expect(transcript(Self.grammar + "task t(f: C) { reward if f(1) > 2 then 1 else 0 }\nt(x -> x).reward") == "0")
    }

    @Test func rounding() {
        #expect(transcript("rounded(2.4999999999997)\nrounded(x -> 0.1234567 * x + 1e-12, digits: 3)\nrounded(-0.5)\nrounded(0)\nrounded(123456.7, digits: 2)\nrounded(1e300)")
            == "2.5\nx -> 0.123 * x + 1e-12\n-0.5\n0\n120000\n1e300")
    }
}
