import NaslExpr
import NaslLanguage
import NaslSearch

/// `study(task, ...)`: a search by each method, human designs tuned with as many trials, and all of them on the same fresh seeds.
struct Study {
    struct Request {
        var task: TaskValue
        var methods: [Method]
        /// Of each search, and of each tuning of a human design.
        var trials: Int
        /// Of the searches by one method.
        var seeds: [Int]
        var designs: [Design]
        /// Other tasks of the same candidates: the test part, another net, other data.
        var checks: [TaskValue]
        /// Fresh seeds of a table.
        var repeats: Int
        /// How many of the best programs of a method are trained again before one of them is chosen.
        var finalists: Int
        var workers: Int
        /// What its runs are called in the store: `name/ppo()/1`, `name/Leaky/ppo()`; nil: they are not kept.
        var name: String?
    }

    /// A row of its tables.
    struct Contestant {
        /// `ppo()`, or the name of a human design.
        let name: String
        let isFound: Bool
        let candidate: Value

        /// `ppo(): x -> sin(x)`; a human design only with what was tuned.
        let label: String
    }

    let request: Request
    let host: SessionHost
    let interpreter: Interpreter
    let range: SourceRange

    /// Seeds that no search uses, for choosing among finalists and for the tables.
    static let selectionSeed = 2 * Builtins.freshSeed
    static let selectionRepeats = 5

    func run() throws -> StudyValue {
        let task = request.task
        var runs: [(method: String, runs: [RunValue])] = []
        var contestants: [Contestant] = []
        let total = request.methods.count * request.seeds.count + request.designs.count { !$0.open.isEmpty }
        var begun = 0
        func label(_ what: String) -> String {
            begun += 1
            return "\(begun) of \(total), \(what)"
        }
        for design in request.designs {
            if let candidate = design.candidate(of: task) {
                contestants.append(Contestant(name: design.name, isFound: false, candidate: candidate, label: candidate.candidateName(besides: design.name)))
                continue
            }
            let opened = try TaskValue(task, named: "\(task.name)_tuned", fixed: design.fixed, open: design.open)
            let source = try request.name.map { _ in try host.definitions.source(of: task, as: opened.name, fixed: design.fixed, open: design.open, at: range) }
            let run = try search(opened, by: request.methods[0], seed: request.seeds[0], as: "\(design.name)/\(request.methods[0].shown)", label: label(design.name), source: source)
            let programs = try run.run().top(request.finalists).map { task.completed(try run.program(of: $0), of: opened, fixed: design.fixed) }
            if let best = try chosen(from: programs) {
                contestants.append(Contestant(name: design.name, isFound: false, candidate: best, label: best.candidateName(besides: design.name)))
            }
        }
        for method in request.methods {
            var own: [RunValue] = []
            for seed in request.seeds {
                own.append(try search(task, by: method, seed: seed, as: "\(method.shown)/\(seed)", label: label("\(method.shown), seed \(seed)")))
            }
            runs.append((method.shown, own))
            if let best = try chosen(from: try finalists(of: own)) {
                contestants.append(Contestant(name: method.shown, isFound: true, candidate: best, label: best.candidateName))
            }
        }
        guard !contestants.isEmpty else { throw Fault.value("no search of this study has found a program with a reward", at: range) }
        let validation = try table(of: task, contestants, seed: Builtins.freshSeed)
        // The best human design is what all are held against, here and in the checks.
        let reference = contestants.indices.filter { !contestants[$0].isFound }.max { validation.means[$0] < validation.means[$1] } ?? contestants.indices.last ?? 0
        let order = [reference] + contestants.indices.filter { $0 != reference }
        let ordered = order.map { contestants[$0] }
        let tables = try [StudyTable(task.name, ordered, order.map { validation.rewards[$0] })]
            + request.checks.enumerated().map { place, check in
                StudyTable(check.name, ordered, try table(of: check, ordered, seed: Builtins.freshSeed + 1 + place).rewards)
            }
        return try StudyValue(request, runs, ordered, tables, range)
    }

    private func search(_ task: TaskValue, by method: Method, seed: Int, as part: String, label: String, source: String? = nil) throws -> RunValue {
        let name = request.name.map { "\($0)/\(part)" }
        let run = try TaskSearch.run(
            TaskSearch.Request(task: task, method: method, trials: request.trials, seed: seed, workers: request.workers, latest: interpreter.latest, name: name, source: source, label: label),
            host, at: range)
        if case .stopped = try run.run().ending {
            var fault = Fault.interrupted
            fault.help.append(name == nil ? "with `save:` a study goes on where it was stopped" : "the same call goes on from here")
            throw fault
        }
        return run
    }

    /// The best programs of several runs, each once, best first.
    private func finalists(of runs: [RunValue]) throws -> [Value] {
        var best: [String: (reward: Double, value: Value)] = [:]
        for run in runs {
            for trial in try run.run().top(request.finalists) where trial.reward ?? -.infinity > best[trial.text]?.reward ?? -.infinity {
                best[trial.text] = (trial.reward ?? -.infinity, try run.program(of: trial))
            }
        }
        return best.sorted { ($1.value.reward, $0.key) < ($0.value.reward, $1.key) }.prefix(request.finalists).map(\.value.value)
    }

    /// Of several programs the one that earns most on fresh seeds: the highest of many rewards is high by luck, too.
    private func chosen(from programs: [Value]) throws -> Value? {
        guard programs.count > 1 else { return programs.first }
        let repeats = Study.selectionRepeats
        let means = try rewards(in: request.task, of: programs, repeats: repeats, seed: Study.selectionSeed, doing: "choosing a finalist").map(mean)
        return programs.indices.max { (means[$0], $1) < (means[$1], $0) }.map { programs[$0] }
    }

    private func table(of task: TaskValue, _ contestants: [Contestant], seed: Int) throws -> (rewards: [[Double?]], means: [Double]) {
        let values = try contestants.map { try TaskCandidate.checked($0.candidate, for: task, at: range) }
        let rewards = try rewards(in: task, of: values, repeats: request.repeats, seed: seed, doing: "\(task.name) on fresh seeds")
        return (rewards, rewards.map(mean))
    }

    /// Of each candidate by seed; nil where it failed.
    private func rewards(in task: TaskValue, of candidates: [Value], repeats: Int, seed: Int, doing: String) throws -> [[Double?]] {
        let trials = CommonSeeds(task: task, workers: request.workers, host: host, latest: interpreter.latest, range: range)
        return try trials.rewards(of: candidates, repeats: repeats, seed: seed, doing: doing)
    }

    /// A candidate that fails on one of the seeds is none to rely on.
    private func mean(_ rewards: [Double?]) -> Double {
        rewards.contains { $0 == nil } ? -.infinity : Statistics.mean(rewards.compactMap { $0 }) ?? -.infinity
    }
}

extension Value {
    /// `candidateName`, after the name of a design that is not in it.
    fileprivate func candidateName(besides name: String) -> String {
        let text = candidateName
        return text == name || text.hasPrefix("\(name) = ") || text == "(\(name))" ? text : "\(name) = \(text)"
    }
}
