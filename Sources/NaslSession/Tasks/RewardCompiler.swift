import NaslExpr
import NaslLanguage
import NaslSearch
import NaslSpace
import NaslTraining
import Synchronization

/// Rewards of a task without going through its text for each candidate: where the task does nothing with its candidate but call it with what is the same for all,
/// and then works on the values elementwise and with `sum` and `mean`, what it does is noted once and compiled. The rewards have the same bits.
package final class RewardCompiler: Sendable {
    private let task: TaskValue
    private let seed: Int
    private let latest: [String: Value]
    private let host: any Host
    private let state: Mutex<State>

    private struct State: Sendable {
        var cannot: Bool
        /// Those that no worker uses now, by repetition.
        var free: [Int: [Compiled]] = [:]
    }

    /// Handed from one worker to another, and used by one at a time.
    private final class Compiled: @unchecked Sendable {
        let reward: CompiledReward
        init(_ reward: CompiledReward) { self.reward = reward }
    }

    /// - Parameter host: as trials see it.
    package init(_ task: TaskValue, seed: Int, latest: [String: Value], host: any Host) {
        (self.task, self.seed, self.latest, self.host) = (task, seed, latest, host)
        // Bounded work is counted as the text is gone through.
        let can = task.searched.count == 1 && task.costNames.isEmpty && host.fuel == nil && ProgramUses.seeValuesOnly(task)
        state = Mutex(State(cannot: !can))
    }

    /// The trial of a candidate; nil where the task has to be run for it.
    package func evaluation(of candidate: Search.Candidate) -> Evaluation? {
        let program = candidate.sample.program
        guard candidate.budget == nil, program.isElementwise, !program.isRandom, program.constantCount == 0, let compiled = compiled(candidate.repetition) else { return nil }
        defer { state.withLock { $0.free[candidate.repetition, default: []].append(compiled) } }
        let term = FunctionTerm(parameters: task.grammar.grammar.parameters.map(\.name), body: program)
        guard let reward = try? compiled.reward.value(of: term) else { return nil }
        // The sum turns -0 into 0.
        return reward.isFinite ? Evaluation(reward: reward + 0) : .failure(.diverged, "the reward is \(numberText(reward))")
    }

    private func compiled(_ repetition: Int) -> Compiled? {
        let (cannot, known) = state.withLock { ($0.cannot, $0.free[repetition]?.popLast()) }
        if cannot || known != nil { return known }
        if let made = make(repetition) { return made }
        state.withLock { $0.cannot = true }
        return nil
    }

    private func make(_ repetition: Int) -> Compiled? {
        let interpreter = Interpreter(host: host, seed: seed, repetition: repetition, latest: latest, isTrial: true)
        let probe = ProbedCandidate(arity: task.grammar.grammar.parameters.count)
        guard case .object(let object)? = try? interpreter.reward(of: task, .object(probe), settings: [], at: .none),
              let quantity = (object as? FittedQuantity)?.quantity, quantity.shape.isEmpty, interpreter.metrics.isEmpty
        else { return nil }
        // A reward of true or false is the user's mistake, and lists are compared as wholes.
        if quantity.lastPrimitive?.isComparison == true || quantity.uses([.equal, .notEqual]) { return nil }
        return (try? CompiledReward(quantity, calls: probe.calls)).map(Compiled.init)
    }
}
