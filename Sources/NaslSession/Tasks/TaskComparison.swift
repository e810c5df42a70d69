import NaslExpr
import NaslLanguage
import NaslSearch
import Synchronization

/// `compare(task, [relu, swish, run.best], repeats: 10)`: every candidate on the same fresh seeds.
enum TaskComparison {
    static func run(_ task: TaskValue, _ candidates: [(name: String, value: Value)], repeats: Int, seed: Int, workers: Int, _ interpreter: Interpreter,
                    at range: SourceRange) throws -> ComparisonValue {
        guard let host = interpreter.host as? SessionHost else { throw Fault.value("a comparison cannot be made inside a trial", at: range) }
        let latest = interpreter.latest
        let count = candidates.count * repeats
        let values = candidates.map(\.value)
        let results = Mutex<[Evaluation?]>(Array(repeating: nil, count: count))
        let firstFault = Mutex<Fault?>(nil)
        let pool = WorkerPool(workers: workers, stackBytes: Session.stackSize)
        defer { pool.close() }
        pool.run(count: count, every: 0.1) {} _: { [stop = host.stop] item in
            if stop.isRequested { return }
            let evaluation: Evaluation
            do {
                let outcome = try TaskRunner.run(task, values[item / repeats], seed: seed, repetition: item % repeats, host: TrialHost(host, stop: host.stop), latest: latest)
                evaluation = Evaluation(reward: outcome.reward.isFinite ? outcome.reward : nil, metrics: outcome.metrics)
            } catch let fault as Fault {
                firstFault.withLock { if $0 == nil { $0 = fault } }
                evaluation = .failure(.failed, fault.title)
            } catch {
                evaluation = .failure(.failed, "\(error)")
            }
            results.withLock { $0[item] = evaluation }
        }
        if host.stop.isRequested { throw Fault.interrupted }
        let evaluations = results.withLock { $0 }
        if evaluations.allSatisfy({ $0?.reward == nil }), let fault = firstFault.withLock({ $0 }) { throw fault }
        return ComparisonValue(candidates, evaluations, repeats: repeats, seed: seed)
    }
}
