import Foundation
import NaslSession
import Synchronization
import Testing

/// `save:`, `resume`, `runs` and `from:` as a user meets them.
@Suite struct StoringTests {
    private static let task = SearchSessionTests.largeTask

    /// What a session with a store in `folder` writes; each text is a session of its own, as after a new start.
    private func sessions(_ path: String, _ texts: String...) -> [String] {
        texts.map { text in
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
    }

    private func temporary(_ body: (String) throws -> Void) rethrows {
        let folder = NSTemporaryDirectory() + "nasl-storing-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/runs.sqlite")
    }

    @Test func aSavedRunComesBack() {
        temporary { path in
            let found = sessions(
                path, StoringTests.task + "let run = search(near, with: ppo(batch: 10), trials: 40, seed: 3, save: \"first\")\nrun.top(3)\nrun.name",
                "runs(\"first\").top(3)\nlen(runs(\"first\").trials)\nruns(\"first\").ending\nruns(\"first\").best.program(1) == runs(\"first\").top(1)[0].program(1)",
                "let run = resume(\"first\")\nlog_prob(run, tanh) == log_prob(runs(\"first\"), tanh)\nrun.top(3)",
                "let run = resume(\"first\", trials: 60)\nlen(run.trials)\nrun.ending",
                StoringTests.task + "let run = search(near, with: ppo(batch: 10), trials: 60, seed: 3, save: \"first\")\nlen(run.trials)",
                "runs()")
            let top = found[0].split(separator: "\n").filter { $0.hasPrefix("  ") }.joined(separator: "\n")
            #expect(top.split(separator: "\n").count == 4 && found[0].hasSuffix("\n\"first\""))
            #expect(found[1] == "\(top)\n40\n\"finished\"\ntrue")
            #expect(found[2] == "true\n\(top)")
            #expect(found[3].hasPrefix("note: `first` goes on after trial 40 of 60\n") && found[3].hasSuffix("\n60\n\"all trials are done\""))
            #expect(found[4] == "60")
            #expect(found[5].contains("first") && found[5].contains("near") && found[5].contains("finished") && found[5].split(separator: "\n").count == 2)
        }
    }

    /// A study keeps its searches and tunings as runs, and the same call comes to the same tables from them.
    @Test func studiesAreKept() {
        temporary { path in
            let script = StudyTests.problem + StudyTests.call.replacingOccurrences(of: "repeats: 6)", with: "repeats: 6, save: \"try\")") + "print(s)"
            let found = sessions(
                path, script, script, "print(map(runs(), r -> r.name))\nlen(runs(\"try/sin/ppo()\").trials)\nruns(\"try/sin/ppo()\").top(1)[0].program in [0.5, 1, 2, 4]\nruns(\"try/ppo()/2\").seed\nruns(\"try/ppo()/2\").task\nruns(\"try/ppo()/2\").method",
                StudyTests.problem + StudyTests.call.replacingOccurrences(of: "trials: 80", with: "trials: 20") + "print(map(runs(), r -> r.name)[-1])")
            #expect(found[0].contains("study of near") && found[1].hasSuffix(found[0]))
            #expect(found[2].hasPrefix("[\"try/sin/ppo()\", \"try/f: tanh/ppo()\", \"try/ppo()/1\", \"try/ppo()/2\", \"try/random()/1\", \"try/random()/2\"]\n"))
            #expect(found[2].hasSuffix("\ntrue\n2\n\"near\"\n\"ppo\""))
            // Where everything is kept, a study is, under its task's name.
            #expect(found[3] == "near/random()/2")
        }
    }

    /// All that a task needs is kept: functions, values, drawn programs, random tensors, other tasks, what is bound anew later.
    @Test func theWholeTaskIsKept() {
        temporary { path in
            let script = """
                grammar Inner(x: Tensor) -> Tensor { I = x | sin(x) }
                grammar G(x: Tensor) -> Tensor { E = Inner(x) | E + E | tanh(E) ; limit depth <= 5 }
                let weight = 2
                fn scaled(x) = weight * x
                let weight = 3
                let noise = uniform(-1, 1, count: 5)
                let drawn = sample(G, seed: 4)
                let settings = (shift: 0.25, names: ["a", "b"], ends: 0..2)
                let pair = [sin, v -> v + weight]
                fn fact(n) = if n < 2 then 1 else n * fact(n - 1)
                fn early(x) = late(x)
                fn late(x) = x + 0.5
                fn unused(x) = nowhere(x)
                task t(f: G, width: weight) {
                    reward sum(map([0.5, 1], p -> scaled(f(p)) + drawn(p) + pair[1](p) + early(p))) + sum(noise) + settings.shift + fact(4) + width
                }
                """
            let found = sessions(
                path, script + "\nlet run = search(t, with: random(), trials: 20, seed: 1, save: \"kept\")\nrun.best.reward\nrun.top(3)",
                "let run = resume(\"kept\", trials: 21)\nrun.best.reward >= runs(\"kept\").best.reward\nruns(\"kept\").best.reward",
                "runs(\"kept\").trials[20].reward != none")
            #expect(!found[0].contains("error") && !found[1].contains("error"), "\(found)")
            #expect(found[1].contains("\ntrue\n") && found[2] == "true")
        }
    }

