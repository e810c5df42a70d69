import NaslExpr
import NaslLanguage

extension Builtins {
    /// Functions on lists and ranges.
    static let lists: [Builtin] = [
        Builtin("map", "list, function", "The function of every element.", example: "map([1, 2, 3], x -> x^2)") { arguments, interpreter in
            // Both orders are common elsewhere; the function may come first.
            let (list, function) = try listAndFunction(arguments)
            return .list(try list.map { try interpreter.call(function, [$0], at: arguments.range) })
        },
        Builtin("filter", "list, function", "The elements for which the function is true.", example: "filter(1..6, n -> n % 2 == 0)") { arguments, interpreter in
            let (list, function) = try listAndFunction(arguments)
            return .list(try list.filter { try isTrue(interpreter.call(function, [$0], at: arguments.range), "the function of `filter`", arguments.range(of: "function")) })
        },
        Builtin("fold", "list, start, function", "Goes through the list with a running value: `function(so_far, element)`.",
                example: "fold([1, 2, 3], 0, (sum, x) -> sum + x)") { arguments, interpreter in
            try arguments.list("list").reduce(arguments.value("start")) { try interpreter.call(arguments.value("function"), [$0, $1], at: arguments.range) }
        },
        Builtin("zip", "first, second", "Pairs of elements, as lists of two.", example: "zip([1, 2], [3, 4])") { arguments, _ in
            let (first, second) = (try arguments.list("first"), try arguments.list("second"))
            guard first.count == second.count else { throw Fault.shapes("zip", [first.count], [second.count]).located(at: arguments.range) }
            return .list(zip(first, second).map { .list([$0, $1]) })
        },
        Builtin("all", "list, function?", "True if every element is (or the function of it).", example: "all([1, 2], x -> x > 0)") { arguments, interpreter in
            .bool(try arguments.list("list").allSatisfy { try holds($0, arguments, interpreter) })
        },
        Builtin("any", "list, function?", "True if some element is (or the function of it).", example: "any([1, 2], x -> x > 1)") { arguments, interpreter in
            .bool(try arguments.list("list").contains { try holds($0, arguments, interpreter) })
        },
        Builtin("len", "list", "How many elements a list, range, tensor or text has.", example: "len([4, 5])") { arguments, _ in
            if case .text(let text) = arguments.value("list") { return .number(Double(text.count)) }
            guard let count = arguments.value("list").length else { throw arguments.wrongType("list", expected: "a list, a range, a tensor or a text") }
            return .number(Double(count))
        },
        Builtin("sum", "values, function?", "The sum of the elements (or of the function of each).", example: "sum(1..4)") { arguments, interpreter in
            .number(try numbers(arguments, interpreter).reduce(0, +))
        },
        Builtin("mean", "values, function?", "The mean of the elements (or of the function of each).", example: "mean([1, 2, 6])") { arguments, interpreter in
            let numbers = try numbers(arguments, interpreter)
            return .number(numbers.reduce(0, +) / Double(numbers.count))
        },
        Builtin("sort", "list, by?", "The elements in rising order (of the function `by`).", example: "sort([3, 1, 2])") { arguments, interpreter in
            let list = try arguments.list("list")
            let keys = try list.map { element in
                let key = arguments.given("by") ? try interpreter.call(arguments.value("by"), [element], at: arguments.range) : element
                guard case .number(let number) = key else { throw Fault.type("what `sort` sorts by", expected: "a number", found: key, at: arguments.range) }
                return number.isNaN ? Double.infinity : number
            }
            return .list(zip(keys, list).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1))
        },
        Builtin("first", "list", "The first element.", example: "first([4, 5])") { arguments, _ in try end(arguments, \.first) },
        Builtin("last", "list", "The last element.", example: "last([4, 5])") { arguments, _ in try end(arguments, \.last) },
        Builtin("append", "list, element", "The list with one more element at its end.", example: "append([1, 2], 3)") { arguments, _ in
            .list(try arguments.list("list") + [arguments.value("element")])
        },
        Builtin("argmin", "list, function?", "The element for which the function (or the element itself) is smallest; NaN is worst.",
                example: "argmin([-1, 2, 3], x -> x^2)") { arguments, interpreter in try best(arguments, interpreter, sign: 1) },
        Builtin("argmax", "list, function?", "The element for which the function (or the element itself) is largest; NaN is worst.",
                example: "argmax([-4, 2, 3], x -> x^2)") { arguments, interpreter in try best(arguments, interpreter, sign: -1) },
    ]

    static func isTrue(_ value: Value, _ what: String, _ range: SourceRange) throws -> Bool {
        guard case .bool(let flag) = value else { throw Fault.type(what, expected: "true or false", found: value, at: range) }
        return flag
    }

    private static func listAndFunction(_ arguments: Arguments) throws -> ([Value], Value) {
        if let list = arguments.value("list").elements { return (list, arguments.value("function")) }
        if let list = arguments.value("function").elements { return (list, arguments.value("list")) }
        throw arguments.wrongType("list", expected: "a list")
    }

    private static func holds(_ element: Value, _ arguments: Arguments, _ interpreter: Interpreter) throws -> Bool {
        let value = arguments.given("function") ? try interpreter.call(arguments.value("function"), [element], at: arguments.range) : element
        return try isTrue(value, "an element", arguments.range)
    }

    private static func numbers(_ arguments: Arguments, _ interpreter: Interpreter) throws -> [Double] {
        if !arguments.given("function"), let tensor = arguments.value("values").asTensor { return tensor.numbers }
        return try arguments.list("values").map { element in
            let value = arguments.given("function") ? try interpreter.call(arguments.value("function"), [element], at: arguments.range) : element
            switch value {
            case .number(let number): return number
            case .bool(let flag): return flag ? 1 : 0
            default: throw Fault.type("an element for `\(arguments.callee)`", expected: "a number", found: value, at: arguments.range)
            }
        }
    }

    private static func end(_ arguments: Arguments, _ pick: ([Value]) -> Value?) throws -> Value {
        guard let value = pick(try arguments.list("list")) else { throw Fault.value("`\(arguments.callee)` of an empty list", at: arguments.range) }
        return value
    }

    private static func best(_ arguments: Arguments, _ interpreter: Interpreter, sign: Double) throws -> Value {
        let list = try arguments.list("list")
        var best: (score: Double, value: Value)?
        for element in list {
            let value = arguments.given("function") ? try interpreter.call(arguments.value("function"), [element], at: arguments.range) : element
            guard case .number(let number) = value else { throw Fault.type("what `\(arguments.callee)` compares", expected: "a number", found: value, at: arguments.range) }
            let score = number.isNaN ? .infinity : sign * number
            if score < (best?.score ?? .infinity) || best == nil { best = (score, element) }
        }
        guard let best else { throw Fault.value("`\(arguments.callee)` of an empty list", at: arguments.range) }
        return best.value
    }
}
