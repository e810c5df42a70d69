import NaslExpr
import NaslLanguage

extension PlotMaker {
    /// One run: its best reward so far and the reward of each trial. Several: their best so far.
    func runs(_ runs: [RunValue]) throws -> Plot {
        try checkCount(runs.count, "runs")
        let found = try runs.map { try $0.run() }
        guard let longest = found.map(\.trials.count).max(), longest > 0 else { throw nothing("the run has no trials", at: arguments.range) }
        // Trials with small budgets cost less: then it is the cost that counts.
        let isByCost = found.contains { $0.fullBudget != nil }
        let end = isByCost ? found.compactMap { $0.spending.last }.max() ?? 1 : Double(longest)
        let start = isByCost ? 0.0 : 1
        var series: [Series] = []
        for (one, run) in zip(runs, found) {
            let trials = run.trials
            let numbers = isByCost ? run.spending : trials.indices.map { Double($0 + 1) }
            let name = runs.count == 1 ? "best so far" : heading(one)
            let best = run.best?.reward.map { ": \(rounded($0))" } ?? ""
            series.append(try thinned(Series(name + best, xs: numbers, ys: run.history.map { $0 ?? .nan }, style: .steps)))
            if runs.count == 1 {
                series.append(try thinned(Series("reward of each trial", xs: numbers, ys: trials.map { $0.reward ?? .nan }, style: .points)))
            }
        }
        let x = Axis(end > start ? Limits(start, end) : .around(1, 1), label: isByCost ? "cost in trials of the full budget" : "trial", isWhole: !isByCost)
        var plot = try curves(series, x: x, yLabel: "reward")
        plot.title = runs.count == 1 ? heading(runs[0]) : nil
        return leavingOutTheWorst(plot, found.flatMap { $0.trials.compactMap(\.reward) })
    }

    /// The better nine tenths of the rewards are what a search is about; a few bad ones must not squash them.
    private func leavingOutTheWorst(_ plot: Plot, _ rewards: [Double]) -> Plot {
        var plot = plot
        let sorted = rewards.sorted()
        guard sorted.count >= 20, let worst = sorted.first, let best = sorted.last else { return plot }
        let end = sorted[sorted.count / 10]
        let lower = end - 0.25 * (best - end)
        guard best > end, lower.isFinite, lower - worst > 0.25 * (best - lower) else { return plot }
        plot.y.limits = Limits(lower, best + 0.04 * (best - lower))
        let below = sorted.count { $0 < lower }
        plot.notes = ["\(PlotMaker.cutNote)\(short(lower)); \(grouped(below)) of \(grouped(sorted.count)) rewards lie below, down to \(short(worst)); `y:` sets the ends"]
        return plot
    }

    private func heading(_ run: RunValue) -> String { "\(run.taskName) by \(run.method), seed \(run.seed)" }

    /// Training loss by step.
    func fits(_ fits: [FitValue]) throws -> Plot {
        try checkCount(fits.count, "trainings")
        let longest = fits.map(\.fit.steps).max() ?? 0
        let series = try fits.enumerated().map { number, one in
            let history = one.fit.history
            let name = fits.count == 1 ? "training loss" : "training \(number + 1)"
            return try thinned(Series(name, xs: history.map { Double($0.step) }, ys: history.map(\.loss)))
        }
        var plot = try curves(series, x: Axis(Limits(0, Double(max(1, longest))), label: "step", isWhole: true), yLabel: "loss")
        for (number, one) in fits.enumerated() {
            let name = fits.count == 1 ? "" : "training \(number + 1): "
            plot.notes.append(one.fit.diverged ? "\(name)diverged at step \(grouped(one.fit.steps))" : "\(name)validation loss \(rounded(one.fit.validation.loss))")
        }
        return plot
    }

    /// Means with their deviations; the bars do not begin at zero, which may be far from all of them.
    func comparison(_ value: ComparisonValue, _ item: Argument) throws -> Plot {
        let rows = value.comparison.rows
        guard rows.count <= 100 else { throw Fault.tooLarge("this plot", found: "\(rows.count) bars", limit: "100", at: item.range) }
        let bars = rows.map { Bar($0.name, $0.mean ?? .nan, deviation: $0.deviation) }
        let ends = bars.filter(\.value.isFinite).flatMap { [$0.value - ($0.deviation ?? 0), $0.value + ($0.deviation ?? 0)] }
        guard let low = ends.min(), let high = ends.max() else { throw nothing("no candidate has a reward", at: item.range) }
        let seeds = rows.map(\.count).max() ?? 0
        return Plot(.bars(bars, .interval), x: Axis(.around(low, high), label: "reward"), y: Axis(Limits(0, Double(bars.count))),
                    notes: ["mean and standard deviation over \(seeds) seed\(seeds == 1 ? "" : "s")"])
    }

    private func checkCount(_ count: Int, _ what: String) throws {
        guard count <= PlotMaker.mostSeries else {
            throw Fault.tooLarge("this plot", found: "\(count) \(what)", limit: "\(PlotMaker.mostSeries)", at: arguments.range)
        }
    }
}
