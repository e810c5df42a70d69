import CKernels

/// What the compiler writes: the steps of a program, and which registers hold what.
struct RegisterCode {
    var steps: [nasl_step] = []
    var constants: [Double] = []
    /// The register of each output.
    var outputs: [UInt16] = []
    /// Whether an output's register may be its place in memory, so that the step that computes it stores it.
    var isDirect: [Bool] = []
    /// Whether an input is read at all.
    var isUsed: [Bool] = []
    var uniformCount = 0
    var registerCount = 0

    /// Values in a register. Many registers: smaller blocks, so that all of them together stay in the first cache.
    static func block(registers: Int) -> Int { min(512, max(64, 8192 / max(registers, 1) & ~63)) }

    /// The counts, without the pointers.
    var form: nasl_program {
        nasl_program(
            steps: nil, constants: nil, outputs: nil, step_count: Int32(steps.count), uniform_count: Int32(uniformCount),
            input_count: Int32(isUsed.count), constant_count: Int32(constants.count), output_count: Int32(outputs.count),
            register_count: Int32(registerCount), block: Int32(RegisterCode.block(registers: registerCount)))
    }
}
