/// How many examples a step takes, as training goes on ("Don't Decay the Learning Rate, Increase the Batch Size", Smith et al., ICLR 2018).
public struct BatchSchedule: Sendable {
    /// The sizes that a step can have: powers of two, since a net is recorded anew for each.
    public static let sizes = [8, 16, 32, 64, 128, 256, 512, 1024]

    /// Examples wanted at a progress from 0 to 1 and a noise scale.
    private let wanted: @Sendable (_ progress: Double, _ noiseScale: Double) -> Double
    /// Whether it looks at the noise scale, which then is measured.
    let usesNoise: Bool

    public init(usesNoise: Bool, _ wanted: @escaping @Sendable (_ progress: Double, _ noiseScale: Double) -> Double) {
        self.wanted = wanted
        self.usesNoise = usesNoise
    }

    /// The possible size that is nearest to the wanted one by its logarithm; nil where that is no number.
    func size(_ progress: Double, _ noiseScale: Double) -> Int? {
        let count = wanted(progress, noiseScale)
        guard !count.isNaN else { return nil }
        return BatchSchedule.sizes.first { count < Double($0) * 2.0.squareRoot() } ?? BatchSchedule.sizes.last
    }
}

/// The gradient noise scale, tr(S) / |G|^2 with S the covariance of the gradients of single examples and G their mean ("An Empirical Model
/// of Large-Batch Training", McCandlish et al. 2018, appendix A.1): how many examples are as good as more.
///
/// The gradients of a window of steps and their mean are those of a small and of a large batch; their squared lengths differ by the noise.
/// Both estimates are averaged over the windows, since their ratio alone is biased.
package struct NoiseScale {
    private static let window = 10
    private static let decay = 0.8
    private var sum: [Double]
    private var squares = 0.0
    private var count = 0
    private var examples = 0
    private var noise: Double?
    private var signal: Double?

    package init(parameters: Int) { sum = [Double](repeating: 0, count: parameters) }

    /// nil until the first window is full, and where the signal drowns.
    package var value: Double? {
        guard let noise, let signal, signal > 0 else { return nil }
        return max(0, noise) / signal
    }

    /// Notes the gradient of a step of so many examples.
    package mutating func note(_ squareOfLength: (inout [Double]) -> Double, examples batch: Int) {
        if batch != examples { begin(batch) }
        squares += squareOfLength(&sum)
        count += 1
        guard count == NoiseScale.window else { return }
        let steps = Double(count), size = Double(batch)
        let small = squares / steps
        let large = sum.reduce(0) { $0 + $1 * $1 } / (steps * steps)
        average(&noise, (small - large) / (1 / size - 1 / (size * steps)))
        average(&signal, (steps * large - small) / (steps - 1))
        begin(batch)
    }

    private mutating func begin(_ batch: Int) {
        for place in sum.indices { sum[place] = 0 }
        (squares, count, examples) = (0, 0, batch)
    }

    private func average(_ old: inout Double?, _ new: Double) { old = old.map { NoiseScale.decay * $0 + (1 - NoiseScale.decay) * new } ?? new }
}
