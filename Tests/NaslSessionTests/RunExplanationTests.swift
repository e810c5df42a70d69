import Foundation
import NaslLanguage
import NaslSession
import Synchronization
import Testing

/// `explain(run)`, `overview` and `report` as a user meets them; `Tests/report/pages.py` looks at the pages.
@Suite struct RunExplanationTests {
    private static let task = """
        grammar Pair { P = (a: A, b: B, n: N) ; A = 1 | 2 | 3 | 4 ; B = 1 | 2 | 3 | 4 ; N = int(1..1000) }
        task adds(p: Pair) { reward if p.b == 4 then [1][p.a] else 10 * p.a + p.b }

        """

    private func lines(_ text: String) -> [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

    @Test func whatDecidesComesFirst() {
        let text = transcript(RunExplanationTests.task + """
            let run = search(adds, with: random(), trials: 400, seed: 1);
            let e = explain(run)
            e.effects[0].draw
            e.effects[0].share > 0.95
            map(e.effects[0].levels, level -> level.level)
            e.fidelity > 0.95
            e.failures[0].reason
            e.failures[0].trials > 50
            e.best_so_far[len(e.best_so_far) - 1].reward
            e.families[0].program.a
            e.front[0].reward
            e.time[0].status
            e.workers[0].worker
            e.events
            """)
        let expected = ["\"A\"", "true", "[\"1\", \"2\", \"3\", \"4\"]", "true", "\"there is no element 1\"", "true", "43", "4", "43", "\"ok\"", "1", "[]"]
        let found = Array(lines(text).suffix(expected.count))
        let reasons = found.filter { $0.hasPrefix("\"there is no element") }
        #expect(found.filter { !reasons.contains($0) } == expected.filter { !$0.hasPrefix("\"there") } && reasons.count == 1, "\(text)")
    }

    @Test(arguments: [1, 5, 30]) func smallRuns(trials: Int) {
        let text = transcript(RunExplanationTests.task + "task sums(p: Pair) { reward p.a + p.b }\nexplain(search(sums, with: random(), trials: \(trials), seed: 3))")
        #expect(!text.contains("error[") && text.contains("\nWhat mattered\n") && text.contains("Trials, failures, time"), "\(text)")
        #expect(trials >= 20 || text.contains("The trials do not tell"))
    }

    /// Policies that begin anew, once cycles have brought nothing better.
    @Test func policiesThatBeginAnew() {
        let lines = transcript("""
            grammar G(x: Tensor) -> Tensor { E = x | sin(E) | E + E | E * E ; limit depth <= 5 }
            task near(f: G) { reward -rmse(f([0, 1, 2]), [0, 1, 5]) }
            fn restarts(patience) = explain(search(near, with: neural_guided(batch: 10, generations: 2, patience: patience), trials: 600, seed: 1))
            let e = restarts(1)
            len(e.restarts) > 2 and e.restarts[0].proposals % 30 == 0
            e.restarts[1].proposals - e.restarts[0].proposals >= 60
            len(restarts(0).restarts)
            print(e)
            """)
        #expect(lines.hasPrefix("true\ntrue\n0\n") && lines.contains("When the policy began anew") && lines.contains("proposals, where its cycles had brought nothing better"), "\(lines)")
    }

    @Test func changesOfSharesAreShown() {
        let text = transcript(RunExplanationTests.task + """
            let run = search(adds, with: adaptive(members: [evolution(), evolution(batch: 5), random()]), trials: 300, seed: 1);
            let e = explain(run)
            print(e)
            e.shares[0].trial
            abs(e.shares[0].evolution_2 - 1 / 3) < 1e-9
            e.shares[-1].trial > 0
            abs(e.shares[-1].evolution + e.shares[-1].evolution_2 + e.shares[-1].random - 1) < 1e-9
            print(explain(search(adds, with: random(), trials: 30, seed: 1)).shares)
            """)
        #expect(text.contains("\nHow the trials were shared\n") && text.contains("evolution(batch: 5)"), "\(text)")
        #expect(text.hasSuffix("0\ntrue\ntrue\ntrue\nnone"), "\(text)")
    }

    @Test func allTrialsFail() {
        let text = transcript("grammar G { N = int(1..50) }\ntask t(n: G) { reward if n == 200 then 1 else 1 / (n - n) }\nexplain(search(t, with: random(), trials: 30, seed: 1))")
        #expect(text.contains("no trial has a reward") && text.contains("30 trials failed") && text.contains("There are no finds."), "\(text)")
    }

    @Test(arguments: [20, 40, 61, 100]) func itFitsTheWidth(width: Int) throws {
        let text = try shown(RunExplanationTests.task + "let run = search(adds, with: ppo(batch: 10), trials: 100, seed: 1);\nexplain(run)\noverview(adds)", width: width)
        for line in lines(text) { #expect(line.reduce(0) { $0 + displayWidth($1) } <= width, "\(line)") }
        #expect(text.contains("Result"))
    }

    private func shown(_ text: String, width: Int) throws -> String {
        let shown = Mutex("")
        onLargeStack {
            var options = SessionOptions()
            options.width = width
            guard let session = try? Session(options, SessionFaces({ line in shown.withLock { $0 += line + "\n" } }, report: { _ in })) else { return }
            session.evaluate(text, name: "test.nasl")
        }
        return shown.withLock { $0 }
    }

    @Test func twiceTheSameText() {
        let script = RunExplanationTests.task + "let run = search(adds, with: evolution(), trials: 200, seed: 2);\nexplain(run)\nprint(\"---\")\nexplain(run)"
        let parts = transcript(script).components(separatedBy: "\n---\n")
        #expect(parts.count == 2 && parts[0].hasSuffix(parts[1]) && parts[1].count > 1000)
    }

    @Test func theLearnedAlternativesAreNamed() {
        let text = transcript(RunExplanationTests.task + """
            let run = search(adds, with: reinforce(lr: 0.05), trials: 600, seed: 1);
            let e = explain(run)
            e.proposals[0].rule
            e.proposals[0].alternative
            e.proposals[0].taken > 0.5
            explain(search(adds, with: random(), trials: 600, seed: 1)).proposals
            """)
        #expect(text.hasSuffix("\"A\"\n\"4\"\ntrue\n[]"), "\(text)")
    }

    @Test func randomRunsBesideIt() {
        let text = transcript(RunExplanationTests.task + """
            let run = search(adds, with: ppo(batch: 10), trials: 60, seed: 1);
            explain(run).best_so_far[6].random == none
            explain(run, beside: search(adds, with: random(), trials: 60, seed: 2)).best_so_far[6].random > 40
            """, "explain(run, beside: run)", "explain(adds)", "overview(run, with: ppo())")
        #expect(text.hasPrefix("true\ntrue\n"), "\(text)")
        #expect(text.contains("`beside:` takes a run by `random`, but this one is by `ppo`") && text.contains("`result` of `explain` should be"))
        #expect(text.contains("a run has its own method"))
    }

    @Test func theLoopHasTheUsersNames() {
        let text = transcript("""
            grammar Act(x: Tensor) -> Tensor { E = x | tanh(E) ; limit depth <= 3 }
            grammar Rate { R = 0.1 | 0.01 }
            task learns(f: Act, rate: Rate) {
                minimize size(f)
                let net = mlp([8, 10], activation: f)
                let fit = train(net, digits, loss: cross_entropy, optimizer: adam(lr: rate), batch: 32, steps: 5)
                reward fit.validation.accuracy
            }
            overview(learns, with: evolution())
            """)
        for part in ["sample f: Act and rate: Rate with probability p", "a population", "evolution", "the task learns", "on digits", "reward R", "size minimized", "become parents"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test func filesAreRefusedBeforeTheyAreWritten() {
        let text = transcript(RunExplanationTests.task + """
            let run = search(adds, with: random(), trials: 3);
            report(run, to: "run.pdf")
            """, RunExplanationTests.task + "let run = search(adds, with: random(), trials: 3);\nreport(run, to: \"a.html\", beside: 3)",
            RunExplanationTests.task + "report(adds, to: \"a.html\")", RunExplanationTests.task + "overview(adds, to: \"a.png\")")
        #expect(text.contains("`report` writes .html, .md and .tex, and `run.pdf` ends in none of them") && text.contains("what is set beside a run should be a run or a comparison"))
        #expect(text.contains("`run` of `report` should be a run") && text.contains("`overview` writes SVG pictures"))
    }

    @Test func aPlotIsWrittenForVegaLite() throws {
        let folder = NSTemporaryDirectory() + "nasl-vega-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let things = ["sin, x -> 1 / x", "[1, 2, 3]", "(a: 1, b: -2)", "[[1, 2], [3, 4]]"]
        for (number, thing) in things.enumerated() {
            let path = "\(folder)/\(number).vl.json"
            #expect(transcript("plot(\(thing), title: \"a \\\"b\\\"\", to: \"\(path)\")").hasPrefix("wrote"))
            let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
            let root = try #require(object as? [String: Any])
            let data = try #require((root["data"] as? [String: Any])?["values"] as? [[String: Any]])
            #expect(!data.isEmpty && (root["title"] as? [String: Any])?["text"] as? String == "a \"b\"" && root["$schema"] != nil)
        }
    }
}

/// `transfer(run, to: task)`.
@Suite struct TransferSessionTests {
    private static let script = """
        grammar Pair { P = (a: A, b: B, n: N) ; A = 1 | 2 | 3 | 4 ; B = 1 | 2 | 3 | 4 ; N = int(1..1000) }
        grammar Triple { P = (a: A, b: B, c: C) ; A = 1 | 2 | 3 | 4 | 5 ; B = 1 | 2 | 3 | 4 ; C = int(1..1000) }
        task two(p: Pair) { reward p.a + p.b }
        task three(p: Triple) { reward p.a + p.b }
        let run = search(two, with: reinforce(lr: 0.05), trials: 600, seed: 1);

        """

    @Test func itSaysWhatIsKeptAndBeginsBetter() {
        let text = transcript(TransferSessionTests.script + """
            transfer(run, to: three)
            let begun = search(three, with: transfer(run, to: three), trials: 20, seed: 2);
            let fresh = search(three, with: reinforce(), trials: 20, seed: 2);
            mean(map(begun.trials, t -> t.reward)) > mean(map(fresh.trials, t -> t.reward)) + 1
            search(three, with: transfer(run, to: three), trials: 20, seed: 2).trials[7].program == begun.trials[7].program
            """)
        #expect(text.contains("transfer(run, to: three)\n  kept: the recurrent weights, and what is known of `A` (4 of 5 alternatives), `B` (4 of 4 alternatives), "), "\(text)")
        #expect(text.contains("\n  begun anew: `P`, `C`"), "\(text)")
        #expect(text.hasSuffix("true\ntrue"), "\(text)")
    }

    /// A run by a method that shares its trials has the policies of its members.
    @Test func membersTransferToo() {
        let text = transcript(TransferSessionTests.script + """
            let shared = search(two, with: adaptive(members: [evolution(), neural_guided(batch: 10), priority_queue()]), trials: 60, seed: 1);
            transfer(shared, to: three)
            let begun = search(three, with: transfer(shared, to: three), trials: 40, seed: 2);
            let anew = search(three, with: adaptive(members: [evolution(), neural_guided(batch: 10), priority_queue()]), trials: 40, seed: 2);
            begun.trials == anew.trials
            map(begun.trials, t -> t.program) == map(search(three, with: transfer(shared, to: three), trials: 40, seed: 2).trials, t -> t.program)
            """)
        #expect(text.contains("transfer(run, to: three)\n  kept: the recurrent weights, and what is known of `A`"), "\(text)")
        #expect(text.hasSuffix("false\ntrue"), "\(text)")
    }

    @Test func whatCannotBeTransferredIsRefused() {
        let text = transcript(TransferSessionTests.script + "transfer(search(two, with: random(), trials: 5), to: three)",
                              "grammar Other { Q = 1 | 2 }\ntask other(q: Other) { reward q }\n" + TransferSessionTests.script + "transfer(run, to: other)",
                              TransferSessionTests.script + "transfer(run, to: Pair)", TransferSessionTests.script + "search(three, with: transfer(run, to: three), trials: 5, save: \"x\")")
        for part in ["a run by `random` has no policy that could be transferred", "have no rule in common", "`to` of `transfer` should be a task", "for the run it begins with is in no store"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }
}
