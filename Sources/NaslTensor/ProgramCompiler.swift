import CKernels
import NaslExpr

/// From graph to register code: which nodes are live, which products melt into sums, which are uniform, where each is read last, and a
/// linear scan that hands out registers (Poletto & Sarkar 1999, on straight-line code).
struct ProgramCompiler {
    /// A node as an instruction on other nodes.
    struct Operation {
        var opcode: UInt16
        var count: Int
        var a: Int, b: Int, c: Int

        /// Calls `body` with each argument.
        func forEachArgument(_ body: (Int) -> Void) {
            body(a)
            if count > 1 { body(b) }
            if count > 2 { body(c) }
        }
    }

    let graph: Graph
    let results: [Graph.Ref]
    let scalars: Set<Int>
    let aliases: [Int: Int]

    var program = RegisterCode()
    /// Nil for inputs, numbers and what is not computed by a step of its own.
    var operations: [Operation?]
    /// How many live nodes read each node; results count as one reader more.
    var uses: [Int]
    var isUniform: [Bool]
    /// The register that holds each node's value, -1 before it has one.
    var register: [Int]
    /// Steps to be emitted, as node numbers: uniform ones first.
    var order: [Int] = []
    var lastUse: [Int]
    var free: [Int] = []

    init(_ graph: Graph, outputs: [Graph.Ref], scalars: Set<Int>, aliases: [Int: Int]) {
        self.graph = graph
        results = outputs
        self.scalars = scalars
        self.aliases = aliases
        let count = graph.nodes.count
        operations = [Operation?](repeating: nil, count: count)
        uses = [Int](repeating: 0, count: count)
        isUniform = [Bool](repeating: false, count: count)
        register = [Int](repeating: -1, count: count)
        lastUse = [Int](repeating: -1, count: count)
    }

    mutating func compile() -> RegisterCode {
        findLiveOperations()
        findUniformNodes()
        meltProducts()
        placeInputsAndConstants()
        scheduleSteps()
        findLastUses()
        emit(chooseDirectOutputs())
        program.outputs = results.map { UInt16(register[$0.index]) }
        return program
    }

    mutating func findLiveOperations() {
        for result in results { uses[result.index] += 1 }
        for position in graph.nodes.indices.reversed() where uses[position] > 0 {
            guard case .apply(let primitive, let a, let b, let c) = graph.nodes[position] else { continue }
            let operation = simplified(Operation(
                opcode: UInt16(primitive.opcode), count: primitive.arity + (primitive.isRandom ? 1 : 0), a: a.index, b: b.index, c: c.index))
            operations[position] = operation
            operation.forEachArgument { uses[$0] += 1 }
        }
    }

    /// Small whole powers are products.
    private func simplified(_ operation: Operation) -> Operation {
        guard operation.opcode == Primitive.pow.opcode, let exponent = graph.constant(at: Graph.Ref(operation.b)) else { return operation }
        switch exponent {
        case 2: return Operation(opcode: UInt16(Primitive.square.opcode), count: 1, a: operation.a, b: operation.a, c: operation.a)
        case 3: return Operation(opcode: UInt16(Primitive.cube.opcode), count: 1, a: operation.a, b: operation.a, c: operation.a)
        default: return operation
        }
    }

    private mutating func findUniformNodes() {
        for position in graph.nodes.indices where uses[position] > 0 {
            switch graph.nodes[position] {
            case .input(let input): isUniform[position] = scalars.contains(Int(input))
            case .number: isUniform[position] = true
            case .apply(let primitive, _, _, _):
                var uniform = !primitive.isRandom
                operations[position]?.forEachArgument { if !isUniform[$0] { uniform = false } }
                isUniform[position] = uniform
            }
        }
    }

    /// `a * b + c`, `a * b - c` and `c - a * b` become one step where nobody else reads the product.
    private mutating func meltProducts() {
        for position in graph.nodes.indices {
            guard let sum = operations[position] else { continue }
            let isSum = sum.opcode == Primitive.add.opcode
            guard isSum || sum.opcode == Primitive.sub.opcode else { continue }
            if let (a, b) = soleProduct(at: sum.a, for: position) {
                operations[sum.a] = nil
                let opcode = isSum ? NASL_MULTIPLY_ADD : NASL_MULTIPLY_SUBTRACT
                operations[position] = Operation(opcode: UInt16(opcode), count: 3, a: a, b: b, c: sum.b)
            } else if let (a, b) = soleProduct(at: sum.b, for: position) {
                operations[sum.b] = nil
                let opcode = isSum ? NASL_MULTIPLY_ADD : NASL_SUBTRACT_PRODUCT
                operations[position] = Operation(opcode: UInt16(opcode), count: 3, a: a, b: b, c: sum.a)
            }
        }
    }

    /// The factors of a product that only `reader` reads, and that is computed as often as it.
    private func soleProduct(at position: Int, for reader: Int) -> (Int, Int)? {
        guard let product = operations[position], uses[position] == 1, isUniform[position] == isUniform[reader] else { return nil }
        if product.opcode == Primitive.mul.opcode { return (product.a, product.b) }
        return product.opcode == Primitive.square.opcode ? (product.a, product.a) : nil
    }
}
