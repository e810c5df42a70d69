import NaslRandom

/// Constants that make a reward as large as they can: by Levenberg-Marquardt where the reward falls with a sum of squares and depends on nothing
/// else, otherwise by BFGS on the reward itself; from several starting points.
///
///     let fit = ConstantFit().fit(objective, seed: 1, address: ["constants"])
///     fit.constants
public struct ConstantFit: Sendable {
    /// The first is 1 for every constant (Petersen et al. 2021), the others are normal with deviation 2.
    public var starts = 3

    public init() {}

    public struct Result: Sendable {
        /// 1 each where nothing better was found.
        public var constants: [Double]
        /// Of compiled programs.
        public var evaluations: Int
    }

    public func fit(_ objective: Objective, seed: Int, address: [RandomStream.Step]) -> Result {
        var stream = RandomStream(seed: seed, address: address)
        let first = [Double](repeating: 1, count: objective.constants)
        var best: (point: [Double], loss: Double)?
        var squares: FitStage?
        for start in 0..<max(1, starts) {
            let point = start == 0 ? first : first.map { _ in 2 * stream.normal() }
            squares = squares ?? objective.leastSquares(from: point)
            let found: (point: [Double], loss: Double)?
            if let squares {
                found = least(squares, from: point, objective, LevenbergMarquardt())
            } else {
                found = QuasiNewton().minimum(from: point) { constants in
                    let (value, gradient) = objective.value(at: constants)
                    return (-value, gradient.map(-))
                }.map { ($0.point, $0.value) }
            }
            guard let found else { continue }
            if found.loss < best?.loss ?? .infinity { best = found }
            // A perfect fit cannot be bettered.
            if squares != nil, found.loss < 1e-20 { break }
        }
        // The other starts went no further than to show which is best.
        if let squares, let rough = best { best = least(squares, from: rough.point, objective, LevenbergMarquardt(tolerance: 1e-12)) ?? rough }
        return Result(constants: best?.point ?? first, evaluations: objective.evaluations)
    }

    /// Over the constants that the residuals read.
    private func least(_ stage: FitStage, from start: [Double], _ objective: Objective, _ method: LevenbergMarquardt) -> (point: [Double], loss: Double)? {
        var whole = start
        let read = stage.constants
        let found = method.minimum(from: read.map { start[$0] }) { values in
            for (slot, constant) in read.enumerated() { whole[constant] = values[slot] }
            objective.count(1)
            return stage.normalEquations(at: whole)
        }
        guard let found else { return nil }
        for (slot, constant) in read.enumerated() { whole[constant] = found.point[slot] }
        return (whole, found.sum / Double(max(1, stage.count)))
    }
}
