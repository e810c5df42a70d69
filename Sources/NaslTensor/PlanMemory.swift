import CKernels

/// What a plan owns in C: its code, its arena and its scratch space.
struct PlanMemory {
    let instructions: UnsafeMutableBufferPointer<nasl_instruction>
    let operands: UnsafeMutableBufferPointer<nasl_operand>
    let programs: UnsafeMutableBufferPointer<nasl_program>
    let steps: UnsafeMutableBufferPointer<nasl_step>
    let constants: UnsafeMutableBufferPointer<Double>
    let outputs: UnsafeMutableBufferPointer<UInt16>
    let arena: UnsafeMutableRawPointer
    let scratch: UnsafeMutableRawPointer
    /// The seed of random draws and the step.
    let key: UnsafeMutableBufferPointer<UInt64>

    init(instructions: [nasl_instruction], operands: [nasl_operand], programs: [Program], arenaBytes: Int, rowScratch: Int, width: Int) {
        self.instructions = PlanMemory.copy(instructions)
        self.operands = PlanMemory.copy(operands)
        steps = PlanMemory.copy(programs.flatMap(\.steps))
        constants = PlanMemory.copy(programs.flatMap(\.constants))
        outputs = PlanMemory.copy(programs.flatMap(\.outputs))
        self.programs = PlanMemory.copy(programs.map(\.kernelForm))
        var (step, constant, output, scratchBytes) = (0, 0, 0, rowScratch)
        for (index, program) in programs.enumerated() {
            self.programs[index].steps = UnsafePointer(steps.baseAddress! + step)
            self.programs[index].constants = UnsafePointer(constants.baseAddress! + constant)
            self.programs[index].outputs = UnsafePointer(outputs.baseAddress! + output)
            step += program.steps.count
            constant += program.constants.count
            output += program.outputs.count
            scratchBytes = max(scratchBytes, Int(nasl_program_scratch(self.programs.baseAddress! + index, Int64(width))))
        }
        // One vector more than is used, since the last one of a view may reach past its end.
        arena = UnsafeMutableRawPointer.allocate(byteCount: arenaBytes + scratchBytes + 1024, alignment: Int(NASL_ALIGNMENT))
        arena.initializeMemory(as: UInt8.self, repeating: 0, count: arenaBytes + scratchBytes + 1024)
        scratch = arena + arenaBytes + 512
        key = PlanMemory.copy([0, 0])
    }

    func form(_ choice: Engine.Choice) -> nasl_plan {
        nasl_plan(
            instructions: UnsafePointer(instructions.baseAddress), programs: UnsafePointer(programs.baseAddress),
            operands: UnsafePointer(operands.baseAddress), arena: arena.assumingMemoryBound(to: CChar.self),
            scratch: scratch.assumingMemoryBound(to: CChar.self), key: UnsafePointer(key.baseAddress), sgemm: choice.sgemm, dgemm: choice.dgemm)
    }

    func deallocate() {
        instructions.deallocate()
        operands.deallocate()
        programs.deallocate()
        steps.deallocate()
        constants.deallocate()
        outputs.deallocate()
        arena.deallocate()
        key.deallocate()
    }

    /// Never empty, so that there is always an address.
    private static func copy<Element>(_ source: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let target = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(source.count, 1))
        _ = target.initialize(from: source)
        return target
    }
}
