import NaslExpr
import NaslLanguage
import NaslSearch

/// `compare(task, [relu, swish, run.best], repeats: 10)`: every candidate on the same fresh seeds.
enum TaskComparison {
    static func run(
        _ task: TaskValue, _ candidates: [(name: String, value: Value)], repeats: Int, seed: Int, workers: Int, _ interpreter: Interpreter, at range: SourceRange
    ) throws -> ComparisonValue {
        guard let host = interpreter.host as? SessionHost else { throw Fault.value("a comparison cannot be made inside a trial", at: range) }
        let trials = CommonSeeds(task: task, workers: workers, host: host, latest: interpreter.latest, range: range)
        let evaluations = try trials.evaluations(of: candidates.map(\.value), repeats: repeats, seed: seed, doing: "comparing")
        return ComparisonValue(candidates, evaluations, repeats: repeats)
    }
}

/// Trials of several candidates in which each meets the same random numbers.
struct CommonSeeds {
    let task: TaskValue
    var settings: [Argument] = []
    let workers: Int
    let host: SessionHost
    let latest: [String: Value]
    let range: SourceRange

    /// Candidate by candidate, `repeats` for each; nil where it was not evaluated.
    func evaluations(of candidates: [Value], repeats: Int, seed: Int, doing: String) throws -> [Evaluation?] {
        try evaluations(of: candidates.flatMap { candidate in (0..<repeats).map { (candidate, $0) } }, seed: seed, doing: doing)
    }

    /// Each candidate once, at its repetition of the seed.
    func evaluations(of items: [(candidate: Value, repetition: Int)], seed: Int, doing: String) throws -> [Evaluation?] {
        let isTerminal = host.options.progressWidth != nil
        let trialHost = TrialHost(host, stop: host.stop)
        let results = Workers.map(count: items.count, workers: workers, stackBytes: Session.stackSize, stop: host.stop) { done in
            if isTerminal { host.status(" \(doing) \(done)/\(items.count)") }
        } _: { item -> Result<Evaluation, Fault> in
            do {
                let (candidate, repetition) = items[item]
                let outcome = try TaskRunner.run(task, candidate, settings: settings, seed: seed, repetition: repetition, host: trialHost, latest: latest)
                return .success(Evaluation(reward: outcome.reward, costs: outcome.costs, metrics: outcome.metrics))
            } catch let fault as Fault {
                return .failure(fault)
            } catch {
                return .failure(.value("\(error)", at: range))
            }
        }
        if isTerminal { host.status(nil) }
        if host.stop.isRequested { throw Fault.interrupted }
        let evaluations = results.map { result -> Evaluation? in
            switch result {
            case .success(let evaluation): evaluation
            case .failure(let fault): .failure(.failed, fault.title)
            case nil: nil
            }
        }
        // Where nothing came through, the first mistake says why.
        if evaluations.allSatisfy({ $0?.reward == nil }), case .failure(let fault)? = results.first(where: { if case .failure = $0 { true } else { false } }) { throw fault }
        return evaluations
    }

    /// The rewards of each candidate by seed; nil where the trial failed.
    func rewards(of candidates: [Value], repeats: Int, seed: Int, doing: String) throws -> [[Double?]] {
        if candidates.isEmpty { return [] }
        let evaluations = try evaluations(of: candidates, repeats: repeats, seed: seed, doing: doing)
        return candidates.indices.map { slot in evaluations[slot * repeats..<(slot + 1) * repeats].map { $0?.reward } }
    }
}
