import NaslExpr
import NaslLanguage
import NaslRandom

extension Builtins {
    /// Makers of tensors, and what can be asked of them.
    static let tensors: [Builtin] = [
        Builtin("zeros", "lengths...", "A tensor of zeros.", example: "zeros(2, 3)") { arguments, _ in try filled(0, arguments) },
        Builtin("ones", "lengths...", "A tensor of ones.", example: "ones(4)") { arguments, _ in try filled(1, arguments) },
        Builtin("tensor", "numbers", "A list of numbers (or of such lists) as a tensor.", example: "tensor([[1, 2], [3, 4]])") { arguments, _ in
            guard let tensor = arguments.value("numbers").asTensor else { throw arguments.wrongType("numbers", expected: "numbers in lists of equal lengths") }
            return .tensor(tensor)
        },
        Builtin("uniform", "lower, upper, count?", "Random numbers between two bounds; the same for every candidate of a task.",
                example: "uniform(-1, 1, count: 20)") { arguments, interpreter in
            let (lower, upper) = (try arguments.number("lower"), try arguments.number("upper"))
            return try drawn(arguments, interpreter) { lower + (upper - lower) * $0.uniform() }
        },
        Builtin("normal", "mean?, deviation?, count?", "Normal random numbers; the same for every candidate of a task.",
                example: "normal(0, 1, count: 20)") { arguments, interpreter in
            let (mean, deviation) = (try arguments.number("mean", default: 0), try arguments.number("deviation", default: 1))
            return try drawn(arguments, interpreter) { mean + deviation * $0.normal() }
        },
    ]

    /// No tensor of the prompt may be larger: 100,000,000 numbers are 0.8 GB.
    static let largestTensor = 100_000_000

    private static func filled(_ number: Double, _ arguments: Arguments) throws -> Value {
        var shape: [Int] = []
        var count = 1
        let lengths = arguments.rest.count == 1 ? (arguments.rest[0].value.elements ?? [arguments.rest[0].value]) : arguments.rest.map(\.value)
        for length in lengths {
            guard case .number(let found) = length else { throw Fault.type("a length for `\(arguments.callee)`", expected: "a whole number", found: length, at: arguments.range) }
            guard let whole = Int(exactly: found), whole >= 0 else {
                throw Fault.number("a length for `\(arguments.callee)`", expected: "a whole number of at least 0", found: found, at: arguments.range)
            }
            shape.append(whole)
            let (product, overflow) = count.multipliedReportingOverflow(by: whole)
            guard !overflow, product <= largestTensor else {
                throw Fault.tooLarge("a tensor of shape \(shapeText(shape))", found: overflow ? "more than 2^63 numbers" : "\(grouped(product)) numbers",
                                     limit: grouped(largestTensor), at: arguments.range)
            }
            count = product
        }
        return .tensor(Tensor(shape: shape, numbers: [Double](repeating: number, count: count)))
    }

    private static func drawn(_ arguments: Arguments, _ interpreter: Interpreter, _ draw: (inout RandomStream) -> Double) throws -> Value {
        var stream = interpreter.nextStream()
        guard arguments.given("count") else { return .number(draw(&stream)) }
        let count = try arguments.count("count", in: 0...largestTensor)
        return .tensor(Tensor(shape: [count], numbers: (0..<count).map { _ in draw(&stream) }))
    }
}

/// `1,234,567`.
func grouped(_ count: Int) -> String {
    var text = String(count.magnitude)
    var position = text.count - 3
    while position > 0 {
        text.insert(",", at: text.index(text.startIndex, offsetBy: position))
        position -= 3
    }
    return count < 0 ? "-" + text : text
}
