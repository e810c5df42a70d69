import NaslExpr

/// What stops an evaluation: found, expected, where. The interpreter adds the place where none is given.
public struct Fault: Error, Sendable {
    public var code: String
    public var title: String
    public var labels: [(range: SourceRange, text: String)]
    public var help: [String]
    /// Calls from other files that led there, the innermost first.
    public private(set) var callers: [SourceRange] = []
    /// Ctrl-C, not a mistake.
    public var isInterrupt = false
    /// Nothing of this kind can go on: the next trial would meet it, too.
    public var endsSearch = false
    /// A task has given its candidate up by `reject`: no mistake.
    public var isRejection = false

    public init(_ code: String, _ title: String, at range: SourceRange = .none, label: String = "", help: [String] = []) {
        self.code = code
        self.title = title
        self.labels = range.isNone ? [] : [(range, label)]
        self.help = help
    }

    /// The same with a place, unless it has one already.
    public func located(at range: SourceRange) -> Fault {
        guard labels.isEmpty, !range.isNone else { return self }
        var fault = self
        fault.labels = [(range, "")]
        return fault
    }

    /// The same on its way out of a function that was called at `range`.
    func passing(_ range: SourceRange) -> Fault {
        guard let last = callers.last ?? labels.last?.range, last.source != range.source, !range.isNone, callers.count < Fault.mostCallers else { return self }
        var fault = self
        fault.callers.append(range)
        return fault
    }

    private static let mostCallers = 16
}

/// Every mistake that evaluation can find, in numeric order.
extension Fault {
    public static func unknownName(_ name: String, at range: SourceRange, suggestion: String?) -> Fault {
        Fault("N0301", "there is nothing called `\(name)`", at: range, label: "not known here", help: suggestion.map { ["did you mean `\($0)`?"] } ?? [])
    }

    public static func unknownRule(_ name: String, known: [String], at range: SourceRange, suggestion: String?) -> Fault {
        let help = suggestion.map { "did you mean `\($0)`?" } ?? "add a line `\(name) = ...`; the grammar has \(known.map { "`\($0)`" }.joined(separator: ", "))"
        return Fault("N0301", "there is no rule `\(name)`", at: range, label: "not known here", help: [help])
    }

    public static func unknownGrammar(_ name: String, known: [String], at range: SourceRange, suggestion: String?) -> Fault {
        let others = known.isEmpty ? "there is none yet" : "there \(known.count == 1 ? "is" : "are") \(known.map { "`\($0)`" }.joined(separator: ", "))"
        return Fault("N0301", "there is no grammar `\(name)`", at: range, label: "not known here", help: [suggestion.map { "did you mean `\($0)`?" } ?? others])
    }

    public static func argumentCount(_ callee: String, found: Int, expected: String, signature: String, at range: SourceRange) -> Fault {
        Fault("N0302", "`\(callee)` takes \(expected), but \(found == 1 ? "1 was" : "\(found) were") given", at: range, help: ["it is called as `\(signature)`"])
    }

    public static func primitiveArguments(_ primitive: Primitive, found: Int, at range: SourceRange) -> Fault {
        let letters = ["a", "b", "c"].prefix(primitive.arity).joined(separator: ", ")
        return argumentCount(primitive.name, found: found, expected: "\(primitive.arity) argument\(primitive.arity == 1 ? "" : "s")",
                             signature: "\(primitive.name)(\(letters))", at: range)
    }

    public static func missingArgument(_ name: String, of callee: String, signature: String, at range: SourceRange) -> Fault {
        Fault("N0302", "`\(callee)` needs `\(name)`", at: range, label: "`\(name)` is missing", help: ["it is called as `\(signature)`"])
    }

    public static func unknownLabel(_ label: String, of callee: String, known: [String], at range: SourceRange, suggestion: String?) -> Fault {
        let known = known.isEmpty ? "it takes no labelled arguments" : "it takes \(known.map { "`\($0):`" }.joined(separator: ", "))"
        return Fault("N0303", "`\(callee)` has no argument `\(label):`", at: range, label: suggestion.map { "did you mean `\($0):`?" } ?? "", help: [known])
    }

    public static func repeatedArgument(_ name: String, of callee: String, at range: SourceRange) -> Fault {
        Fault("N0303", "`\(name)` is given to `\(callee)` twice", at: range)
    }

