#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslTensor

/// How good a net is on one part of the data.
public struct Metrics: Hashable, Sendable {
    /// Infinite where training diverged.
    public let loss: Double
    /// The share of examples whose likeliest class is right; nil where numbers are predicted.
    public let accuracy: Double?
    /// `exp(loss)`; nil where the loss is no cross-entropy.
    public let perplexity: Double?
    /// Examples it was measured on.
    public let count: Int

    init(loss: Double, accuracy: Double?, count: Int, of kind: Loss) {
        self.loss = loss.isFinite ? loss : .infinity
        self.accuracy = accuracy
        perplexity = kind.hasPerplexity ? exp(self.loss) : nil
        self.count = count
    }
}

/// Measures a net on fixed examples.
struct Evaluation {
    private let feeder: Feeder
    private let positions: [Int]

    /// A text is measured at this many places at most while a net is validated, spread evenly.
    static let textPlaces = 4096

    /// - Parameter limit: the most examples, spread evenly over the split; nil: all.
    init(_ feeder: Feeder, limit: Int?) {
        self.feeder = feeder
        let count = feeder.count
        let used = min(limit ?? count, count)
        positions = (0..<used).map { Int($0 * count / used) }
    }

    /// The batch that leaves the least unused, near 256.
    static func batch(for count: Int) -> Int {
        let runs = max(1, (count + 255) / 256)
        return max(1, (count + runs - 1) / runs)
    }

    /// Runs the section over the examples. The sums are taken in double precision, in order, over real rows only.
    ///
    /// - Parameter step: the training steps done so far, for the error when it is stopped.
    func run(_ plan: inout Plan, loss kind: Loss, step: Int, interrupt: () -> Bool) throws -> Metrics {
        let section = feeder.section
        guard let code = plan.section(section.name) else { throw TrainingError("a net that records nothing cannot be measured") }
        let width = section.losses.count / section.batch
        var batch = [Int](repeating: 0, count: section.batch)
        var total = 0.0
        var right = 0.0
        var start = 0
        while start < positions.count {
            if interrupt() { throw TrainingInterrupted(step: step) }
            let real = min(section.batch, positions.count - start)
            for row in batch.indices { batch[row] = positions[start + min(row, real - 1)] }
            batch.withUnsafeBufferPointer { feeder.fill(plan, $0) }
            plan.run(code)
            total += Evaluation.sum(plan, section.losses, real * width)
            if let correct = section.correct { right += Evaluation.sum(plan, correct, real) }
            start += real
        }
        let count = positions.count
        return Metrics(
            loss: total / Double(count * section.divisor), accuracy: section.correct.map { _ in right / Double(count) }, count: count, of: kind)
    }

    private static func sum(_ plan: borrowing Plan, _ variable: Tracer.Variable, _ count: Int) -> Double {
        switch plan.precision {
        case .float: plan.withFloats(of: variable) { values in values.prefix(count).reduce(0) { $0 + Double($1) } }
        case .double: plan.withDoubles(of: variable) { values in values.prefix(count).reduce(0, +) }
        }
    }
}
