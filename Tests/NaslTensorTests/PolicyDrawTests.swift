import Foundation
import NaslRandom
import NaslTensor
import Testing

/// Masked choices against the softmax in double precision, on every instruction set.
@Suite struct PolicyDrawTests {
    static let sets = ValueTests.sets

    /// What is drawn in each row of [rows, columns] logits, all columns being one site's alternatives.
    private func drawn(_ set: String, _ logits: [Double], columns: Int, priors: [Double], points: [Double]) -> [PolicyDraw] {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let variable = tracer.input([points.count, columns])
        tracer.reserveDraws(columns: columns)
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        plan.write(logits, to: variable)
        var draws = points.map { PolicyDraw(column: 0, priors: 0, count: Int32(columns), choice: -1, point: $0, log_p: 0) }
        let table = priors + Array(repeating: 0, count: 16)
        if set == "double" {
            table.withUnsafeBytes { plan.draw(&draws, logits: variable, priors: $0.baseAddress!) }
        } else {
            table.map(Float.init).withUnsafeBytes { plan.draw(&draws, logits: variable, priors: $0.baseAddress!) }
        }
        return draws
    }

    @Test(arguments: sets) func followTheDistribution(_ set: String) {
        for columns in [1, 2, 7, 8, 9, 16, 17, 31, 40] {
            var priors = randomValues(columns, seed: columns)
            for slot in stride(from: 1, to: columns, by: 3) { priors[slot] = -.infinity }
            let logits = randomValues(columns, seed: 100 + columns)
            let weights = zip(logits, priors).map { exp($0 + $1) }, total = weights.reduce(0, +)
            let points = (0..<400).map { (Double($0) + 0.5) / 400 }
            let draws = drawn(set, points.flatMap { _ in logits }, columns: columns, priors: priors, points: points)
            for draw in draws {
                let choice = Int(draw.choice)
                #expect(weights[choice] > 0)
                #expect(abs(draw.log_p - log(weights[choice] / total)) < (set == "double" ? 1e-12 : 1e-5))
                // The point lies on the choice's stretch of the cumulated probabilities.
                let before = weights[..<choice].reduce(0, +) / total
                #expect(draw.point > before - 1e-5 && draw.point < before + weights[choice] / total + 1e-5)
            }
        }
    }

    /// The last number below 1, a site with one possible alternative, logits that are no numbers: always something possible.
    @Test(arguments: sets) func neverTheImpossible(_ set: String) {
        let priors: [Double] = [-.infinity, 0, -.infinity, -1, -.infinity], last = 1 - 0x1p-53
        #expect(drawn(set, [9, 0, 9, 0, 9], columns: 5, priors: priors, points: [last])[0].choice == 3)
        #expect(drawn(set, [9, 0, 9, 0, 9], columns: 5, priors: priors, points: [0])[0].choice == 1)
        #expect(drawn(set, [0, 0, 0, .nan, 0], columns: 5, priors: priors, points: [0.5])[0].choice == 1)
        #expect(drawn(set, [5, -80, 5], columns: 3, priors: [-.infinity, 0, -.infinity], points: [last])[0].choice == 1)
    }

    @Test(arguments: sets) func rowsWithoutADrawAreLeftAlone(_ set: String) {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let logits = tracer.input([2, 3])
        tracer.reserveDraws(columns: 3)
        let plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        var draws = [PolicyDraw(column: 0, priors: 0, count: 0, choice: 7, point: 0.5, log_p: 3), PolicyDraw(column: 1, priors: 0, count: 2, choice: 7, point: 0.6, log_p: 3)]
        let table = [Double](repeating: 0, count: 20)
        table.withUnsafeBytes { plan.draw(&draws, logits: logits, priors: $0.baseAddress!) }
        #expect(draws[0].choice == 7 && draws[0].log_p == 3)
        #expect(draws[1].choice == 1 && abs(draws[1].log_p - log(0.5)) < 1e-6)
    }
}
