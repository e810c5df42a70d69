import CKernels

/// What a plan owns in C: its code, its arena and its scratch space.
struct PlanMemory {
    let instructions: UnsafeMutableBufferPointer<nasl_instruction>
    let operands: UnsafeMutableBufferPointer<nasl_operand>
    let programs: UnsafeMutableBufferPointer<nasl_program>
    /// They own the code that `programs` point to.
    private let owners: [Program]
    let arena: UnsafeMutableRawPointer
    let scratch: UnsafeMutableRawPointer
    /// The seed of random draws and the step.
    let key: UnsafeMutableBufferPointer<UInt64>

    init(instructions: [nasl_instruction], operands: [nasl_operand], programs: [Program], arenaBytes: Int, rowScratch: Int, width: Int) {
        self.instructions = PlanMemory.copy(instructions)
        self.operands = PlanMemory.copy(operands)
        owners = programs
        self.programs = PlanMemory.copy(programs.map(\.form.pointee))
        let scratchBytes = programs.reduce(rowScratch) { max($0, Int(nasl_program_scratch($1.form, Int64(width)))) }
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
        arena.deallocate()
        key.deallocate()
    }

    /// Never empty, so that there is always an address.
    static func copy<Element>(_ source: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let target = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(source.count, 1))
        _ = target.initialize(from: source)
        return target
    }
}
