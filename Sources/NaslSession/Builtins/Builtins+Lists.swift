import NaslExpr
import NaslLanguage

extension Builtins {
    /// Functions on lists and ranges.
    static let lists: [Builtin] = [
        Builtin("map", "list, function", "The function of every element.", example: "map([1, 2, 3], x -> x^2)") { arguments, interpreter in
            // Both orders are common elsewhere; the function may come first.
            let (list, function, place) = try listAndFunction(arguments)
            var results: [Value] = []
            if case .object = list {} else { results.reserveCapacity(try interpreter.count(list, atMost: Value.longestList, at: place)) }
            try interpreter.forEach(in: list, at: place) { results.append(try interpreter.call(function, [$0], at: arguments.range)) }
            return .list(results)
        },
        Builtin("filter", "list, function", "The elements for which the function is true.", example: "filter(1..6, n -> n % 2 == 0)") { arguments, interpreter in
            let (list, function, place) = try listAndFunction(arguments)
            var results: [Value] = []
            try interpreter.forEach(in: list, at: place) { element in
                if try isTrue(interpreter.call(function, [element], at: arguments.range), "the result of the function of `filter`", arguments.range(of: "function")) { results.append(element) }
            }
            return .list(results)
        },
        Builtin("fold", "list, start, function", "Goes through the list with a running value: `function(so_far, element)`.",
                example: "fold([1, 2, 3], 0, (sum, x) -> sum + x)") { arguments, interpreter in
            let list = try elements(arguments, "list")
            var value = arguments.value("start")
            var round = 0
            try interpreter.forEach(in: list, at: arguments.range(of: "list")) { element in
                value = try interpreter.call(arguments.value("function"), [value, element], at: arguments.range)
                round += 1
                // Only a fold can nest without end.
                if round % 1024 == 0, value.isNestedTooDeeply { throw Fault.nesting("the running value of `fold`", limit: Value.greatestNesting, at: arguments.range) }
            }
            return value
        },
        Builtin("zip", "first, second", "Pairs of elements, as lists of two.", example: "zip([1, 2], [3, 4])") { arguments, _ in
            let (first, second) = (try arguments.list("first"), try arguments.list("second"))
            guard first.count == second.count else { throw Fault.shapes("zip", [first.count], [second.count]).located(at: arguments.range) }
            return .list(zip(first, second).map { .list([$0, $1]) })
        },
        Builtin("all", "list, function?", "True if every element is (or the function of it).", example: "all([1, 2], x -> x > 0)") { arguments, interpreter in
            .bool(try firstIndex(arguments, interpreter) { try !holds($0, arguments, interpreter) } == nil)
        },
        Builtin("any", "list, function?", "True if some element is (or the function of it).", example: "any([1, 2], x -> x > 1)") { arguments, interpreter in
            .bool(try firstIndex(arguments, interpreter) { try holds($0, arguments, interpreter) } != nil)
        },
        Builtin("len", "list", "How many elements a list, range, tensor or text has.", example: "len([4, 5])") { arguments, interpreter in
            if case .text(let text) = arguments.value("list") { return .number(Double(text.count)) }
            switch arguments.value("list") {
            case .object(let object) where object is any LazyList:
                guard let count = (object as? any LazyList)?.count else { throw Fault.value("this list has no end, or one that is too far away", at: arguments.range(of: "list")) }
                return .number(Double(count))
            case .object(let object) where (object as? FittedQuantity)?.quantity.shape.isEmpty == false:
                return .number(Double((object as? FittedQuantity)?.quantity.shape.first ?? 0))
            case .list, .range, .tensor: return .number(Double(try interpreter.count(arguments.value("list"), atMost: NumberRange.greatestCount, at: arguments.range(of: "list"))))
            default: throw arguments.wrongType("list", expected: "a list, a range, a tensor or a text")
            }
        },
        Builtin("sum", "values, function?", "The sum of the elements (or of the function of each).", example: "sum(1..4)") { arguments, interpreter in
            if let total = try fittedTotal(arguments, isMean: false) { return total }
            let (sum, fitted, _) = try total(arguments, interpreter)
            return try fitted.map { try added(.number(sum), $0) } ?? .number(sum)
        },
        Builtin("mean", "values, function?", "The mean of the elements (or of the function of each).", example: "mean([1, 2, 6])") { arguments, interpreter in
            if let total = try fittedTotal(arguments, isMean: true) { return total }
            let (sum, fitted, count) = try total(arguments, interpreter)
            guard let fitted else { return .number(sum / Double(count)) }
            return try FittedQuantity.applied(FunctionTerm(parameters: ["a"], body: .apply(.div, .variable("a"), .number(Double(count)))), to: [try added(.number(sum), fitted)])
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
        Builtin("first", "list", "The first element.", example: "first([4, 5])") { arguments, _ in
            if case .object(let object) = arguments.value("list"), let list = object as? any LazyList, let first = list.element(0) { return first }
            return try end(arguments, \.first)
        },
        Builtin("last", "list", "The last element.", example: "last([4, 5])") { arguments, _ in try end(arguments, \.last) },
        Builtin("append", "list, element", "The list with one more element at its end.", example: "append([1, 2], 3)") { arguments, interpreter in
            let list = try arguments.list("list")
            try interpreter.spend(list.count / 16)
            return .list(list + [arguments.value("element")])
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

    /// A list, range or tensor; a range is not written out.
    private static func elements(_ arguments: Arguments, _ name: String) throws -> Value {
        switch arguments.value(name) {
        case .list, .range, .tensor: return arguments.value(name)
        case .object(let object) where object is any LazyList: return arguments.value(name)
        default: throw arguments.wrongType(name, expected: "a list")
        }
    }

    private static func listAndFunction(_ arguments: Arguments) throws -> (list: Value, function: Value, place: SourceRange) {
        if case .function = arguments.value("list") {
            return (try elements(arguments, "function"), arguments.value("list"), arguments.range(of: "function"))
        }
        let list = try elements(arguments, "list")
        switch arguments.value("function") {
        case .function, .task, .object: return (list, arguments.value("function"), arguments.range(of: "list"))
        default: throw arguments.wrongType("function", expected: "a function")
        }
    }

    private static func firstIndex(_ arguments: Arguments, _ interpreter: Interpreter, where fits: (Value) throws -> Bool) throws -> Int? {
        let list = try elements(arguments, "list")
        if case .object = list {
            var (slot, found) = (0, Int?.none)
            while found == nil, let element = list.element(slot) {
                try interpreter.checkInterrupt()
                if try fits(element) { found = slot }
                slot += 1
            }
            return found
        }
        for slot in 0..<(try interpreter.count(list, atMost: NumberRange.greatestCount, at: arguments.range(of: "list"))) {
            try interpreter.tick()
            if let element = list.element(slot), try fits(element) { return slot }
        }
        return nil
    }

    private static func holds(_ element: Value, _ arguments: Arguments, _ interpreter: Interpreter) throws -> Bool {
        let value = arguments.given("function") ? try interpreter.call(arguments.value("function"), [element], at: arguments.range) : element
        return try isTrue(value, "an element", arguments.range)
    }

    /// The sum or mean of numbers that depend on constants to be fitted; nil where there are none such.
    private static func fittedTotal(_ arguments: Arguments, isMean: Bool) throws -> Value? {
        if case .object(let object) = arguments.value("values"), let quantity = object as? FittedQuantity, !arguments.given("function") {
            return .object(FittedQuantity(quantity.quantity.total(isMean: isMean)))
        }
        return nil
    }

    /// The sum of two numbers, of which one depends on constants to be fitted.
    private static func added(_ first: Value, _ second: Value) throws -> Value {
        try FittedQuantity.applied(FunctionTerm(parameters: ["a", "b"], body: .apply(.add, .variable("a"), .variable("b"))), to: [first, second])
    }

    private static func total(_ arguments: Arguments, _ interpreter: Interpreter) throws -> (sum: Double, fitted: Value?, count: Int) {
        let place = arguments.range(of: "values")
        if !arguments.given("function") {
            if case .tensor(let tensor) = arguments.value("values") { return (tensor.numbers.reduce(0, +), nil, tensor.numbers.count) }
            if case .list = arguments.value("values") {
                try interpreter.checkExtent(arguments.value("values"), at: place)
                if let tensor = arguments.value("values").asTensor { return (tensor.numbers.reduce(0, +), nil, tensor.numbers.count) }
            }
        }
        var (sum, count) = (0.0, 0)
        var fitted: Value?
        try interpreter.forEach(in: try elements(arguments, "values"), at: place) { element in
            let value = arguments.given("function") ? try interpreter.call(arguments.value("function"), [element], at: arguments.range) : element
            switch value {
            case .number(let number): sum += number
            case .bool(let flag): sum += flag ? 1 : 0
            case .object(let object) where (object as? FittedQuantity)?.quantity.shape.isEmpty == true: fitted = try fitted.map { try added($0, value) } ?? value
            default: throw Fault.type("an element for `\(arguments.callee)`", expected: "a number", found: value, at: place)
            }
            count += 1
        }
        return (sum, fitted, count)
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
