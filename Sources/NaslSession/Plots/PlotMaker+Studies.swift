import NaslExpr
import NaslLanguage
import NaslSearch

extension PlotMaker {
    /// The best reward so far against trials for each method: the mean over its searches, with a band of their 95 % interval.
    func study(_ study: StudyValue, _ item: Argument) throws -> Plot {
        guard study.runs.count <= PlotMaker.mostSeries else {
            throw Fault.tooLarge("this plot", found: "\(study.runs.count) methods", limit: "\(PlotMaker.mostSeries)", at: item.range)
        }
        var series: [Series] = []
        var longest = 1
        var ends: [Double] = []
        for (method, runs) in study.runs {
            let histories = try runs.map { try $0.run().history }
            let count = histories.map(\.count).max() ?? 0
            longest = max(longest, count)
            var (means, lows, highs): ([Double], [Double], [Double]) = ([], [], [])
            for trial in 0..<count {
                // A search that has ended keeps what it has.
                let rewards = histories.compactMap { history in trial < history.count ? history[trial] : history.last ?? nil }
                guard rewards.count == histories.count, let mean = Statistics.mean(rewards) else {
                    (means, lows, highs) = (means + [.nan], lows + [.nan], highs + [.nan])
                    continue
                }
                let margin = Statistics.margin(rewards) ?? 0
                means.append(mean)
                lows.append(mean - margin)
                highs.append(mean + margin)
            }
            // The first trials say little, and are far below; so may be the ends of a band.
            ends += means.dropFirst(count / 10).filter(\.isFinite)
            let numbers = (0..<count).map { Double($0 + 1) }
            let name = means.last.map { $0.isFinite ? "\(method): \(rounded($0))" : method } ?? method
            var one = try thinned(Series(name, xs: numbers, ys: means, style: .steps))
            one.band = runs.count > 1 ? Band(low: try thinned(Series("", xs: numbers, ys: lows, style: .steps)), high: try thinned(Series("", xs: numbers, ys: highs, style: .steps))) : nil
            series.append(one)
        }
        guard let low = ends.min(), let high = ends.max() else { throw nothing("no search of the study has a reward", at: item.range) }
        let searches = study.runs.map(\.runs.count).max() ?? 1
        let notes = searches > 1 ? ["mean over \(searches) searches, and its 95 % interval"] : []
        return Plot(
            .curves(series), title: "best reward so far in \(study.taskName)",
            x: Axis(longest > 1 ? Limits(1, Double(longest)) : .around(1, 1), label: "trial", isWhole: true), y: Axis(.around(low - (high - low) / 4, high + (high - low) / 4), label: "reward"), notes: notes)
    }
}
