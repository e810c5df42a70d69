import Foundation
import NaslSession
import Synchronization
import Testing

/// `hyperband(...)` as a user meets it.
@Suite struct RungSessionTests {
    private static let grammar = """
        grammar G(x: Tensor) -> Tensor {
            E = x @3 | tanh(E) | sin(E) | -E | E + E | E * E
            limit depth <= 3
        }

        """
    /// More steps earn more.
    private static let task = grammar + """
        task earns(f: G, steps: 450) {
            let points = [-2, -1, 0, 1.5]
            reward -rmse(f(points), [1, 2, 3, 4]) - 1 / steps
        }

        """

    /// Brackets of 9, 3, 1; 5, 1; 3 with the budgets 50, 150, 450.
    @Test func budgetsOfTheTrials() {
        let text = """
            grammar N { R = real(0..1) }
            task earns(n: N, steps: 450) { reward -abs(n - 0.3) - 1 / steps }
            let run = search(earns, with: hyperband(random(), over: "steps", from: 50), trials: 22, seed: 1)
            map(run.trials, t -> t.budget)
            run.spent
            run.best.budget
            run.best.reward == earns(run.best.program).reward
            run.trials[0].reward == earns(run.trials[0], steps: 50).reward
            len(filter(run.top(20), t -> t.budget != 450))
            explain(run).rungs[0].promoted
            map(explain(run).rungs, r -> r.trials)
            let short = search(earns, with: hyperband(random(), from: 50, to: 150), trials: 5, seed: 1)
            short.trials[4].budget
            run
            """
        let lines = transcript(text).split(separator: "\n").map(String.init)
        #expect(lines[0] == "[50, 50, 50, 50, 50, 50, 50, 50, 50, 150, 150, 150, 450, 150, 150, 150, 150, 150, 450, 450, 450, 450]", "\(lines)")
        #expect(lines[1].hasPrefix("8.66") && lines[2] == "450" && lines[3] == "true" && lines[4] == "true" && lines[5] == "0", "\(lines)")
        #expect(lines.contains { $0.contains("22 trials at the cost of 8.667 with steps 450") }, "\(lines)")
    }

    @Test func sameTranscriptWithOneWorkerOrMany() {
        let text = Self.task + """
            let run = search(earns, with: hyperband(evolution(), over: "steps", from: 50, eta: 3), trials: 60, seed: 3)
            run.proposals
            map(run.trials, t -> [t.number, t.budget, t.reward])
            run.top(3)
            """
        let first = transcript(text)
        #expect(first == transcript([text], workers: 3) && first.contains("budget") && !first.contains("error"))
    }

