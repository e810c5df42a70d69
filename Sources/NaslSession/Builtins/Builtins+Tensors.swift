import NaslExpr
import NaslLanguage
import NaslRandom

extension Builtins {
    /// Makers of tensors, and what can be asked of them.
    static let tensors: [Builtin] = [
        Builtin("zeros", "lengths...", "A tensor of zeros.", example: "zeros(2, 3)") { arguments, _ in try filled(0, arguments) },
        Builtin("ones", "lengths...", "A tensor of ones.", example: "ones(4)") { arguments, _ in try filled(1, arguments) },
        Builtin("tensor", "numbers", "A list of numbers (or of such lists) as a tensor.", example: "tensor([[1, 2], [3, 4]])") { arguments, interpreter in
            try interpreter.checkExtent(arguments.value("numbers"), at: arguments.range(of: "numbers"))
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

    static let largestTensor = Tensor.largest

    private static func filled(_ number: Double, _ arguments: Arguments) throws -> Value {
        let lengths = arguments.rest.count == 1 ? (arguments.rest[0].value.elements ?? [arguments.rest[0].value]) : arguments.rest.map(\.value)
        let shape = try lengths.enumerated().map { slot, length in
            let place = arguments.rest[min(slot, arguments.rest.count - 1)].range
            guard case .number(let found) = length else { throw Fault.type("a length for `\(arguments.callee)`", expected: "a whole number", found: length, at: place) }
            guard let whole = Int(exactly: found), whole >= 0 else {
                throw Fault.number("a length for `\(arguments.callee)`", expected: "a whole number of at least 0", found: found, at: place)
            }
            return whole
        }
        return .tensor(Tensor(shape: shape, numbers: [Double](repeating: number, count: try Tensor.count(shape, at: arguments.range))))
    }

    private static func drawn(_ arguments: Arguments, _ interpreter: Interpreter, _ draw: (inout RandomStream) -> Double) throws -> Value {
        var stream = interpreter.nextStream()
        guard arguments.given("count") else { return .number(draw(&stream)) }
        let count = try arguments.count("count", in: 0...Tensor.largest)
        try interpreter.spend(count)
        return .tensor(Tensor(shape: [count], numbers: (0..<count).map { _ in draw(&stream) }))
    }
}

/// `1,234,567`.
func grouped(_ count: Int) -> String { groupedText(count) }
