import NaslExpr
import NaslTensor

/// A reward as a function of its candidate, compiled: what is done with the values of the candidate was noted once, and is done again for one candidate
/// after the other. It belongs to one thread at a time.
///
///     let error = try Quantity(square, [Quantity(given: 0, shape: [3])])
///     let reward = try CompiledReward(error.total(isMean: true), calls: [.init(columns: [[0, 1, 2]], shape: [3])])
///     try reward.value(of: candidate)
public final class CompiledReward {
    /// What a candidate is called with.
    public struct Call: Sendable {
        /// As many as the candidate has parameters, each of one number or of as many as the shape says.
        public let columns: [[Double]]
        public let shape: [Int]

        public init(columns: [[Double]], shape: [Int]) { (self.columns, self.shape) = (columns, shape) }

        var count: Int { shape.reduce(1, *) }
    }

    private let calls: [Call]
    /// By call; nil where it is one of numbers.
    private let evaluators: [Evaluator<Double>?]
    private let stages: [FitStage]
    private var totals: [Double]

    /// - Throws: ``NotElementwise`` where the reward cannot be compiled, or a call is one with nothing.
    public init(_ reward: Quantity, calls: [Call]) throws(NotElementwise) {
        guard calls.allSatisfy({ $0.count > 0 && !$0.columns.isEmpty }) else { throw NotElementwise(found: "a call with nothing") }
        self.calls = calls
        evaluators = calls.map { $0.shape.isEmpty ? nil : Evaluator($0.columns, count: $0.count) }
        stages = try FitStage.stages(of: reward)
        totals = [Double](repeating: 0, count: stages.count)
    }

    /// - Throws: ``NotElementwise`` where the candidate is more than elementwise.
    public func value(of candidate: FunctionTerm) throws(NotElementwise) -> Double {
        for (number, call) in calls.enumerated() {
            if let evaluator = evaluators[number] {
                if evaluator.withOutput(of: candidate.body, candidate.parameters, { tell($0, number) }) == nil {
                    try evaluator.evaluate(candidate).withUnsafeBufferPointer { tell($0, number) }
                }
            } else {
                let value = try candidate.value(at: call.columns.map { $0[0] })
                withUnsafePointer(to: value) { tell(UnsafeBufferPointer(start: $0, count: 1), number) }
            }
        }
        for (number, stage) in stages.enumerated() { totals[number] = stage.value(totals: totals) }
        return totals[stages.count - 1]
    }

    private func tell(_ values: UnsafeBufferPointer<Double>, _ call: Int) {
        for stage in stages { stage.take(values, ofCall: call) }
    }
}
