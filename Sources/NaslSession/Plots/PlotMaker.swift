import NaslExpr
import NaslLanguage

/// Turns what `plot` was given into a ``Plot``: values in, plain data out.
struct PlotMaker {
    let arguments: Arguments
    let interpreter: Interpreter

    /// Functions and lists in one picture; more could not be told apart.
    static let mostSeries = 12

    func plot() throws -> Plot {
        let items = try arguments.rest.flatMap(unpacked)
        guard let first = items.first else { throw Fault.missingArgument("things", of: arguments.callee, signature: "plot(function, ..., over: -4..4)", at: arguments.range) }
        var plot: Plot
        if !DiagramMaker.draws(first.value), items.allSatisfy({ $0.value.isPlottableFunction }) {
            plot = try functions(items)
        } else {
            if arguments.given("over") {
                throw Fault.value("`over:` is the range of a function, but \(first.value.kind) is to be drawn", at: arguments.range(of: "over"))
            }
            plot = try drawing(of: items, first)
        }
        plot.title = arguments.given("title") ? try arguments.text("title") : plot.title
        if let limits = try limits("y") {
            guard case .curves = plot.content else { throw Fault.value("`y:` sets the height of curves; this plot has none", at: arguments.range(of: "y")) }
            plot.y.limits = limits
            plot.notes.removeAll { $0.hasPrefix(PlotMaker.cutNote) }
        }
        return plot
    }

    /// A trial stands for its program; a list of functions for its elements.
    private func unpacked(_ argument: Argument) throws -> [Argument] {
        if case .object(let object) = argument.value, let program = (object as? any ProgramObject)?.program {
            return [Argument(program, at: argument.range)]
        }
        if case .list(let values) = argument.value, !values.isEmpty {
            let inner = try values.flatMap { value in
                if case .list = value { return [Argument(value, at: argument.range)] }
                return try unpacked(Argument(value, at: argument.range))
            }
            if inner.allSatisfy({ $0.value.isPlottableFunction }) { return inner }
        }
        return [argument]
    }

    private func drawing(of items: [Argument], _ first: Argument) throws -> Plot {
        if DiagramMaker.draws(first.value) { return Plot(DiagramMaker.diagram(of: try only(first, of: items).value)) }
        if case .object(let object) = first.value {
            if object is RunValue { return try runs(try items.map { try same($0, RunValue.self, as: first) }) }
            if object is FitValue { return try fits(try items.map { try same($0, FitValue.self, as: first) }) }
            if let study = object as? StudyValue { return try self.study(study, try only(first, of: items)) }
            if let comparison = object as? ComparisonValue { return try self.comparison(comparison, try only(first, of: items)) }
        }
        if case .record(let record) = first.value { return try self.record(record, try only(first, of: items)) }
        if items.count == 1, let plot = try table(first) { return plot }
        if items.count == 1, let plot = try matrix(first) { return plot }
        let kind = (first.value.isListLike, first.value.isPlottableFunction)
        if let other = items.first(where: { ($0.value.isListLike, $0.value.isPlottableFunction) != kind }) { throw mixed(first, other) }
        return try lists(items)
    }

    private func same<Object: LanguageObject>(_ item: Argument, _ type: Object.Type, as first: Argument) throws -> Object {
        if case .object(let object) = item.value, let same = object as? Object { return same }
        throw mixed(first, item)
    }

    private func only(_ first: Argument, of items: [Argument]) throws -> Argument {
        if items.count > 1 { throw mixed(first, items[1]) }
        return first
    }

    func mixed(_ first: Argument, _ other: Argument) -> Fault {
        Fault.value("\(first.value.kind) and \(other.value.kind) cannot be drawn in one plot", at: other.range)
    }

    /// A range argument as the ends of an axis; nil where it was not given.
    func limits(_ name: String) throws -> Limits? {
        guard arguments.given(name) else { return nil }
        guard case .range(let range) = arguments.value(name) else { throw arguments.wrongType(name, expected: "a range, such as -4..4") }
        guard range.lower < range.upper else {
            let ends = "\(numberText(range.lower))..\(numberText(range.upper))"
            throw Fault.value("`\(name)` of `plot` should run from a number to a larger one, but it is \(ends)", at: arguments.range(of: name))
        }
        return Limits(range.lower, range.upper)
    }

    static let cutNote = "the picture ends at "

    /// Limits for numbers in groups, each of which gets the range it needs, and a note where something was cut off; nil where no number
    /// is finite.
    func limits(of groups: [[Double]]) -> (limits: Limits, notes: [String])? {
        let ranges = groups.compactMap { ShownRange($0) }
        guard let first = ranges.first else { return nil }
        let shown = ranges.dropFirst().reduce(first) { $0.union($1) }
        guard shown.isCut else { return (.around(shown.lower, shown.upper), []) }
        var (low, high) = (Double.infinity, -Double.infinity)
        for number in groups.joined() where number.isFinite { (low, high) = (min(low, number), max(high, number)) }
        // What one function needs may hold all that another lost.
        if low >= shown.lower, high <= shown.upper { return (.around(shown.lower, shown.upper), []) }
        let note = "\(PlotMaker.cutNote)\(short(shown.lower)) and \(short(shown.upper)), but the values reach from \(short(low)) to \(short(high)); `y:` sets the ends"
        return (Limits(shown.lower, shown.upper), [note])
    }

    /// Four digits, without zeros at the end.
    func short(_ number: Double) -> String {
        let text = rounded(number)
        guard text.contains("."), !text.contains("e") else { return text }
        let kept = text.reversed().drop { $0 == "0" }
        return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
    }

    func nothing(_ what: String, at range: SourceRange) -> Fault { Fault.value("there is nothing to plot: \(what)", at: range) }
}

extension Value {
    var isListLike: Bool {
        switch self {
        case .list, .range, .tensor: true
        default: false
        }
    }

    /// A function, but no task.
    var isPlottableFunction: Bool {
        if case .task = self { false } else { isCallable }
    }
}
