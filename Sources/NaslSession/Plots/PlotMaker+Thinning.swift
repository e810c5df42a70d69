extension PlotMaker {
    /// A series of at most some 2,000 points: of each stretch its lowest and its highest point, so that no peak is lost.
    func thinned(_ series: Series) throws -> Series {
        let stretches = 1000
        let count = series.ys.count
        guard count > 2 * stretches else { return series }
        var thin = Series(series.name, xs: [], ys: [], style: series.style)
        for stretch in 0..<stretches {
            try interpreter.checkInterrupt()
            let range = stretch * count / stretches..<(stretch + 1) * count / stretches
            var (low, high): (Int?, Int?) = (nil, nil)
            for place in range where series.ys[place].isFinite {
                if low.map({ series.ys[place] < series.ys[$0] }) ?? true { low = place }
                if high.map({ series.ys[place] > series.ys[$0] }) ?? true { high = place }
            }
            guard let low, let high else {
                thin.xs.append(series.xs[range.lowerBound])
                thin.ys.append(.nan)
                continue
            }
            for place in low == high ? [low] : [min(low, high), max(low, high)] {
                thin.xs.append(series.xs[place])
                thin.ys.append(series.ys[place])
            }
        }
        return thin
    }
}
