import NaslExpr

extension Value {
    /// As the prompt and `print` show it: numbers with the shortest digits that read back, texts as they are.
    public var shown: String {
        if case .text(let text) = self { text } else { tableShown ?? source }
    }

    /// As it would be written in a program, where it can be; of very large values the beginning.
    public var source: String {
        var left = Value.longestShown
        return source(&left)
    }

    /// So many elements are shown at most, of one list 200.
    private static let longestShown = 10_000

    private func source(_ left: inout Int) -> String {
        left -= 1
        if left < 0 { return "..." }
        switch self {
        case .none: return "none"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return numberText(number)
        case .duration(let seconds): return durationText(seconds)
        case .text(let text): return Expr.text(text).text
        case .list(let values):
            var shown: [String] = []
            for value in values.prefix(200) where left >= 0 { shown.append(value.source(&left)) }
            let text = shown.joined(separator: ", ")
            return values.count > shown.count ? "[\(text), ... \(values.count) in all]" : "[\(text)]"
        case .record(let record):
            var shown: [String] = []
            for field in record.fields where left >= 0 { shown.append("\(field.name): \(field.value.source(&left))") }
            return "(\(shown.joined(separator: ", ")))"
        case .range(let range):
            let ends = "\(numberText(range.lower))..\(numberText(range.upper))"
            return range.step == 1 ? ends : "\(ends) by \(numberText(range.step))"
        case .tensor(let tensor): return tensor.summary
        case .function(let function): return function.source
        case .grammar(let grammar): return grammar.summary
        case .task(let task): return task.summary
        case .object(let object): return object.shown
        }
    }
}

/// Seconds as the language writes them: `20s`, `5min`, `1.5s`.
public func durationText(_ seconds: Double) -> String {
    if seconds >= 60, seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(numberText(seconds / 60))min" }
    if seconds < 1, seconds > 0 { return "\(numberText((seconds * 1e6).rounded() / 1e3))ms" }
    return "\(numberText(seconds))s"
}

extension Tensor {
    /// Shape and ends: `tensor [1000] = [0.1, 0.2, ..., 0.9]`.
    public var summary: String {
        let texts = numbers.count <= 8 ? numbers.map(numberText) : numbers.prefix(3).map(numberText) + ["..."] + numbers.suffix(3).map(numberText)
        return "tensor \(shapeText(shape)) = [\(texts.joined(separator: ", "))]"
    }
}
