import CKernels

/// Evaluates one program after another on the same inputs; what it holds is used again and again.
///
///     let evaluator = Evaluator([[0, 1, 2]], count: 3, kernels: nasl_double_kernels())
///     evaluator.evaluate(program)[0]
package final class Evaluator<Element: BinaryFloatingPoint> {
    private let kernels: UnsafePointer<nasl_kernels>
    private let count: Int
    private let inputs: [Int]
    /// Bytes from one input or output to the next.
    private let column: Int
    private var arena: UnsafeMutableRawPointer
    private var outputs = 0
    private var scratch: UnsafeMutableRawPointer
    private var scratchBytes = 0
    private var operands: [nasl_operand] = []

    /// - Parameters:
    ///   - inputs: each of length 1 (the same for all) or `count`.
    ///   - count: the number of elements, at least 1.
    package init(_ inputs: [[Element]], count: Int, kernels: UnsafePointer<nasl_kernels>) {
        precondition(count > 0 && inputs.allSatisfy { $0.count == 1 || $0.count == count }, "an input has one value or one for each element")
        self.kernels = kernels
        self.count = count
        // A key path of a generic type would be made anew each time.
        self.inputs = inputs.map { $0.count }
        column = Tracer.padded(count) * MemoryLayout<Element>.stride
        arena = Evaluator.zeros(column * inputs.count + 64)
        scratch = Evaluator.zeros(64)
        for (slot, input) in inputs.enumerated() {
            input.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { (arena + slot * column).copyMemory(from: start, byteCount: bytes.count) }
            }
        }
    }

    deinit {
        arena.deallocate()
        scratch.deallocate()
    }

    /// The values of each output, in the order of the program's.
    package func evaluate(_ program: Program) -> [[Element]] {
        run(program)
        return program.outputs.indices.map { slot in
            let start = (arena + (inputs.count + slot) * column).assumingMemoryBound(to: Element.self)
            return Array(UnsafeBufferPointer(start: start, count: count))
        }
    }

    /// Leaves the values of the first output where the next call overwrites them.
    package func withFirstOutput<Result>(of program: Program, _ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        run(program)
        return try body(UnsafeBufferPointer(start: (arena + inputs.count * column).assumingMemoryBound(to: Element.self), count: count))
    }

    private func run(_ program: Program) {
        precondition(program.inputCount == inputs.count, "a program takes as many inputs as its graph has")
        reserveOutputs(program.outputs.count)
        operands.removeAll(keepingCapacity: true)
        for (slot, length) in inputs.enumerated() {
            // An input of one value is one value for all, also where there is but one element.
            let kind = !program.isUsed[slot] ? NASL_UNUSED : length == 1 ? NASL_SCALAR : NASL_FULL
            operands.append(nasl_operand(at: Int64(slot * column), period: 1, kind: Int32(kind), accumulate: 0))
        }
        for slot in program.outputs.indices {
            let kind = program.isDirect[slot] ? NASL_FULL : NASL_COPIED
            operands.append(nasl_operand(at: Int64((inputs.count + slot) * column), period: 1, kind: Int32(kind), accumulate: 0))
        }
        program.withKernelForm { form in
            reserveScratch(Int(nasl_program_scratch(form, Int64(MemoryLayout<Element>.stride))))
            kernels.pointee.program(
                form, operands, arena.assumingMemoryBound(to: CChar.self), scratch.assumingMemoryBound(to: CChar.self), nil, Int64(count))
        }
    }

    private func reserveOutputs(_ wanted: Int) {
        guard wanted > outputs else { return }
        let larger = Evaluator.zeros(column * (inputs.count + wanted) + 64)
        larger.copyMemory(from: arena, byteCount: column * inputs.count)
        arena.deallocate()
        (arena, outputs) = (larger, wanted)
    }

    private func reserveScratch(_ bytes: Int) {
        guard bytes > scratchBytes else { return }
        scratch.deallocate()
        (scratch, scratchBytes) = (Evaluator.zeros(bytes), bytes)
    }

    /// Padding takes part in the arithmetic, so it must be initialised.
    private static func zeros(_ bytes: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Int(NASL_ALIGNMENT))
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        return memory
    }
}
