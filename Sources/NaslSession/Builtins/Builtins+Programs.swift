import Foundation
import NaslExpr
import NaslLanguage

extension Builtins {
    /// Work on functions that are terms.
    static let programs: [Builtin] = [
        Builtin("grad", "function, by?", "The derivative of a function, as a function; by its first parameter unless `by:` names another.",
                example: "grad(x -> x^3)(2)") { arguments, _ in
            let term = try term(arguments, "function")
            let slot = try parameter(arguments, of: term)
            do { return .function(Function(.term(try term.derivative(by: slot), derivation: nil))) } catch let error as NotElementwise {
                throw Fault.opaque("`grad`", reason: error.description, at: arguments.range(of: "function"))
            }
        },
        Builtin("param", "start", "A weight that starts there and is trained with the net, one per channel; by hand it is its start.",
                example: "(x -> x * sigmoid(param(1.0) * x))(2)") { arguments, _ in .number(try arguments.number("start")) },
        Builtin("size", "program", "How many names, numbers and operations a program has.", example: "size(x -> max(x, tanh(x)))") { arguments, _ in
            .number(Double(try term(arguments, "program").body.size))
        },
        Builtin("depth", "program", "The depth of a program; a name or number has depth 1.", example: "depth(x -> max(x, tanh(x)))") { arguments, _ in
            .number(Double(try term(arguments, "program").body.depth))
        },
        Builtin("rounded", "function, digits?", "The function with its numbers rounded to so many significant digits (6): fitted constants as one would write them.",
                example: "rounded(x -> 2.4999999999997 * x)") { arguments, _ in
            let digits = try arguments.count("digits", in: 1...17, default: 6)
            if case .number(let number) = arguments.value("function") { return .number(rounded(number, digits)) }
            let term = try term(arguments, "function")
            let nodes = term.body.nodes.map { node in
                var node = node
                if node.kind == .number { node.value = rounded(node.value, digits) }
                return node
            }
            return .function(Function(.term(FunctionTerm(parameters: term.parameters, body: Expr(nodes: nodes)), derivation: nil)))
        },
        Builtin("check_grad", "function, at?", "Reverse mode against central differences at points of a range: the worst point and its relative error.",
                example: "check_grad(x -> x * sigmoid(x), at: -3..3)") { arguments, _ in
            let term = try term(arguments, "function")
            guard term.parameters.count == 1 else { throw Fault.value("`check_grad` takes a function of one parameter", at: arguments.range(of: "function")) }
            let range: NumberRange
            if arguments.given("at") {
                guard case .range(let given) = arguments.value("at") else { throw arguments.wrongType("at", expected: "a range, such as -3..3") }
                range = given
            } else {
                range = NumberRange(lower: -3, upper: 3)
            }
            return try checkGradient(term, over: range, arguments)
        },
    ]

    /// To so many significant digits, by way of their decimal text, so that 2.4999999999997 becomes 2.5 and not a neighbour of it.
    private static func rounded(_ number: Double, _ digits: Int) -> Double {
        guard number != 0, number.isFinite, number.magnitude > 1e-290, number.magnitude < 1e290 else { return number }
        let exponent = Int(exactly: log10(number.magnitude).rounded(.down)) ?? 0
        // Powers of ten up to 22 are exact; further away the text is.
        let places = digits - 1 - exponent
        let scaled = places >= 0 ? number * pow(10, Double(places)) : number / pow(10, Double(-places))
        guard scaled.isFinite, let whole = Int(exactly: scaled.rounded()) else { return number }
        return Double("\(whole)e\(-places)") ?? number
    }

    /// The argument `name` as a term: a function that is one, or a trial's program.
    static func term(_ arguments: Arguments, _ name: String) throws -> FunctionTerm {
        try term(arguments.value(name), "`\(name)` of `\(arguments.callee)`", at: arguments.range(of: name))
    }

    static func term(_ value: Value, _ what: String, at range: SourceRange) throws -> FunctionTerm {
        switch value {
        case .function(let function):
            switch function.term {
            case .term(let term): return term
            case .opaque(let reason): throw Fault.opaque(what, reason: reason, at: range)
            }
        case .object(let object):
            if let program = (object as? any ProgramObject)?.program { return try term(program, what, at: range) }
        case .number(let number): return FunctionTerm(parameters: [], body: .number(number))
        default: break
        }
        throw Fault.type(what, expected: "a function", found: value, at: range)
    }

    private static func parameter(_ arguments: Arguments, of term: FunctionTerm) throws -> Int {
        guard arguments.given("by") else {
            guard !term.parameters.isEmpty else { throw Fault.value("there is no parameter to differentiate by", at: arguments.range) }
            return 0
        }
        switch arguments.value("by") {
        case .text(let name):
            if let slot = term.parameters.firstIndex(where: { $0.text == name }) { return slot }
            throw Fault.value("the function has no parameter `\(name)`", at: arguments.range(of: "by"), help: ["it has \(term.parameters.map { "`\($0)`" }.joined(separator: ", "))"])
        default: return try arguments.count("by", in: 0...max(0, term.parameters.count - 1))
        }
    }

    /// 1,001 points; step by the cube root of the precision, scaled (Dennis & Schnabel 1983, section 5.4).
    private static func checkGradient(_ term: FunctionTerm, over range: NumberRange, _ arguments: Arguments) throws -> Value {
        do {
            let slope = try term.derivative()
            var worst = (point: Double.nan, error: -1.0, reverse: 0.0, difference: 0.0)
            for step in 0...1000 {
                let x = range.lower + (range.upper - range.lower) * Double(step) / 1000
                let h = 6e-6 * max(1, abs(x))
                let difference = (try term.value(at: [x + h]) - term.value(at: [x - h])) / (2 * h)
                let reverse = try slope.value(at: [x])
                let error = abs(reverse - difference) / max(1, abs(difference))
                if error > worst.error { worst = (x, error, reverse, difference) }
            }
            return .record(Record([("at", .number(worst.point)), ("reverse", .number(worst.reverse)), ("difference", .number(worst.difference)),
                                   ("error", .number(worst.error))]))
        } catch {
            throw Fault.opaque("`check_grad`", reason: error.description, at: arguments.range(of: "function"))
        }
    }
}
