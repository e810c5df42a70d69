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
    /// What each run sees; of the last only some may count.
    private let runs: [(positions: [Int], real: Int)]
    /// Predictions that count.
    private let count: Int

    /// A text is measured at this many places at most while a net is validated, spread evenly; one that a net goes over, as a whole.
    static let textPlaces = 4096
    /// Streams that go over a text side by side, at most, and the characters of each, at least: their states begin at zero.
    static let streams = 64, streamLength = 500

    /// - Parameter limit: the most examples, spread evenly over the split; nil: all.
    init(_ feeder: Feeder, limit: Int?) {
        self.feeder = feeder
        let batch = feeder.section.batch
        if case .streams(let tokens) = feeder.section.input {
            let window = tokens.shape[0], length = feeder.count / batch
            runs = stride(from: 0, through: max(length - window, 0), by: window).map { start in
                ((0..<batch).map { $0 * length + start }, batch * window)
            }
        } else {
            let count = feeder.count, used = min(limit ?? count, count)
            let positions = (0..<used).map { Int($0 * count / used) }
            runs = stride(from: 0, to: used, by: batch).map { start in
                let real = min(batch, used - start)
                return ((0..<batch).map { positions[start + min($0, real - 1)] }, real)
            }
        }
        count = runs.reduce(0) { $0 + $1.real }
    }

    /// How many examples, or streams, of a split are measured together.
    static func batch(for split: DataSplit, limit: Int?, net: any Layer) -> Int {
        if net.window != nil { return max(1, min(streams, split.count / streamLength)) }
        return batch(for: min(split.count, limit ?? .max))
    }

    /// The batch that leaves the least unused, near 256.
    private static func batch(for count: Int) -> Int {
        let runs = max(1, (count + 255) / 256)
        return max(1, (count + runs - 1) / runs)
    }

    /// Runs the section over the examples. The sums are taken in double precision, in order, over real rows only.
    ///
    /// - Parameters:
    ///   - step: the training steps done so far, for the error when it is stopped.
    ///   - watch: told of the first run.
    func run(_ plan: inout Plan, loss kind: Loss, step: Int, watch: InputWatch? = nil, interrupt: () -> Bool) throws -> Metrics {
        let section = feeder.section
        guard let code = plan.section(section.name) else { throw TrainingError("a net that records nothing cannot be measured") }
        let width = section.losses.count / section.rows
        var total = 0.0
        var right = 0.0
        for state in section.states { plan.clear(state) }
        for (number, (positions, real)) in runs.enumerated() {
            if interrupt() { throw TrainingInterrupted(step: step) }
            positions.withUnsafeBufferPointer { feeder.fill(plan, $0) }
            plan.run(code)
            if number == 0 { watch?.note(section.watched, plan) }
            total += Evaluation.sum(plan, section.losses, real * width)
            if let correct = section.correct { right += Evaluation.sum(plan, correct, real) }
        }
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
