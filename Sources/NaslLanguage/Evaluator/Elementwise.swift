import NaslExpr
import NaslRandom

/// Elementwise functions work on numbers, lists and tensors alike, and broadcast.
extension Interpreter {
    /// `primitive` applied to values; `name` is how messages call it, `places` are where the operands stand.
    func apply(_ primitive: Primitive, named name: String, to operands: [Value], at range: SourceRange, from places: [SourceRange] = []) throws -> Value {
        if primitive.isRandom, let numbers = scalars(operands) {
            var stream = nextStream()
            return .number(primitive == .noise ? numbers[0] * stream.normal() : stream.uniform() < numbers[1] ? 0 : numbers[0])
        }
        if let numbers = scalars(operands) {
            let value = primitive.row.evaluate(numbers[0], numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
            return primitive.isComparison ? .bool(value != 0) : .number(value)
        }
        let names = Interpreter.operandNames.prefix(primitive.arity)
        let term = FunctionTerm(parameters: Array(names), body: .apply(primitive, names.map { .variable($0) }))
        return try apply(term, named: name, to: operands, at: range, from: places)
    }

    /// An elementwise term applied to values: once for numbers, element by element for lists and tensors.
    func apply(_ term: FunctionTerm, named name: String, to operands: [Value], at range: SourceRange, from places: [SourceRange] = []) throws -> Value {
        for operand in operands {
            if case .object(let object) = operand, let traced = object as? any TracedOperand {
                return try traced.apply(term, to: operands)
            }
        }
        if let constantTracer, term.body.constantCount > 0 { return try constantTracer(term, operands) }
        if let numbers = scalars(operands) {
            do { return .number(try term.value(at: numbers)) } catch { throw Fault.value(error.description, at: range) }
        }
        let places = Places(whole: range, parts: places)
        if operands.contains(where: \.isTensor) { return .tensor(try applyToTensors(term, name, operands, places)) }
        return try applyToLists(term, name, operands, places)
    }

    /// Where an operation and its operands stand.
    private struct Places {
        var whole: SourceRange
        var parts: [SourceRange]

        subscript(slot: Int) -> SourceRange { slot < parts.count && !parts[slot].isNone ? parts[slot] : whole }

        func pair(_ first: Int, _ second: Int) -> (SourceRange, SourceRange)? {
            max(first, second) < parts.count ? (parts[first], parts[second]) : nil
        }
    }

    private static let operandNames: [Symbol] = ["a", "b", "c"]

    private func scalars(_ operands: [Value]) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(operands.count)
        for operand in operands {
            switch operand {
            case .number(let number), .duration(let number): numbers.append(number)
            case .bool(let flag): numbers.append(flag ? 1 : 0)
            default: return nil
            }
        }
        return numbers
    }

    private func applyToLists(_ term: FunctionTerm, _ name: String, _ operands: [Value], _ places: Places) throws -> Value {
        var longest: (slot: Int, count: Int)?
        for (slot, operand) in operands.enumerated() {
            switch operand {
            case .number, .bool, .duration: continue
            case .list, .range:
                try checkExtent(operand, at: places[slot])
                let length = try count(operand, atMost: Value.longestList, at: places[slot])
                if let known = longest, known.count != length {
                    throw Fault.shapes(name, [known.count], [length], from: places.pair(known.slot, slot)).located(at: places.whole)
                }
                longest = (slot, length)
            default: throw Fault.type("an argument of `\(name)`", expected: "a number, a list or a tensor", found: operand, at: places[slot])
            }
        }
        let columns = operands.map { $0.elements }
        if let flat = flatColumns(columns, operands), let count = longest?.count {
            try spend(count)
            return .list(try evaluate(term, flat, count: count, at: places.whole).map { .number($0) })
        }
        let rows = try (0..<(longest?.count ?? 0)).map { row in
            try tick()
            return try apply(term, named: name, to: zip(operands, columns).map { $1.map { $0[row] } ?? $0 }, at: places.whole, from: places.parts)
        }
        return .list(rows)
    }

    /// Lists of numbers alone as columns of doubles.
    private func flatColumns(_ columns: [[Value]?], _ operands: [Value]) -> [[Double]]? {
        var flat: [[Double]] = []
        for (column, operand) in zip(columns, operands) {
            guard let numbers = scalars(column ?? [operand]) else { return nil }
            flat.append(numbers)
        }
        return flat
    }

