import NaslExpr
import NaslLanguage

extension PlotMaker {
    /// Lists of numbers, each over the places 0, 1, 2 and so on.
    func lists(_ items: [Argument]) throws -> Plot {
        guard items.count <= PlotMaker.mostSeries else {
            throw Fault.tooLarge("this plot", found: "\(items.count) lists", limit: "\(PlotMaker.mostSeries)", at: arguments.range)
        }
        var series: [Series] = []
        var length = 0
        for (place, item) in items.enumerated() {
            let name = items.count == 1 ? "" : "list \(place + 1)"
            if case .range(let range) = item.value, let count = range.count, count > 2000 {
                // A straight line; its points need not be written out.
                series.append(Series(name, xs: [0, Double(count - 1)], ys: [range.lower, range.number(count - 1)]))
                length = max(length, count)
                continue
            }
            let ys = try numbers(item)
            guard !ys.isEmpty else { throw nothing("the list is empty", at: item.range) }
            length = max(length, ys.count)
            series.append(try thinned(Series(name, xs: ys.indices.map(Double.init), ys: ys)))
        }
        return try curves(series, x: Axis(length > 1 ? Limits(0, Double(length - 1)) : Limits.around(0, 0), isWhole: true))
    }

    func curves(_ series: [Series], x: Axis, yLabel: String? = nil) throws -> Plot {
        guard let (y, notes) = limits(of: series.map(\.ys)) else { throw nothing("no number is finite", at: arguments.range) }
        return Plot(.curves(series), x: x, y: Axis(y, label: yLabel), notes: notes)
    }

    /// The numbers of a list; `none` leaves a gap.
    private func numbers(_ item: Argument) throws -> [Double] {
        if case .tensor(let tensor) = item.value {
            guard tensor.shape.count == 1 else { throw wrong(item, item.value) }
            return tensor.numbers
        }
        guard let values = item.value.elements else { throw wrong(item, item.value) }
        return try values.enumerated().map { place, value in
            switch value {
            case .number(let number), .duration(let number): return number
            case .bool(let flag): return flag ? 1 : 0
            case .none: return .nan
            default: throw Fault.type("element \(place) of the list", expected: "a number", found: value, at: item.range)
            }
        }
    }

    private func wrong(_ item: Argument, _ value: Value) -> Fault {
        Fault.type("what `plot` draws", expected: "a function, a list of numbers, a matrix, a record of numbers, a run, a comparison or a training", found: value, at: item.range)
    }

    /// Lists of lists and tensors of rank 2; nil for anything else.
    func matrix(_ item: Argument) throws -> Plot? {
        if case .tensor(let tensor) = item.value {
            guard tensor.shape.count > 1 else { return nil }
            guard tensor.shape.count == 2 else {
                throw Fault.value("a tensor of shape \(shapeText(tensor.shape)) cannot be drawn: `plot` takes one or two axes", at: item.range)
            }
        } else {
            guard case .list(let rows) = item.value, !rows.isEmpty, rows.allSatisfy({ $0.length != nil }) else { return nil }
            let lengths = rows.map { $0.length ?? 0 }
            if let other = lengths.firstIndex(where: { $0 != lengths[0] }) {
                throw Fault.value("the rows of a heat map should be equally long, but row 0 holds \(lengths[0]) and row \(other) holds \(lengths[other])", at: item.range)
            }
            if lengths[0] == 0 { throw nothing("the rows are empty", at: item.range) }
        }
        guard let tensor = item.value.asTensor, tensor.shape.count == 2 else {
            throw Fault.value("a heat map needs numbers in all its rows", at: item.range)
        }
        guard !tensor.numbers.isEmpty else { throw nothing("the tensor is empty", at: item.range) }
        guard let range = ShownRange(tensor.numbers) else { throw nothing("no number is finite", at: item.range) }
        let scale = range.lower < range.upper ? Limits(range.lower, range.upper) : Limits.around(range.lower, range.upper)
        let (rows, columns) = (tensor.shape[0], tensor.shape[1])
        let whole = HeatMap(rows: rows, columns: columns, numbers: tensor.numbers, scale: scale)
        try interpreter.checkInterrupt()
        var notes: [String] = []
        if range.isCut { notes.append("the colours end at \(short(scale.lower)) and \(short(scale.upper)); some numbers lie beyond") }
        return Plot(.heatMap(whole), x: Axis(Limits(-0.5, Double(columns) - 0.5), isWhole: true), y: Axis(Limits(-0.5, Double(rows) - 0.5), isWhole: true), notes: notes)
    }

    /// A list of records with the same fields, all numbers: the first field is the x axis, each other field a line. Nil for anything else.
    func table(_ item: Argument) throws -> Plot? {
        guard case .list(let rows) = item.value, case .record(let first)? = rows.first, !first.fields.isEmpty else { return nil }
        let names = first.fields.map(\.name)
        var columns = [[Double]](repeating: [], count: names.count)
        for (place, row) in rows.enumerated() {
            guard case .record(let record) = row else { throw Fault.type("element \(place) of the list", expected: "a record", found: row, at: item.range) }
            for (column, name) in names.enumerated() {
                switch record[name] {
                case .number(let number)?, .duration(let number)?: columns[column].append(number)
                case nil, Value.none?: columns[column].append(.nan)
                case let other?: throw Fault.type("`\(name)` of element \(place)", expected: "a number", found: other, at: item.range)
                }
            }
        }
        let hasX = names.count > 1
        let xs = hasX ? columns[0] : rows.indices.map(Double.init)
        let finite = xs.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { throw nothing("`\(names[0])` has no finite number", at: item.range) }
        let lines = zip(names, columns).dropFirst(hasX ? 1 : 0).prefix(PlotMaker.mostSeries)
        let series = try lines.map { try thinned(Series($0, xs: xs, ys: $1)) }
        return try curves(series, x: Axis(low < high ? Limits(low, high) : .around(low, high), label: hasX ? names[0] : nil))
    }

    /// Bars, one for each field of a record.
    func record(_ record: Record, _ item: Argument) throws -> Plot {
        guard !record.fields.isEmpty else { throw nothing("the record is empty", at: item.range) }
        guard record.fields.count <= 100 else { throw Fault.tooLarge("this plot", found: "\(record.fields.count) bars", limit: "100", at: item.range) }
        let bars = try record.fields.map { field in
            switch field.value {
            case .number(let number), .duration(let number): return Bar(field.name, number)
            default: throw Fault.type("`\(field.name)` of the record", expected: "a number", found: field.value, at: item.range)
            }
        }
        let finite = bars.map(\.value).filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { throw nothing("no number is finite", at: item.range) }
        var limits = Limits(min(0, low), max(0, high))
        if limits.upper / 2 - limits.lower / 2 < 1e-290 { limits = Limits(0, 1) }
        return Plot(.bars(bars, .fromZero), x: Axis(limits), y: Axis(Limits(0, Double(bars.count))))
    }
}
