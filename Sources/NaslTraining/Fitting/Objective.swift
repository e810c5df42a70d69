import NaslExpr

/// A reward as a function of a program's constants, compiled: its value and its derivatives.
///
///     let objective = try Objective(reward, constants: 2)
///     let (value, gradient) = objective.value(at: [1, 1])
public final class Objective {
    /// How many constants there are; the reward need not depend on all.
    public let constants: Int
    /// How often a compiled program was evaluated.
    public private(set) var evaluations = 0
    /// Sums before those that read them; the reward is last.
    private let stages: [FitStage]

    /// - Throws: ``NotElementwise`` where it cannot be compiled.
    public init(_ reward: Quantity, constants: Int) throws(NotElementwise) {
        self.constants = constants
        stages = try FitStage.stages(of: reward)
    }

    /// The reward and its gradient; NaN where it is not defined.
    public func value(at point: [Double]) -> (value: Double, gradient: [Double]) {
        var totals = [Double](repeating: 0, count: stages.count)
        var gradients: [[Double]] = []
        for (number, stage) in stages.enumerated() {
            let (value, slopes) = stage.value(at: point, totals: totals)
            evaluations += 1
            totals[number] = value
            var gradient = [Double](repeating: 0, count: constants)
            for (slot, constant) in stage.constants.enumerated() { gradient[constant] += slopes[slot] }
            for (slot, other) in stage.below.enumerated() {
                let slope = slopes[stage.constants.count + slot]
                for constant in 0..<constants { gradient[constant] += slope * gradients[other][constant] }
            }
            gradients.append(gradient)
        }
        return (totals[stages.count - 1], gradients[stages.count - 1])
    }

    /// The stage whose sum of squares is all that the reward depends on, and falls with; nil where there is none.
    package func leastSquares(from start: [Double]) -> FitStage? {
        guard let top = stages.last, stages.count >= 2, top.constants.isEmpty else { return nil }
        let varying = stages.dropLast().filter { !$0.constants.isEmpty || !$0.below.isEmpty }
        guard varying.count == 1, let sum = varying.first, sum.hasResiduals else { return nil }
        var totals = [Double](repeating: 0, count: stages.count)
        for (number, stage) in stages.dropLast().enumerated() {
            totals[number] = stage === sum ? sum.total(ofSquares: sum.normalEquations(at: start).sum) : stage.value(at: start, totals: totals).value
            evaluations += 1
        }
        let slopes = top.value(at: start, totals: totals).slopes
        evaluations += 1
        guard let slot = top.below.firstIndex(where: { stages[$0] === sum }) else { return nil }
        return slopes[slot] < 0 ? sum : nil
    }

    func count(_ evaluations: Int) { self.evaluations += evaluations }
}
