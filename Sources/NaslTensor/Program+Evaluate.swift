import CKernels

extension Program {
    /// The outputs in double precision, by the C library's functions: for the prompt, equation rewards and tests.
    ///
    /// - Parameters:
    ///   - inputs: as many as the graph has, each of length 1 (the same for all) or `count`.
    ///   - count: the number of elements.
    public func evaluate(_ inputs: [[Double]], count: Int) -> [[Double]] {
        evaluate(inputs, count: count, kernels: nasl_double_kernels(), as: Double.self)
    }

    /// The same by the kernels of one table, in its own precision.
    package func evaluate<Element: BinaryFloatingPoint>(
        _ inputs: [[Element]], count: Int, kernels: UnsafePointer<nasl_kernels>, as: Element.Type
    ) -> [[Element]] {
        precondition(inputs.count == inputCount, "a program takes as many inputs as its graph has")
        guard count > 0 else { return outputs.map { _ in [] } }
        let width = MemoryLayout<Element>.stride
        let column = Tracer.padded(count) * width
        return withKernelForm { form in
            let scratch = Int(nasl_program_scratch(form, Int64(width)))
            let arena = UnsafeMutableRawPointer.allocate(byteCount: column * (inputs.count + outputs.count) + scratch + 64, alignment: 64)
            defer { arena.deallocate() }
            // Padding takes part in the arithmetic, so it must be initialised.
            arena.initializeMemory(as: UInt8.self, repeating: 0, count: column * (inputs.count + outputs.count) + 64)
            var operands: [nasl_operand] = []
            for (slot, input) in inputs.enumerated() {
                let isScalar = input.count == 1
                precondition(isScalar || input.count == count, "an input has one value or one for each element")
                input.withUnsafeBytes { (arena + slot * column).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
                let kind = !isUsed[slot] ? NASL_UNUSED : isScalar ? NASL_SCALAR : NASL_FULL
                operands.append(nasl_operand(at: Int64(slot * column), period: 1, kind: Int32(kind), accumulate: 0))
            }
            for slot in outputs.indices {
                let kind = isDirect[slot] ? NASL_FULL : NASL_COPIED
                operands.append(nasl_operand(at: Int64((inputs.count + slot) * column), period: 1, kind: Int32(kind), accumulate: 0))
            }
            let base = arena.assumingMemoryBound(to: CChar.self)
            let scratchStart = base + column * (inputs.count + outputs.count) + 64
            kernels.pointee.program(form, operands, base, scratchStart, nil, Int64(count))
            return outputs.indices.map { slot in
                let start = (arena + (inputs.count + slot) * column).assumingMemoryBound(to: Element.self)
                return Array(UnsafeBufferPointer(start: start, count: count))
            }
        }
    }
}
