import NaslSearch

/// The pictures of a report.
struct RunPictures {
    private let explanation: RunExplanation

    init(_ explanation: RunExplanation) { self.explanation = explanation }

    /// The best reward so far, with what random draws give.
    var bestSoFar: Plot? {
        let history = explanation.run.history
        guard history.count > 1, let last = history.last.flatMap({ $0 }) else { return nil }
        // Only where it changes, and at the end.
        var (xs, ys) = ([Double](), [Double]())
        for (place, reward) in history.enumerated() {
            guard let reward, reward != ys.last || place == history.count - 1 else { continue }
            xs.append(Double(place + 1))
            ys.append(reward)
        }
        var series = [Series("best so far: \(rounded(last))", xs: xs, ys: ys, style: .steps)]
        let random = explanation.bestSoFar.filter { $0.random != nil }
        if random.count > 1 { series.append(Series("random draws, median", xs: random.map { Double($0.trials) }, ys: random.compactMap { $0.random?.median })) }
        // The first steps may come from far below: the better half of the way is what counts.
        let late = series.flatMap { one in zip(one.xs, one.ys).filter { $0.0 >= Double(history.count) / 50 }.map(\.1) }
        guard let limits = RunPictures.limits(late) else { return nil }
        return Plot(.curves(series), x: Axis(Limits(1, Double(history.count)), label: "trial", isWhole: true), y: Axis(limits, label: "reward"))
    }

    /// Shares that are larger than their errors.
    var effects: Plot? {
        guard let told = explanation.effects?.effects.filter({ $0.share > $0.error }).prefix(10), !told.isEmpty else { return nil }
        let bars = told.map { Bar($0.name, $0.share, deviation: $0.error) }
        let most = told.map { $0.share + $0.error }.max() ?? 1
        return Plot(.bars(bars, .fromZero), x: Axis(Limits(0, most), label: "share of the reward's variance"), y: Axis(Limits(0, Double(bars.count))))
    }

    /// The best reward of each size that is worth it.
    var front: Plot? {
        guard explanation.front.count > 1 else { return nil }
        let series = [Series("best of at most this size", xs: explanation.front.map { Double($0.size) }, ys: explanation.front.compactMap { $0.trial.reward }, style: .steps)]
        guard let x = RunPictures.limits(series[0].xs), let y = RunPictures.limits(series[0].ys) else { return nil }
        return Plot(.curves(series), x: Axis(x, label: "size", isWhole: true), y: Axis(y, label: "reward"))
    }

    static func comparison(_ comparison: Comparison) -> Plot? {
        let bars = comparison.rows.prefix(40).map { Bar($0.name, $0.mean ?? .nan, deviation: $0.deviation) }
        let ends = bars.filter(\.value.isFinite).flatMap { [$0.value - ($0.deviation ?? 0), $0.value + ($0.deviation ?? 0)] }
        guard let low = ends.min(), let high = ends.max() else { return nil }
        return Plot(.bars(bars, .interval), x: Axis(.around(low, high), label: "reward"), y: Axis(Limits(0, Double(bars.count))))
    }

    private static func limits(_ numbers: [Double]) -> Limits? {
        guard let low = numbers.filter(\.isFinite).min(), let high = numbers.filter(\.isFinite).max() else { return nil }
        return .around(low, high)
    }
}
