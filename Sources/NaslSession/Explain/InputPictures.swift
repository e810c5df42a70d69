import NaslExpr
import NaslLanguage

/// Pictures of a function over the inputs of its child, for each parameter: value and derivative, the others at the middle of what they were; and where it
/// is saturated, that is nearly flat.
struct InputPictures {
    /// Below it a slope counts as flat.
    static let flat = 0.01
    static let mostParameters = 3

    struct Picture {
        let curves: Plot
        /// By tenth of the inputs' range, the share of the inputs there at which the function is flat.
        let saturation: Plot
        /// Of all inputs.
        let share: Double
    }

    let pictures: [Picture]

    init(_ term: FunctionTerm, _ inputs: SeenInputs, _ host: any Host) throws {
        var pictures: [Picture] = []
        for axis in term.parameters.indices.prefix(InputPictures.mostParameters) {
            guard let slope = try? term.derivative(by: axis) else { continue }
            let limits = inputs.limits(axis)
            let xs = PlotMaker.points(limits, 401)
            let columns = term.parameters.indices.map { $0 == axis ? xs : [inputs.middle($0)] }
            let values = try host.evaluate(term, columns, count: xs.count), slopes = try host.evaluate(slope, columns, count: xs.count)
            let all = (values + slopes).filter(\.isFinite)
            guard let low = all.min(), let high = all.max() else { continue }
            let name = term.parameters[axis].text
            let curves = Plot(.curves([Series("value", xs: xs, ys: values), Series("derivative by \(name)", xs: xs, ys: slopes)]),
                              x: Axis(limits, label: name), y: Axis(Limits.around(low, high)))
            let flats = try host.evaluate(slope, term.parameters.indices.map { axis in inputs.rows.map { $0[axis] } }, count: inputs.rows.count)
                .map { abs($0) < InputPictures.flat }
            pictures.append(Picture(curves: curves, saturation: InputPictures.bars(inputs.rows.map { $0[axis] }, flats, limits, name),
                                    share: Double(flats.count { $0 }) / Double(max(flats.count, 1))))
        }
        self.pictures = pictures
    }

    private static let bins = 10

    private static func bars(_ values: [Double], _ flats: [Bool], _ limits: Limits, _ name: String) -> Plot {
        var counts = [(flat: Int, all: Int)](repeating: (0, 0), count: InputPictures.bins)
        for (value, isFlat) in zip(values, flats) {
            let bin = min(InputPictures.bins - 1, max(0, Int(exactly: (limits.fraction(value) * Double(InputPictures.bins)).rounded(.down)) ?? 0))
            counts[bin].all += 1
            if isFlat { counts[bin].flat += 1 }
        }
        let width = (limits.upper - limits.lower) / Double(InputPictures.bins)
        let bars = counts.enumerated().map { bin, count in
            let low = limits.lower + width * Double(bin)
            return Bar("\(rounded(low))..\(rounded(low + width)), \(count.all) inputs", count.all == 0 ? .nan : Double(count.flat) / Double(count.all))
        }
        return Plot(.bars(bars, .fromZero), title: "share of the inputs at which the slope by \(name) is below \(numberText(InputPictures.flat))", x: Axis(Limits(0, 1)), y: Axis(Limits(0, Double(bars.count))))
    }
}