    @Test func whatCannotGoOnIsRefused() {
        temporary { path in
            let found = sessions(
                path, StoringTests.task + "let run = search(near, with: random(), trials: 20, seed: 1, save: \"a\");",
                StoringTests.task.replacing("0.5", with: "0.75") + "search(near, with: random(), trials: 20, seed: 1, save: \"a\")",
                StoringTests.task + "search(near, with: ppo(), trials: 20, seed: 1, save: \"a\")",
                StoringTests.task + "search(near, with: random(), trials: 20, seed: 2, save: \"a\")",
                "resume(\"b\")", "runs(\"aa\")",
                StoringTests.task + "let r = search(near, with: random(), trials: 20, seed: 2)\ntask u(f: G) { reward r.best.reward }\nsearch(u, save: \"u\")",
                StoringTests.task + "search(near, save: \"\")")
            #expect(found[1].contains("error[N0330]: there is a run `a` already, of another definition of the task"))
            #expect(found[1].contains("- ") && found[1].contains("0.75") && found[1].contains("from: runs(\"a\")"))
            #expect(found[2].contains("of another method") && found[2].contains("- random()") && found[2].contains("+ ppo()"))
            #expect(found[3].contains("of another seed") && found[3].contains("- 1") && found[3].contains("+ 2"))
            #expect(found[4].contains("there is no run `b` in") && found[4].contains("it holds `a`"))
            #expect(found[5].contains("did you mean `a`?") || found[5].contains("it holds `a`"))
            #expect(found[6].contains("error[N0330]: the task `u` cannot be kept: it mentions `r`, which is a run"))
            #expect(found[7].contains("error[N0317]"))
        }
    }

    /// A law is part of what a task says about programs; it is kept with it, and with another one the run does not go on.
    @Test func lawsAreKept() {
        temporary { path in
            let script = "let two = 2\nlaw sin(?a) * two == two * sin(?a)\nlaw tanh(tanh(?a)) == tanh(?a) where ?a == 0\n" + StoringTests.task
            let search = "let run = search(near, with: random(), trials: 20, seed: 1, save: \"kept\")\nlen(run.trials)"
            let found = sessions(path, script + search, "len(resume(\"kept\", trials: 30).trials)", StoringTests.task + search)
            #expect(found[0] == "20" && found[1].hasSuffix("\n30"), "\(found)")
            #expect(found[2].contains("of another definition of the task") && found[2].contains("- law sin(?a) * two == two * sin(?a)"), "\(found[2])")
        }
    }

    @Test func aChangedDataFileIsRefused() throws {
        try temporary { path in
            let file = path + ".csv"
            func write(_ shift: Double) throws {
                try (["x,y"] + (0..<40).map { "\(Double($0) / 10),\(Double($0) / 5 + shift)" }).joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            }
            try write(0)
            let script = """
                grammar G(x: Tensor) -> Tensor { E = x | E + E | sin(E) ; limit depth <= 4 }
                let data = csv("\(file)", label: "y")
                task t(f: G) { reward f(1) + 0 * len(data.shape) }
                let run = search(t, with: random(), trials: 10, seed: 1, save: "kept")
                len(run.trials)
                """
            #expect(sessions(path, script) == ["10"])
            #expect(sessions(path, "len(resume(\"kept\", trials: 12).trials)")[0].hasSuffix("\n12"))
            try write(0.5)
            for text in ["resume(\"kept\", trials: 14)", script.replacing("trials: 10", with: "trials: 14")] {
                let found = sessions(path, text)[0]
                #expect(found.contains("there is a run `kept` already, of another data file") && found.contains("CRC-32"), "\(found)")
            }
            try write(0)
            #expect(sessions(path, "len(resume(\"kept\", trials: 14).trials)")[0].hasSuffix("\n14"))
        }
    }

    @Test func aNewRunBeginsWithAnOldOne() {
        temporary { path in
            let changed = StoringTests.task.replacing("E * E", with: "E * E | cos(E)")
            let search = "search(near, with: ppo(), trials: 60, seed: 5"
            let found = sessions(
                path, StoringTests.task + "let run = \(search), save: \"old\");",
                changed + "let run = \(search), save: \"new\", from: \"old\")\nlen(run.trials)",
                changed + "let run = \(search), save: \"new\", from: \"old\")\nlen(run.trials)",
                changed + "let run = \(search), save: \"fresh\")\nlet other = runs(\"new\")\nall(map(0..59, n -> other.trials[n].program(0.3) == run.trials[n].program(0.3)))",
                "grammar N { K = 1 | 2 }\ntask n(k: N) { reward k }\nsearch(n, from: \"old\")")
            #expect(found[1] == "note: the controller begins with what 60 trials of `old` teach\n60" || found[1].hasSuffix("\n60"))
            #expect(found[1].hasPrefix("note: the controller begins with what 60 trials of `old` teach"))
            #expect(found[2].hasSuffix("60"))
            #expect(found[3].hasSuffix("false"))
            #expect(found[4].contains("no program of that run is one of `N`"))
        }
    }

    @Test func anUnsavedSearchWritesNoFile() {
        let here = Set((try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? [])
        _ = transcript(StoringTests.task + "let run = search(near, with: random(), trials: 20, seed: 1);")
        #expect(Set((try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []) == here)
        temporary { path in
            // Where a store is given, every search is kept.
            let found = sessions(path, StoringTests.task + "let run = search(near, with: random(), trials: 20, seed: 1);\nlet run = search(near, with: random(), trials: 20, seed: 2);\nmap(runs(), r -> r.name)")
            #expect(found[0].hasSuffix("[\"near-1\", \"near-2\"]"))
        }
    }
}
