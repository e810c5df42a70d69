import NaslExpr
import NaslLanguage

extension PlotMaker {
    /// Curves of functions of one parameter.
    func functions(_ items: [Argument]) throws -> Plot {
        guard items.count <= PlotMaker.mostSeries else {
            throw Fault.tooLarge("this plot", found: "\(items.count) functions", limit: "\(PlotMaker.mostSeries)", at: arguments.range)
        }
        let over = try limits("over") ?? Limits(-4, 4)
        let given = try givenPoints()
        var parameters: Set<String> = []
        let series = try items.map { item in
            try interpreter.checkInterrupt()
            let term = try term(of: item)
            if let name = term?.parameters.first { parameters.insert(name.text) }
            // Terms are compiled; anything else is called point by point.
            let xs = given ?? PlotMaker.points(over, term == nil ? 241 : 801)
            return Series(item.value.candidateName, xs: xs, ys: try values(of: item, term, at: xs))
        }
        guard let (y, notes) = limits(of: series.map(\.ys)) else {
            let names = series.map { "`\($0.name)`" }.joined(separator: " and ")
            throw nothing("\(names) \(series.count == 1 ? "has" : "have") no finite value on \(numberText(over.lower))..\(numberText(over.upper))", at: arguments.range)
        }
        let empty = series.filter { !$0.ys.contains(where: \.isFinite) }.map { "`\($0.name)` has no finite value here" }
        return Plot(.curves(series), x: Axis(over, label: parameters.count == 1 ? parameters.first : nil), y: Axis(y), notes: notes + empty)
    }

    /// `over: 0..1 by 0.25` asks for these points.
    private func givenPoints() throws -> [Double]? {
        guard case .range(let range) = arguments.value("over"), range.step != 1 else { return nil }
        guard let count = range.count, count <= 5000 else {
            throw Fault.tooLarge("`over` of `plot`", found: range.count.map { "\(grouped($0)) points" } ?? "too many points", limit: "5,000", at: arguments.range(of: "over"))
        }
        guard count > 0 else { throw nothing("`over` holds no number", at: arguments.range(of: "over")) }
        return (0..<count).map(range.number)
    }

    /// Evenly spaced, both ends included.
    static func points(_ limits: Limits, _ count: Int) -> [Double] {
        (0..<count).map { place in
            let share = Double(place) / Double(count - 1)
            return limits.lower * (1 - share) + limits.upper * share
        }
    }

    private func term(of item: Argument) throws -> FunctionTerm? {
        guard case .function(let function) = item.value, case .term(let term) = function.term else { return nil }
        guard term.parameters.count == 1 else {
            throw Fault.value("`plot` draws functions of one parameter, but this one has \(term.parameters.count)", at: item.range, help: ["it is \(term.text)"])
        }
        return term
    }

    private func values(of item: Argument, _ term: FunctionTerm?, at xs: [Double]) throws -> [Double] {
        if let term {
            do { return try interpreter.host.evaluate(term, [xs], count: xs.count) } catch is NotElementwise {}
        }
        return try xs.map { x in
            try interpreter.checkInterrupt()
            switch try interpreter.call(item.value, [.number(x)], at: item.range) {
            case .number(let y), .duration(let y): return y
            case .bool(let flag): return flag ? 1 : 0
            case .none: return .nan
            case let other: throw Fault.type("the value of \(item.value.functionName.map { "`\($0)`" } ?? "this function") at \(numberText(x))", expected: "a number", found: other, at: item.range)
            }
        }
    }
}

extension Value {
    fileprivate var functionName: String? { if case .function(let function) = self { function.name } else { nil } }
}
