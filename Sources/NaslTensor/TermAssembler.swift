import CKernels
import NaslExpr

/// Register code written in one pass over a term, for terms that are evaluated once: no graph, no search for equal parts.
///
/// A term in post-order is a stack program, and a value's place in the stack is its register. What ``Graph`` and ``ProgramCompiler`` fold
/// and melt is folded and melted here too, so that a value does not depend on the way, but for equal parts that hold a product in a sum.
struct TermAssembler: ~Copyable {
    /// Registers: inputs, room for as many constants as the term may have, values.
    private var parameters: UnsafeMutableBufferPointer<Symbol>
    private var inputCount: Int { parameters.count }
    private var firstValue = 0
    private var room: Room
    private var stackCount = 0
    private(set) var stepCount = 0
    private(set) var constantCount = 0
    private(set) var registerCount = 0
    /// The register of the result, and whether a step computes it.
    private(set) var output: UInt16 = 0
    private(set) var isComputed = false

    init() {
        parameters = .allocate(capacity: 0)
        room = Room(capacity: 0)
    }

    deinit {
        parameters.deallocate()
        room.deallocate()
    }

    var steps: UnsafePointer<nasl_step> { UnsafePointer(room.steps) }
    var constants: UnsafePointer<Double> { UnsafePointer(room.constants) }

    /// Whether `term` could be written: it holds nothing but numbers, parameters and primitives that do not draw.
    mutating func assemble(_ term: Expr, _ names: [Symbol]) -> Bool {
        if !parameters.elementsEqual(names) {
            parameters.deallocate()
            parameters = .allocate(capacity: names.count)
            _ = parameters.initialize(from: names)
        }
        let written = term.nodes.withUnsafeBufferPointer { nodes -> Bool in
            guard !nodes.isEmpty, nodes.count < 1 << 14 else { return false }
            if nodes.count > room.capacity {
                room.deallocate()
                room = Room(capacity: max(nodes.count, 64))
            }
            (stackCount, stepCount, constantCount) = (0, 0, 0)
            var leaves = 0
            for node in nodes where node.arity == 0 { leaves += 1 }
            firstValue = inputCount + leaves
            registerCount = firstValue
            for node in nodes where !push(node) { return false }
            return stackCount == 1
        }
        guard written else { return false }
        let result = room.stack[0]
        isComputed = result.kind == .product || result.kind == .register && Int(result.a) >= firstValue
        output = register(of: result)
        return true
    }

    /// What stands at a place of the stack.
    private struct Entry {
        enum Kind: UInt8 { case register, constant, product }
        var kind: Kind
        /// The register, or the factors' of a product that is not computed yet: the sum that reads it may do both.
        var a: UInt16 = 0
        var b: UInt16 = 0
        /// Registers for values that are taken: before it, and with it.
        var first: UInt16
        var end: UInt16
        var value = 0.0
    }

    private struct Room {
        let capacity: Int
        let steps: UnsafeMutablePointer<nasl_step>
        let constants: UnsafeMutablePointer<Double>
        let stack: UnsafeMutablePointer<Entry>

        init(capacity: Int) {
            self.capacity = capacity
            (steps, constants, stack) = (.allocate(capacity: capacity), .allocate(capacity: capacity), .allocate(capacity: capacity))
        }

        func deallocate() {
            steps.deallocate()
            constants.deallocate()
            stack.deallocate()
        }
    }

    private static let pi: Symbol = "pi"

    @inline(__always)
    private mutating func push(_ node: Expr.Node) -> Bool {
        let taken = stackCount == 0 ? 0 : room.stack[stackCount - 1].end
        switch node.kind {
        case .number, .fitted, .parameter:
            put(Entry(kind: .constant, first: taken, end: taken, value: node.value))
        case .variable:
            // Of two of one name the first; which it is cannot be foreseen, so the loop has no branch on it.
            var place = -1
            for slot in stride(from: inputCount - 1, through: 0, by: -1) { place = parameters[slot] == node.symbol ? slot : place }
            if place >= 0 {
                put(Entry(kind: .register, a: UInt16(place), first: taken, end: taken))
                return true
            }
            guard node.symbol == TermAssembler.pi else { return false }
            put(Entry(kind: .constant, first: taken, end: taken, value: .pi))
        case .primitive:
            let primitive = node.primitive
            if primitive.isRandom { return false }
            switch node.arity {
            case 1: unary(primitive)
            case 2: binary(primitive)
            default: select(primitive)
            }
        default: return false
        }
        return true
    }

