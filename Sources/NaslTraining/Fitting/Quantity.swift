import NaslExpr

/// What has been computed so far from what is not yet known (constants that are to be fitted, values of a candidate): a number or an array of them, as a
/// graph of elementwise functions and sums.
///
///     let c = Quantity(constant: 0)
///     let error = try Quantity(f, [.init([0, 1, 2], shape: [3]), c])   // f: (x, c) -> exp(c * x) - 1
///     let loss = try Quantity(square, [error]).total(isMean: true)
public final class Quantity: Sendable {
    enum Content: Sendable {
        /// Known numbers, one or as many as the shape says.
        case numbers([Double])
        /// The constant of that number.
        case constant(Int)
        /// What the candidate gives at its call of that number.
        case given(Int)
        case applied(FunctionTerm, [Quantity])
        case total(Quantity, isMean: Bool)
    }

    let content: Content
    public let shape: [Int]
    /// How many operations follow one another at most.
    private let depth: Int
    var count: Int { shape.reduce(1, *) }

    private init(_ content: Content, shape: [Int]) {
        self.content = content
        self.shape = shape
        depth = switch content {
        case .numbers, .constant, .given: 0
        case .applied(_, let operands): 1 + (operands.map(\.depth).max() ?? 0)
        case .total(let inner, _): 1 + inner.depth
        }
    }

    /// One number at a time, thousands of them, are no work for a compiled program.
    static let greatestDepth = 4000

    /// Known numbers, row-major.
    public convenience init(_ numbers: [Double], shape: [Int]) { self.init(.numbers(numbers), shape: shape) }

    /// A constant.
    public convenience init(constant number: Int) { self.init(.constant(number), shape: []) }

    /// The values of a candidate at its call of that number.
    public convenience init(given call: Int, shape: [Int]) { self.init(.given(call), shape: shape) }

    /// An elementwise function of operands that have one shape, but for single numbers.
    ///
    /// - Throws: ``NotElementwise`` where their shapes differ, or the function draws at random or is more than elementwise.
    public convenience init(_ function: FunctionTerm, _ operands: [Quantity]) throws(NotElementwise) {
        if function.body.isRandom { throw NotElementwise(found: "a random draw") }
        if operands.contains(where: { $0.depth >= Quantity.greatestDepth }) { throw NotElementwise(found: "more than \(Quantity.greatestDepth) operations on single numbers one after another") }
        let shape = operands.max { ($0.count, $0.shape.count) < ($1.count, $1.shape.count) }?.shape ?? []
        for operand in operands where operand.count != 1 && operand.shape != shape {
            throw NotElementwise(found: "arrays of different shapes, \(operand.shape) and \(shape)")
        }
        self.init(.applied(function, operands), shape: shape)
    }

    /// The sum or the mean of all its numbers.
    public func total(isMean: Bool) -> Quantity { Quantity(.total(self, isMean: isMean), shape: []) }

    /// The primitive that gave it, where it was one of a program's.
    public var lastPrimitive: Primitive? {
        guard case .applied(let function, _) = content, let node = function.body.nodes.last, node.kind == .primitive else { return nil }
        return node.primitive
    }

    /// Whether it comes of one of these primitives.
    public func uses(_ primitives: Set<Primitive>) -> Bool {
        var seen: Set<ObjectIdentifier> = []
        func visit(_ value: Quantity) -> Bool {
            guard seen.insert(ObjectIdentifier(value)).inserted else { return false }
            if case .applied(let function, _) = value.content, function.body.nodes.contains(where: { $0.kind == .primitive && primitives.contains($0.primitive) }) { return true }
            return value.operands.contains(where: visit)
        }
        return visit(self)
    }

    var operands: [Quantity] {
        switch content {
        case .numbers, .constant, .given: []
        case .applied(_, let operands): operands
        case .total(let inner, _): [inner]
        }
    }
}