    /// In the rounds of a bracket, with a store, in sessions of their own.
    @Test func keptAndResumed() throws {
        let folder = NSTemporaryDirectory() + "nasl-rungs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func session(_ text: String) -> String {
            let lines = Mutex<[String]>([])
            onLargeStack {
                var options = SessionOptions()
                options.store = folder + "/runs.sqlite"
                do {
                    let session = try Session(options, SessionFaces { line in lines.withLock { $0.append(line) } })
                    session.evaluate(text, name: "test.nasl")
                } catch {
                    lines.withLock { $0.append("\(error)") }
                }
            }
            return lines.withLock { $0.joined(separator: "\n") }
        }
        let search = "search(earns, with: hyperband(evolution(), from: 50), trials: TRIALS, seed: 3, save: \"NAME\")"
        func call(_ trials: Int, _ name: String) -> String { search.replacingOccurrences(of: "TRIALS", with: "\(trials)").replacingOccurrences(of: "NAME", with: name) }
        let shown = "\nmap(run.trials, t -> [t.budget, t.reward])\nrun.top(3)\nrun.spent\nrun.best"
        let whole = session(Self.task + "let run = " + call(50, "whole") + shown)
        _ = session(Self.task + call(11, "parts"))
        _ = session("resume(\"parts\", trials: 12)")
        _ = session(Self.task + call(27, "parts"))
        let parts = session("let run = resume(\"parts\", trials: 50)" + shown)
        func results(_ text: String) -> [String] { text.split(separator: "\n").filter { !$0.hasPrefix("note") && !$0.contains(" s") }.map(String.init) }
        #expect(results(parts) == results(whole) && results(whole).count > 2, "\(parts)\n\(whole)")
        let kept = session("let run = runs(\"whole\")\nrun.spent\nrun.best.budget\nexplain(run).rungs[0].budget\nrun")
        #expect(kept.contains("450\n50\n") && kept.contains("with steps 450"), "\(kept)")
        let other = session(Self.task.replacingOccurrences(of: "450", with: "900") + call(50, "whole"))
        #expect(other.contains("of another definition of the task"))
        let report = session("report(runs(\"whole\"), to: \"\(folder)/report.md\")")
        let page = try String(contentsOfFile: folder + "/report.md", encoding: .utf8)
        #expect(page.contains("Rungs: small budgets first") && page.contains("from 50, to 450, eta 3") && page.contains("population 50"), "\(report)\n\(page)")
        // Another method begins with what those of the full budget say.
        #expect(!session(Self.task + "let run = search(earns, with: evolution(), trials: 20, from: \"whole\")\nlen(run.trials)").contains("error"))
    }

    /// Small budgets turn the order around, and it is said.
    @Test func aPoorRungIsTold() {
        let text = Self.grammar + """
            task turned(f: G, steps: 450) { reward if steps > 100 then f(0.5) else -f(0.5) }
            let run = search(turned, with: hyperband(random(), from: 50, batch: 60), trials: 120, seed: 1)
            explain(run).rungs[0].correlation < 0
            explain(run)
            """
        let found = transcript(text)
        #expect(found.hasPrefix("true\n") && found.contains("50 says little about 150: the rank correlation is -"), "\(found)")
        let good = transcript(Self.task + "explain(search(earns, with: hyperband(random(), from: 50, batch: 60), trials: 120, seed: 1))")
        #expect(!good.contains("says little") && good.contains("Rungs"), "\(good)")
    }

    /// A human design is tuned by the method of the study, budgets and all.
    @Test func studies() {
        let text = """
            grammar N(x: Tensor) -> Tensor { E = x | sin(x) | x * R ; R = 0.5 | 1 | 2 | 4 }
            grammar Scaled(x: Tensor) -> Tensor { E = x * R ; R = 0.5 | 1 | 2 | 4 }
            task near(f: N, steps: 9) { reward -abs(f(1) - 2) - 1 / steps }
            let s = study(near, with: [hyperband(random(), from: 1), random()], trials: 20, seeds: 2, baselines: [sin, Scaled], repeats: 2)
            print(s)
            """
        let found = transcript(text)
        #expect(found.contains("hyperband(random(), from: 1)") && !found.contains("error"), "\(found)")
    }

    @Test(arguments: [
        ("hyperband(random(), over: \"stesp\", from: 50)", "`earns` has no setting `stesp`", "did you mean `steps`?"),
        ("hyperband(random(), over: \"f\", from: 50)", "`f` is what `earns` searches, so it cannot be its budget", ""),
        ("hyperband(random(), over: 3)", "`over` of `hyperband` should be a text, but it is a number", ""),
        ("hyperband(random(), from: 450)", "`from` of `hyperband` should be below the full budget of 450 for `steps`, but it is 450", ""),
        ("hyperband(random(), from: 200)", "there is no rung between `from: 200` and the full budget of 450 for `steps`", "with `eta: 3` the smallest budget can be 150 at most"),
        ("hyperband(random(), from: 0)", "`from` of `hyperband` should be positive, but it is 0", ""),
        ("hyperband(random(), from: \"a\")", "`from` of `hyperband` should be a number, but it is a text", ""),
        ("hyperband(random(), from: 1 / 0)", "`from` of `hyperband` should be positive, but it is inf", ""),
        ("hyperband(random(), to: -1)", "`to` of `hyperband` should be positive, but it is -1", ""),
        ("hyperband(random(), eta: 1.5)", "`eta` of `hyperband` should be from 2 to 1000, but it is 1.5", ""),
        ("hyperband(random(), from: 50, brackets: 4)", "`brackets` of `hyperband` should be at most 3, the number of its rungs, but it is 4", ""),
        ("hyperband(hyperband(random()))", "`hyperband` goes around a method without rungs, but this one is `hyperband(random())`", ""),
        ("hyperband(3)", "`method` of `hyperband` should be a search method, such as `evolution()`, but it is a number", ""),
        ("growing(hyperband(random()))", "`hyperband(random())` cannot stand inside of `growing`", "hyperband(growing(...), ...)"),
        ("growing(exhaustive())", "goes around a method that draws programs of any depth, but this one is `exhaustive()`", "growing"),
        ("growing(evolution(), depth: 0)", "depth", "growing"),
        ("adaptive(members: [random(), hyperband(random())])", "`hyperband(random())` cannot be a member of `adaptive`: its rewards are of several budgets", "hyperband(adaptive(members: [...]), ...)"),
        ("hyperband(random()), repeats: 3", "`repeats:` does not go with `hyperband`", "compare(earns, run.top(5), repeats: 3)"),
        ("hyperband(random()), racing: true", "`racing:` does not go with `hyperband`", ""),
    ]) func mistakes(_ method: String, _ title: String, _ help: String) {
        let found = transcript(Self.task + "search(earns, with: \(method), trials: 20)", "6 * 7")
        #expect(found.hasPrefix("error[N03") && found.contains(title) && (help.isEmpty || found.contains(help)) && found.hasSuffix("\n42"), "\(found)")
    }

    @Test(arguments: [
        ("task t(f: G) { reward f(1) }", "hyperband(random())", "`t` has no setting that could be the budget of `hyperband`", "write it with a default: `task t(f: G, steps: 450) { ... }`"),
        ("task t(f: G) { reward f(1) }", "hyperband(random(), over: \"epochs\")", "`t` has no setting `epochs`", "task t(f: G, epochs: 450)"),
        ("task t(f: G, a: 9, b: 9) { reward f(1) }", "hyperband(random())", "which of `a`, `b` is the budget of `t`?", "say it with `over: \"a\"`"),
        ("task t(f: G, a: \"x\") { reward f(1) }", "hyperband(random())", "the default of `a`, the budget of `t`, should be a number, but it is a text", ""),
        ("task t(f: G, a: -9) { reward f(1) }", "hyperband(random())", "the default of `a`, the budget of `t`, should be positive, but it is -9", ""),
        ("task t(f: G, a: size(f)) { reward f(1) }", "hyperband(random())", "`f`", "a budget of `hyperband` needs a default that is the same for all candidates, or `to:`"),
        ("task t(f: G, a: 1) { reward f(1) }", "hyperband(random())", "there is no rung between `from: 1` and the full budget of 1 for `a`", ""),
    ]) func mistakesOfTasks(_ task: String, _ method: String, _ title: String, _ help: String) {
        let found = transcript(Self.grammar + task + "\nsearch(t, with: \(method), trials: 20)", "6 * 7")
        #expect(found.hasPrefix("error[N03") && found.contains(title) && (help.isEmpty || found.contains(help)) && found.hasSuffix("\n42"), "\(found)")
    }

    @Test func writtenAsItWasGiven() {
        #expect(transcript("hyperband") .contains("hyperband"))
        #expect(transcript("hyperband()") == "hyperband(adaptive())")
        #expect(transcript("hyperband(evolution(population: 100), over: \"steps\", from: 50, eta: 3, brackets: 1)") == "hyperband(evolution(population: 100), over: \"steps\", from: 50, eta: 3, brackets: 1)")
        #expect(transcript(Self.task + "let run = search(earns, with: hyperband, trials: 30, seed: 1)\nlen(run.trials)").hasSuffix("30"))
    }
}