    private mutating func put(_ entry: Entry) {
        (room.stack + stackCount).initialize(to: entry)
        stackCount += 1
    }

    private mutating func unary(_ primitive: Primitive) {
        let x = room.stack[stackCount - 1]
        if primitive == .id { return }
        stackCount -= 1
        if x.kind == .constant {
            put(Entry(kind: .constant, first: x.first, end: x.first, value: primitive.row.evaluate(x.value, 0, 0)))
        } else if primitive == .square {
            let a = register(of: x)
            put(Entry(kind: .product, a: a, b: a, first: x.first, end: max(x.end, x.first + 1)))
        } else {
            let a = register(of: x)
            compute(UInt16(primitive.opcode), a, a, a, first: x.first)
        }
    }

    private mutating func binary(_ primitive: Primitive) {
        let (x, y) = (room.stack[stackCount - 2], room.stack[stackCount - 1])
        stackCount -= 2
        if x.kind == .constant, y.kind == .constant {
            return put(Entry(kind: .constant, first: x.first, end: x.first, value: primitive.row.evaluate(x.value, y.value, 0)))
        }
        if primitive == .mul, x.kind == .constant, x.value == 1 { return put(y) }
        if y.kind == .constant {
            if y.value == 1, primitive == .mul || primitive == .div || primitive == .pow { return put(x) }
            if y.value == 0, primitive == .sub { return put(x) }
            if primitive == .pow, y.value == 2 || y.value == 3 {
                put(x)
                return unary(y.value == 2 ? .square : .cube)
            }
        }
        if primitive == .left { return put(x) }
        if primitive == .mul {
            let (a, b) = (register(of: x), register(of: y))
            return put(Entry(kind: .product, a: a, b: b, first: x.first, end: max(y.end, x.first + 1)))
        }
        if primitive == .add || primitive == .sub {
            if x.kind == .product {
                let c = register(of: y)
                return compute(UInt16(primitive == .add ? NASL_MULTIPLY_ADD : NASL_MULTIPLY_SUBTRACT), x.a, x.b, c, first: x.first)
            }
            if y.kind == .product {
                let c = register(of: x)
                return compute(UInt16(primitive == .add ? NASL_MULTIPLY_ADD : NASL_SUBTRACT_PRODUCT), y.a, y.b, c, first: x.first)
            }
        }
        let (a, b) = (register(of: x), register(of: y))
        compute(UInt16(primitive.opcode), a, b, a, first: x.first)
    }

    private mutating func select(_ primitive: Primitive) {
        let (x, y, z) = (room.stack[stackCount - 3], room.stack[stackCount - 2], room.stack[stackCount - 1])
        stackCount -= 3
        if x.kind == .constant { return put(x.value != 0 ? y : z) }
        let (a, b, c) = (register(of: x), register(of: y), register(of: z))
        compute(UInt16(primitive.opcode), a, b, c, first: x.first)
    }

    /// A step whose result takes the first register that its arguments had; a step may write over what it reads.
    private mutating func compute(_ opcode: UInt16, _ a: UInt16, _ b: UInt16, _ c: UInt16, first: UInt16) {
        let target = emit(opcode, a, b, c, first: first)
        put(Entry(kind: .register, a: target, first: first, end: first + 1))
    }

    private mutating func emit(_ opcode: UInt16, _ a: UInt16, _ b: UInt16, _ c: UInt16, first: UInt16) -> UInt16 {
        let target = firstValue + Int(first)
        registerCount = max(registerCount, target + 1)
        (room.steps + stepCount).initialize(to: nasl_step(op: opcode, dst: UInt16(target), a: a, b: b, c: c))
        stepCount += 1
        return UInt16(target)
    }

    /// The register in which an entry's value stands, after the step that is still wanting.
    private mutating func register(of entry: Entry) -> UInt16 {
        switch entry.kind {
        case .register: return entry.a
        case .product:
            let isSquare = entry.a == entry.b
            return emit(UInt16((isSquare ? Primitive.square : .mul).opcode), entry.a, entry.b, entry.a, first: entry.first)
        case .constant:
            let bits = entry.value.bitPattern
            for known in 0..<constantCount where room.constants[known].bitPattern == bits { return UInt16(inputCount + known) }
            room.constants[constantCount] = entry.value
            constantCount += 1
            return UInt16(inputCount + constantCount - 1)
        }
    }
}
