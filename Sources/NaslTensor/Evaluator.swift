import CKernels
import NaslExpr

/// Evaluates one program or term after another on the same inputs; what it holds is used again and again.
///
///     let evaluator = Evaluator([[0, 1, 2]], count: 3, kernels: nasl_double_kernels())
///     evaluator.evaluate(program)[0]
package final class Evaluator<Element: BinaryFloatingPoint> {
    private let kernels: UnsafePointer<nasl_kernels>
    private let count: Int
    package let inputCount: Int
    /// Bytes from one input or output to the next.
    private let column: Int
    /// Behind a pointer, where the compiler asks for no exclusive access on each use.
    private let room: UnsafeMutablePointer<Room>

    private struct Room: ~Copyable {
        var arena: UnsafeMutableRawPointer
        var outputs = 0
        var scratch: UnsafeMutableRawPointer
        var scratchBytes = 0
        /// Of the inputs, then of the outputs.
        var operands: UnsafeMutablePointer<nasl_operand>
        var assembler = TermAssembler()
    }

    /// - Parameters:
    ///   - inputs: each of length 1 (the same for all) or `count`.
    ///   - count: the number of elements, at least 1.
    package init(_ inputs: [[Element]], count: Int, kernels: UnsafePointer<nasl_kernels>) {
        precondition(count > 0 && inputs.allSatisfy { $0.count == 1 || $0.count == count }, "an input has one value or one for each element")
        self.kernels = kernels
        self.count = count
        inputCount = inputs.count
        let column = Tracer.padded(count) * MemoryLayout<Element>.stride
        self.column = column
        let arena = Evaluator.zeros(column * inputs.count + 64)
        let operands = UnsafeMutablePointer<nasl_operand>.allocate(capacity: inputs.count)
        for (slot, input) in inputs.enumerated() {
            input.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { (arena + slot * column).copyMemory(from: start, byteCount: bytes.count) }
            }
            // An input of one value is one value for all, also where there is but one element.
            let kind = input.count == 1 ? NASL_SCALAR : NASL_FULL
            (operands + slot).initialize(to: nasl_operand(at: Int64(slot * column), period: 1, kind: Int32(kind), accumulate: 0))
        }
        room = .allocate(capacity: 1)
        room.initialize(to: Room(arena: arena, scratch: Evaluator.zeros(64), operands: operands))
        reserveOutputs(1)
    }

    deinit {
        room.pointee.arena.deallocate()
        room.pointee.scratch.deallocate()
        room.pointee.operands.deallocate()
        room.deinitialize(count: 1)
        room.deallocate()
    }

    /// The values of each output, in the order of the program's.
    package func evaluate(_ program: Program) -> [[Element]] {
        run(program)
        return program.code.outputs.indices.map { Array(output($0)) }
    }

    /// The values of a function of as many parameters as there are inputs.
    package func evaluate(_ term: FunctionTerm) throws(NotElementwise) -> [Element] {
        if assemble(term.body, term.parameters) { return Array(output(0)) }
        return evaluate(try Program(term))[0]
    }

    /// Leaves the values of the first output where the next call overwrites them.
    package func withFirstOutput<Result>(of program: Program, _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        run(program)
        return try body(output(0))
    }

    /// The same for a term; nil where it is more than numbers, parameters and primitives that do not draw.
    package func withOutput<Result>(of term: Expr, _ parameters: [Symbol], _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result? {
        guard assemble(term, parameters) else { return nil }
        return try body(output(0))
    }

    private func output(_ slot: Int) -> UnsafeBufferPointer<Element> {
        let start = (room.pointee.arena + (inputCount + slot) * column).assumingMemoryBound(to: Element.self)
        return UnsafeBufferPointer(start: start, count: count)
    }

    /// Changes an input that is one value for all.
    package func set(_ input: Int, to value: Element) {
        precondition(room.pointee.operands[input].kind == Int32(NASL_SCALAR), "only an input of one value can be changed")
        (room.pointee.arena + input * column).storeBytes(of: value, as: Element.self)
    }

    /// Changes an input, which keeps its length.
    package func set(_ input: Int, to values: UnsafeBufferPointer<Element>) {
        precondition(values.count == (room.pointee.operands[input].kind == Int32(NASL_SCALAR) ? 1 : count), "an input keeps its length")
        if let start = values.baseAddress { (room.pointee.arena + input * column).copyMemory(from: start, byteCount: values.count * MemoryLayout<Element>.stride) }
    }

    /// Leaves the values of all outputs where the next call overwrites them, and hands out where each stands.
    package func withOutputs<Result>(of program: Program, _ body: ((Int) -> UnsafePointer<Element>) throws -> Result) rethrows -> Result {
        run(program)
        return try body { slot in UnsafePointer((room.pointee.arena + (inputCount + slot) * column).assumingMemoryBound(to: Element.self)) }
    }

    private func run(_ program: Program) {
        let form = program.form
        precondition(Int(form.pointee.input_count) == inputCount, "a program takes as many inputs as its graph has")
        reserveOutputs(Int(form.pointee.output_count))
        for slot in 0..<Int(form.pointee.output_count) { room.pointee.operands[inputCount + slot].kind = program.kinds[inputCount + slot] }
        run(form)
    }

    private func assemble(_ term: Expr, _ parameters: [Symbol]) -> Bool {
        precondition(parameters.count == inputCount, "a function takes as many inputs as it has parameters")
        guard room.pointee.assembler.assemble(term, parameters) else { return false }
        let registers = room.pointee.assembler.registerCount
        room.pointee.operands[inputCount].kind = Int32(room.pointee.assembler.isComputed ? NASL_FULL : NASL_COPIED)
        withUnsafePointer(to: room.pointee.assembler.output) { output in
            var form = nasl_program(
                steps: room.pointee.assembler.steps, constants: room.pointee.assembler.constants, outputs: output,
                step_count: Int32(room.pointee.assembler.stepCount), uniform_count: 0, input_count: Int32(inputCount),
                constant_count: Int32(room.pointee.assembler.constantCount), output_count: 1, register_count: Int32(registers),
                block: Int32(RegisterCode.block(registers: registers)))
            run(&form)
        }
        return true
    }

    private func run(_ form: UnsafePointer<nasl_program>) {
        let bytes = Int(nasl_program_scratch(form, Int64(MemoryLayout<Element>.stride)))
        if bytes > room.pointee.scratchBytes {
            room.pointee.scratch.deallocate()
            (room.pointee.scratch, room.pointee.scratchBytes) = (Evaluator.zeros(bytes), bytes)
        }
        kernels.pointee.program(
            form, room.pointee.operands, room.pointee.arena.assumingMemoryBound(to: CChar.self),
            room.pointee.scratch.assumingMemoryBound(to: CChar.self), nil, Int64(count))
    }

    private func reserveOutputs(_ wanted: Int) {
        guard wanted > room.pointee.outputs else { return }
        let larger = Evaluator.zeros(column * (inputCount + wanted) + 64)
        larger.copyMemory(from: room.pointee.arena, byteCount: column * inputCount)
        room.pointee.arena.deallocate()
        let operands = UnsafeMutablePointer<nasl_operand>.allocate(capacity: inputCount + wanted)
        operands.update(from: room.pointee.operands, count: inputCount)
        room.pointee.operands.deallocate()
        for slot in inputCount..<inputCount + wanted {
            (operands + slot).initialize(to: nasl_operand(at: Int64(slot * column), period: 1, kind: Int32(NASL_FULL), accumulate: 0))
        }
        (room.pointee.arena, room.pointee.outputs, room.pointee.operands) = (larger, wanted, operands)
    }

    /// Padding takes part in the arithmetic, so it must be initialised.
    private static func zeros(_ bytes: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Int(NASL_ALIGNMENT))
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        return memory
    }
}

extension Evaluator<Double> {
    /// In double precision, by the C library's functions.
    package convenience init(_ inputs: [[Double]], count: Int) { self.init(inputs, count: count, kernels: nasl_double_kernels()) }
}

extension Evaluator<Float> {
    /// In single precision, by the kernels that every machine has.
    package convenience init(_ inputs: [[Float]], count: Int) {
        guard let kernels = nasl_float_kernels(0) else { preconditionFailure("every machine has kernels") }
        self.init(inputs, count: count, kernels: kernels)
    }
}
