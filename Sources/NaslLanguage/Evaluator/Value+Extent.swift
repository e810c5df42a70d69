import NaslExpr

/// How much a value holds. Parts can be shared, so a value that was built in sixty steps can hold 2^60 numbers.
extension Value {
    /// A range is written out to a list of at most so many numbers.
    public static let longestList = 10_000_000
    /// Lists in lists, functions that hold functions.
    public static let greatestNesting = 10_000

    /// What is held directly: the elements of a list, the fields of a record, the names that a function captured.
    private var parts: [Value] {
        switch self {
        case .list(let values): values
        case .record(let record): record.fields.map(\.value)
        case .function(let function):
            switch function.body {
            case .closure(let closure): closure.environment.captured
            case .composed(let first, let second): [first, second]
            default: []
            }
        default: []
        }
    }

    /// Whether a value is nested more deeply than anything that goes through values could follow. It looks at the first parts first,
    /// and at no more than a hundred thousand.
    public var isNestedTooDeeply: Bool {
        var level = parts.isEmpty ? [] : [self]
        var height = 0
        var seen = 0
        while !level.isEmpty, seen < 100_000 {
            height += 1
            if height > Value.greatestNesting { return true }
            // Shared parts would be met again and again: a few of each level are enough.
            var next: [Value] = []
            for value in level {
                for part in value.parts where next.count < 4 {
                    seen += 1
                    if !part.parts.isEmpty { next.append(part) }
                }
            }
            level = next
        }
        return false
    }
}

extension Interpreter {
    /// The length of a list, range or tensor that is about to be written out.
    public func count(_ value: Value, atMost limit: Int, at range: SourceRange) throws -> Int {
        if let count = value.length {
            guard count <= limit else { throw Fault.tooLarge("this list", found: "\(groupedText(count)) elements", limit: groupedText(limit), at: range) }
            return count
        }
        guard case .range(let bounds) = value else { throw Fault.type("this", expected: "a list or a range", found: value, at: range) }
        throw Fault.tooLarge("this range", found: "\(bounds.sizeText) numbers", limit: groupedText(limit), at: range)
    }

    /// The elements one after the other; those of a range are never written out.
    public func forEach(in value: Value, at range: SourceRange, _ body: (Value) throws -> Void) throws {
        if case .object(let object) = value, let list = object as? any LazyList {
            var slot = 0
            while let element = list.element(slot) {
                try checkInterrupt()
                try tick()
                try body(element)
                slot += 1
            }
            return try checkInterrupt()
        }
        let count = try count(value, atMost: NumberRange.greatestCount, at: range)
        for slot in 0..<count {
            try tick()
            if let element = value.element(slot) { try body(element) }
        }
    }

    /// An error where a value holds more elements, counted each time it is met, than can be gone through.
    public func checkExtent(_ value: Value, at range: SourceRange) throws {
        var count = 0
        try add(value, to: &count, at: range)
    }

    private func add(_ value: Value, to count: inout Int, at range: SourceRange) throws {
        switch value {
        case .list(let values):
            try add(values.count, to: &count, at: range)
            for value in values where value.isCompound { try add(value, to: &count, at: range) }
        case .record(let record):
            try add(record.fields.count, to: &count, at: range)
            for field in record.fields where field.value.isCompound { try add(field.value, to: &count, at: range) }
        case .range: count += try self.count(value, atMost: Value.longestList, at: range)
        default: break
        }
    }

    private func add(_ number: Int, to count: inout Int, at range: SourceRange) throws {
        try tick()
        count += number
        if count > Tensor.largest {
            throw Fault("N0313", "this holds more than \(groupedText(Tensor.largest)) elements, too many to go through", at: range)
        }
    }
}

extension Value {
    fileprivate var isCompound: Bool {
        switch self {
        case .list, .record, .range: true
        default: false
        }
    }
}

extension NumberRange {
    /// How many numbers, however many.
    var sizeText: String { count.map(groupedText) ?? "about \(numberText(((upper - lower) / step).rounded(.down) + 1))" }
}

/// `1,234,567`.
public func groupedText(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = ""
    for (slot, digit) in digits.enumerated() {
        if slot > 0, (digits.count - slot) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return count < 0 ? "-" + text : text
}
