import CKernels

/// What a plan owns in C: its code, and in one block its arena, its scratch space and its frames.
struct PlanMemory {
    let instructions: UnsafeMutableBufferPointer<nasl_instruction>
    let operands: UnsafeMutableBufferPointer<nasl_operand>
    let programs: UnsafeMutableBufferPointer<nasl_program>
    /// They own the code that `programs` point to.
    private let owners: [Program]
    private(set) var arena: UnsafeMutableRawPointer
    private let scratchStart: Int
    private let framesStart: Int
    private let frameBytes: Int
    private(set) var frameCapacity = 0
    /// The seed of random draws and the step.
    let key: UnsafeMutableBufferPointer<UInt64>

    init(instructions: [nasl_instruction], operands: [nasl_operand], programs: [Program], arenaBytes: Int, frameBytes: Int, rowScratch: Int, width: Int) {
        self.instructions = PlanMemory.copy(instructions)
        self.operands = PlanMemory.copy(operands)
        owners = programs
        self.programs = PlanMemory.copy(programs.map(\.form.pointee))
        let scratchBytes = programs.reduce(rowScratch) { max($0, Int(nasl_program_scratch($1.form, Int64(width)))) }
        // One vector more than is used, since the last one of a view may reach past its end.
        scratchStart = arenaBytes + 512
        framesStart = (arenaBytes + scratchBytes + 1024 + 63) & ~63
        self.frameBytes = frameBytes
        arena = PlanMemory.zeros(framesStart)
        key = PlanMemory.copy([0, 0])
    }

    var scratch: UnsafeMutableRawPointer { arena + scratchStart }

    /// Where a frame begins, counted from the arena.
    func offset(ofFrame frame: Int) -> Int { framesStart + frame * frameBytes }

    /// Moves everything to a block with so many frames.
    mutating func grow(frames: Int) {
        let larger = PlanMemory.zeros(offset(ofFrame: frames) + 1024)
        larger.copyMemory(from: arena, byteCount: offset(ofFrame: frameCapacity))
        arena.deallocate()
        arena = larger
        frameCapacity = frames
    }

    /// The addresses in an instruction.
    func addresses(of instruction: Int) -> [UnsafeMutablePointer<Int64>] {
        let start = UnsafeMutableRawPointer(instructions.baseAddress! + instruction) + MemoryLayout<nasl_instruction>.offset(of: \.at)!
        return (0..<8).map { (start + 8 * $0).assumingMemoryBound(to: Int64.self) }
    }

    func address(ofOperand operand: Int) -> UnsafeMutablePointer<Int64> {
        (UnsafeMutableRawPointer(operands.baseAddress! + operand) + MemoryLayout<nasl_operand>.offset(of: \.at)!).assumingMemoryBound(to: Int64.self)
    }

    private static func zeros(_ count: Int) -> UnsafeMutableRawPointer {
        let start = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: Int(NASL_ALIGNMENT))
        start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        return start
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
