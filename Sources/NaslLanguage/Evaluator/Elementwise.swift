import NaslExpr

/// Elementwise functions work on numbers, lists and tensors alike, and broadcast.
extension Interpreter {
    /// `primitive` applied to values.
    func apply(_ primitive: Primitive, to operands: [Value], at range: SourceRange) throws -> Value {
        if let numbers = scalars(operands) {
            let value = primitive.row.evaluate(numbers[0], numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
            return primitive.isComparison ? .bool(value != 0) : .number(value)
        }
        let names = Interpreter.operandNames.prefix(primitive.arity)
        let term = FunctionTerm(parameters: Array(names), body: .apply(primitive, names.map { .variable($0) }))
        return try apply(term, named: primitive.name, to: operands, at: range)
    }

    /// An elementwise term applied to values: once for numbers, element by element for lists and tensors.
    func apply(_ term: FunctionTerm, named name: String, to operands: [Value], at range: SourceRange) throws -> Value {
        for operand in operands {
            if case .object(let object) = operand, let traced = object as? any TracedOperand {
                return try traced.apply(term, to: operands)
            }
        }
        if let numbers = scalars(operands) {
            do { return .number(try term.value(at: numbers)) } catch { throw Fault.value(error.description, at: range) }
        }
        if operands.contains(where: { if case .tensor = $0 { true } else { false } }) {
            return .tensor(try applyToTensors(term, name, operands, at: range))
        }
        return try applyToLists(term, name, operands, at: range)
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

    private func applyToLists(_ term: FunctionTerm, _ name: String, _ operands: [Value], at range: SourceRange) throws -> Value {
        var count: Int?
        for operand in operands {
            switch operand {
            case .number, .bool, .duration: continue
            case .list, .range:
                guard let length = operand.length else { throw Fault.tooLarge("this range", found: "too many numbers", limit: "100,000,000", at: range) }
                if let count, count != length { throw Fault.shapes(name, [count], [length]).located(at: range) }
                count = length
            default: throw Fault.type("an argument of `\(name)`", expected: "a number, a list or a tensor", found: operand, at: range)
            }
        }
        let columns = operands.map { $0.elements }
        if let flat = flatColumns(columns, operands), let count {
            let result = try evaluate(term, flat, count: count, at: range)
            return .list(result.map { .number($0) })
        }
        let rows = try (0..<(count ?? 0)).map { row in
            try apply(term, named: name, to: zip(operands, columns).map { $1.map { $0[row] } ?? $0 }, at: range)
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

    private func applyToTensors(_ term: FunctionTerm, _ name: String, _ operands: [Value], at range: SourceRange) throws -> Tensor {
        var shape: [Int] = []
        var tensors: [Tensor] = []
        for operand in operands {
            guard let tensor = operand.asTensor else { throw Fault.type("an argument of `\(name)`", expected: "a number, a list or a tensor", found: operand, at: range) }
            guard let joined = Tensor.broadcast(shape, tensor.shape) else { throw Fault.shapes(name, shape, tensor.shape).located(at: range) }
            shape = joined
            tensors.append(tensor)
        }
        let count = shape.reduce(1, *)
        let columns = tensors.map { $0.numbers.count == 1 ? $0.numbers : $0.expanded(to: shape) }
        return Tensor(shape: shape, numbers: try evaluate(term, columns, count: count, at: range))
    }

    private func evaluate(_ term: FunctionTerm, _ columns: [[Double]], count: Int, at range: SourceRange) throws -> [Double] {
        do { return try host.evaluate(term, columns, count: count) } catch let error as NotElementwise { throw Fault.value(error.description, at: range) }
    }
}

extension Primitive {
    var isComparison: Bool { opcode >= Primitive.less.opcode && opcode <= Primitive.notEqual.opcode }
}

extension Value {
    /// How many elements a list, range or tensor has.
    public var length: Int? {
        switch self {
        case .list(let values): values.count
        case .range(let range): range.count
        case .tensor(let tensor): tensor.shape.first
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
    /// The common shape of two, lengths aligned at the last axis as in NumPy; nil where they do not fit.
    static func broadcast(_ first: [Int], _ second: [Int]) -> [Int]? {
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
    func expanded(to target: [Int]) -> [Double] {
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