    public static func type(_ what: String, expected: String, found: Value, at range: SourceRange = .none) -> Fault {
        Fault("N0304", "\(what) should be \(expected), but it is \(found.kind)", at: range, label: "this is \(found.kind)")
    }

    public static func notCallable(_ value: Value, at range: SourceRange) -> Fault {
        Fault("N0305", "\(value.kind) cannot be called", at: range, label: "this is \(value.kind), not a function")
    }

    public static func indexOutOfRange(_ index: String, count: Int, at range: SourceRange) -> Fault {
        let held = count == 0 ? "it is empty" : "it holds \(count), numbered 0 to \(count - 1)"
        return Fault("N0306", "there is no element \(index)", at: range, label: held)
    }

    public static func noField(_ name: String, of value: Value, fields: [String], at range: SourceRange, suggestion: String?) -> Fault {
        var help = suggestion.map { ["did you mean `.\($0)`?"] } ?? []
        if !fields.isEmpty { help.append("it has \(fields.map { "`.\($0)`" }.joined(separator: ", "))") }
        return Fault("N0307", "\(value.kind) has no field `\(name)`", at: range, help: help)
    }

    /// `places` are where the two came from, if that is known.
    public static func shapes(_ operation: String, _ first: [Int], _ second: [Int], from places: (SourceRange, SourceRange)? = nil) -> Fault {
        let isOfLists = first.count == 1 && second.count == 1
        var fault = Fault("N0308", "shapes \(shapeText(first)) and \(shapeText(second)) do not fit in `\(operation)`",
                          help: [isOfLists ? "both must be of equal length" : "each length must be equal, or 1 on one side, counted from the last"])
        if let places, !places.0.isNone, !places.1.isNone {
            fault.labels = [(places.0, "shape \(shapeText(first))"), (places.1, "shape \(shapeText(second))")]
        }
        return fault
    }

    public static func number(_ what: String, expected: String, found: Double, at range: SourceRange = .none) -> Fault {
        Fault("N0309", "\(what) should be \(expected), but it is \(numberText(found))", at: range)
    }

    /// Without a limit it was the stack that ran out first.
    public static func tooDeep(_ limit: Int?, at range: SourceRange) -> Fault {
        Fault("N0310", limit.map { "calls are nested more than \($0) deep" } ?? "calls are nested too deep", at: range, label: "here it was given up", help: ["does the recursion end?"])
    }

    public static var interrupted: Fault {
        var fault = Fault("N0311", "stopped")
        fault.isInterrupt = true
        return fault
    }

    public static func opaque(_ what: String, reason: String, at range: SourceRange = .none) -> Fault {
        Fault("N0312", "\(what) needs a function that is an expression; this one is opaque", at: range, label: reason)
    }

    public static func tooLarge(_ what: String, found: String, limit: String, at range: SourceRange = .none) -> Fault {
        Fault("N0313", "\(what) would hold \(found); at most \(limit) are possible", at: range)
    }

    public static func file(_ title: String, help: [String] = [], at range: SourceRange = .none) -> Fault {
        Fault("N0314", title, at: range, help: help)
    }

    public static func noReward(_ task: String, at range: SourceRange) -> Fault {
        Fault("N0315", "the task `\(task)` ends without `reward`", at: range, help: ["end it with `reward` and what is to be made large: `reward -fit.validation.loss`"])
    }

    public static func taskParameters(_ title: String, at range: SourceRange, help: [String] = []) -> Fault {
        Fault("N0316", title, at: range, help: help)
    }

    public static func value(_ title: String, at range: SourceRange = .none, help: [String] = []) -> Fault {
        Fault("N0317", title, at: range, help: help)
    }

    public static var outOfFuel: Fault {
        var fault = Fault("N0319", "this was given up: it takes more work than is allowed here")
        fault.endsSearch = true
        return fault
    }

    public static let memoryCode = "N0320"

    public static func memory(held: String, limit: String) -> Fault {
        var fault = Fault(memoryCode, "out of memory: nasl holds \(held), at most \(limit) are allowed")
        fault.endsSearch = true
        return fault
    }

    public static func nesting(_ what: String, limit: Int, at range: SourceRange = .none) -> Fault {
        Fault("N0313", "\(what) would be nested more than \(limit) deep", at: range)
    }
}
