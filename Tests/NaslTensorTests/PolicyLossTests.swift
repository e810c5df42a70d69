import Foundation
import NaslTensor
import Testing

/// The loss of masked choices against the formulas and central differences.
@Suite struct PolicyLossTests {
    private static let columns = 23

    /// Two sites of 4 and 19 alternatives, some impossible, in more rows than are judged together; row 5 has no choice, row 6 no weights.
    private static func choices(_ rows: Int) -> [PolicyChoice] {
        (0..<rows).map { row in
            let isWide = row % 3 == 0
            var choice = PolicyChoice()
            (choice.column, choice.priors, choice.count) = isWide ? (4, 4, 19) : (0, 0, 4)
            choice.taken = isWide ? Int32([0, 1, 18][row % 2 + row % 4 / 3]) : Int32([0, 2][row % 2])
            (choice.advantage, choice.entropy_weight) = row == 6 ? (0, 0) : ([0.7, -1.2, 0.4, 0][row % 4], [0.1, 0, 0.3][row % 3])
            if row == 5 { choice.count = 0 }
            return choice
        }
    }

    /// Impossible: number 1 of the first site, numbers 2, 5, 8, ... of the second.
    private static let priors = (0..<23).map { $0 == 1 || $0 >= 4 && $0 % 3 == 0 ? -Double.infinity : randomValues(1, seed: $0)[0] } + [Double](repeating: 9, count: 16)

    private static func judged(_ set: String, _ logits: [Double], _ choices: inout [PolicyChoice]) -> (loss: Double, slopes: [Double]) {
        let tracer = Tracer(precision: set == "double" ? .double : .float), rows = choices.count
        let (variable, slopes) = (tracer.input([rows, columns]), tracer.input([rows, columns]))
        tracer.reserveDraws(columns: columns)
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        plan.write(logits, to: variable)
        let loss = set == "double"
            ? priors.withUnsafeBytes { plan.loss(&choices, logits: variable, priors: $0.baseAddress!, slopes: slopes) }
            : priors.map(Float.init).withUnsafeBytes { plan.loss(&choices, logits: variable, priors: $0.baseAddress!, slopes: slopes) }
        return (loss, plan.values(of: slopes))
    }

    @Test(arguments: ValueTests.sets) func isThatOfTheFormulas(_ set: String) {
        for rows in [1, 15, 16, 40] {
            var choices = Self.choices(rows)
            // A row without a choice may hold anything.
            let logits = randomValues(rows * Self.columns, seed: 4, scale: 2).enumerated().map { $0 / Self.columns == 5 ? .nan : $1 }
            let found = Self.judged(set, logits, &choices)
            var loss = 0.0
            for (row, choice) in choices.enumerated() where choice.count > 0 {
                let range = Int(choice.column)..<Int(choice.column + choice.count)
                let sums = range.map { logits[row * Self.columns + $0] + Self.priors[$0] }
                let normal = log(sums.reduce(0) { $0 + exp($1) }), logarithms = sums.map { $0 - normal }
                #expect(abs(choice.log_p - logarithms[Int(choice.taken)]) < (set == "double" ? 1e-12 : 1e-5))
                loss -= choice.advantage * logarithms[Int(choice.taken)] - choice.entropy_weight * logarithms.reduce(0) { $1 == -.infinity ? $0 : $0 + exp($1) * $1 }
                let slopes = Array(found.slopes[row * Self.columns..<(row + 1) * Self.columns])
                // Adding a number to all logits changes nothing.
                #expect(abs(slopes.reduce(0, +)) < 1e-5)
                for column in 0..<Self.columns where !range.contains(column) || Self.priors[column] == -.infinity { #expect(slopes[column] == 0) }
            }
            #expect(abs(found.loss - loss) < (set == "double" ? 1e-12 : 1e-4))
            #expect(found.slopes.allSatisfy { $0.isFinite })
            if rows > 6 { #expect(found.slopes[5 * Self.columns..<7 * Self.columns].allSatisfy { $0 == 0 }) }
        }
    }

    @Test func slopesAgreeWithCentralDifferences() {
        var choices = Self.choices(20)
        let logits = randomValues(20 * Self.columns, seed: 8)
        let slopes = Self.judged("double", logits, &choices).slopes
        for slot in logits.indices {
            let sides = [1e-5, -1e-5].map { step in
                var shifted = logits
                shifted[slot] += step
                return Self.judged("double", shifted, &choices).loss
            }
            #expect(abs((sides[0] - sides[1]) / 2e-5 - slopes[slot]) < 1e-8)
        }
    }

    @Test(arguments: ValueTests.sets) func logitsThatAreNoNumbersAreSeen(_ set: String) {
        var choices = Self.choices(1)
        #expect(Self.judged(set, [Double](repeating: .nan, count: Self.columns), &choices).loss.isNaN)
        #expect(choices[0].log_p.isNaN)
    }
}