    private func applyToTensors(_ term: FunctionTerm, _ name: String, _ operands: [Value], _ places: Places) throws -> Tensor {
        var shape: [Int] = []
        var tensors: [Tensor] = []
        for (slot, operand) in operands.enumerated() {
            try checkExtent(operand, at: places[slot])
            guard let tensor = operand.asTensor else { throw Fault.type("an argument of `\(name)`", expected: "a number, a list or a tensor", found: operand, at: places[slot]) }
            guard let joined = Tensor.broadcast(shape, tensor.shape) else {
                let other = tensors.indices.first { Tensor.broadcast(tensors[$0].shape, tensor.shape) == nil }
                throw Fault.shapes(name, other.map { tensors[$0].shape } ?? shape, tensor.shape, from: other.flatMap { places.pair($0, slot) }).located(at: places.whole)
            }
            shape = joined
            tensors.append(tensor)
        }
        let count = try Tensor.count(shape, at: places.whole)
        try spend(count)
        let columns = tensors.map { $0.numbers.count == 1 ? $0.numbers : $0.expanded(to: shape) }
        return Tensor(shape: shape, numbers: try evaluate(term, columns, count: count, at: places.whole))
    }

    private func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int, at range: SourceRange) throws -> [Double] {
        do { return try host.evaluate(term, columns, count: count) } catch let error as NotElementwise { throw Fault.value(error.description, at: range) }
    }
}

extension Primitive {
    package var isComparison: Bool { opcode >= Primitive.less.opcode && opcode <= Primitive.notEqual.opcode }
}

extension Value {
    /// How many elements a list, range or tensor has.
    public var length: Int? {
        switch self {
        case .list(let values): values.count
        case .range(let range): range.count
        case .tensor(let tensor): tensor.shape.first
        case .object(let object): (object as? any LazyList)?.count
        default: nil
        }
    }

    /// A number, a flat or nested list of numbers of equal lengths, or a tensor, as a tensor.
    public var asTensor: Tensor? {
        switch self {
        case .number(let number): return Tensor(shape: [], numbers: [number])
        case .bool(let flag): return Tensor(shape: [], numbers: [flag ? 1 : 0])
        case .tensor(let tensor): return tensor
        case .list, .range:
            guard let elements, !elements.isEmpty else { return nil }
            var inner: [Int]?
            var numbers: [Double] = []
            for element in elements {
                guard let tensor = element.asTensor, inner == nil || inner == tensor.shape else { return nil }
                inner = tensor.shape
                numbers += tensor.numbers
            }
            return Tensor(shape: [elements.count] + (inner ?? []), numbers: numbers)
        default: return nil
        }
    }
}

extension Tensor {
    /// No tensor of the prompt may be larger: 100,000,000 numbers are 0.8 GB.
    public static let largest = 100_000_000

    /// How many numbers a tensor of this shape holds; an error where that is too many.
    public static func count(_ shape: [Int], at range: SourceRange = .none) throws(Fault) -> Int {
        if shape.contains(0) { return 0 }
        var count = 1
        var overflows = false
        for length in shape {
            let product = count.multipliedReportingOverflow(by: length)
            count = product.partialValue
            overflows = overflows || product.overflow
        }
        guard !overflows, count <= largest else {
            throw .tooLarge("a tensor of shape \(shapeText(shape))", found: overflows ? "more than 2^63 numbers" : "\(groupedText(count)) numbers",
                            limit: groupedText(largest), at: range)
        }
        return count
    }

    /// The common shape of two, lengths aligned at the last axis as in NumPy; nil where they do not fit.
    public static func broadcast(_ first: [Int], _ second: [Int]) -> [Int]? {
        let rank = max(first.count, second.count)
        var result = [Int](repeating: 1, count: rank)
        for axis in 0..<rank {
            let a = axis < rank - first.count ? 1 : first[axis - (rank - first.count)]
            let b = axis < rank - second.count ? 1 : second[axis - (rank - second.count)]
            guard a == b || a == 1 || b == 1 else { return nil }
            result[axis] = a == 1 ? b : a
        }
        return result
    }

    /// The numbers repeated along axes of length 1 until they fill `target`.
    public func expanded(to target: [Int]) -> [Double] {
        if shape == target { return numbers }
        let padded = [Int](repeating: 1, count: target.count - shape.count) + shape
        var strides = [Int](repeating: 0, count: target.count)
        var stride = 1
        for axis in padded.indices.reversed() {
            strides[axis] = padded[axis] == 1 ? 0 : stride
            stride *= padded[axis]
        }
        let count = target.reduce(1, *)
        var result = [Double](repeating: 0, count: count)
        for position in 0..<count {
            var rest = position
            var source = 0
            for axis in target.indices.reversed() {
                source += rest % target[axis] * strides[axis]
                rest /= target[axis]
            }
            result[position] = numbers[source]
        }
        return result
    }
}
