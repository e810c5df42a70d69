import CKernels

/// A traced computation, ready to run again and again: an array of plain instructions over one arena.
///
///     plan.write(batch, to: x)
///     plan.prepareUpdate(step: 1, learningRate: 1e-3)
///     plan.run("train")
///     plan.value(of: loss)
///
/// Running allocates nothing and counts no references. A plan belongs to one thread at a time.
public struct Plan: ~Copyable, @unchecked Sendable {
    /// A part of the instructions, by number: what ``section(_:)`` gives for a name.
    public struct Section: Hashable, Sendable {
        let index: Int
    }

    struct Place {
        let at: Int
        let count: Int
        let width: Int
        /// `at` counts from the beginning of a frame.
        var isFramed = false
    }

    struct SectionRange {
        let name: String
        let first: Int
        let count: Int
    }

    public let precision: Precision
    /// Every parameter's name and place, in the order in which they were made.
    public let parameters: [(name: String, variable: Tracer.Variable)]
    private(set) var memory: PlanMemory
    let places: [Place]
    let sections: [SectionRange]
    let updates: [(rule: UpdateRule, scalars: [Tracer.Variable])]
    /// Byte ranges of the arena.
    let parameterBytes: Range<Int>
    let bufferBytes: Range<Int>
    let stateBytes: [Range<Int>]
    let gradientBytes: Range<Int>
    private var form: nasl_plan
    let kernels: UnsafePointer<nasl_kernels>
    private let kernel: @convention(c) (UnsafePointer<nasl_plan>?, Int64, Int64) -> Void
    /// By section.
    private let frameSlots: [[FrameSlot]]

    init(
        precision: Precision, parameters: [(name: String, variable: Tracer.Variable)], memory: PlanMemory, places: [Place],
        sections: [SectionRange], updates: [(rule: UpdateRule, scalars: [Tracer.Variable])], parameterBytes: Range<Int>,
        bufferBytes: Range<Int>, stateBytes: [Range<Int>], gradientBytes: Range<Int>, frameSlots: [[FrameSlot]], choice: Engine.Choice
    ) {
        self.precision = precision
        self.parameters = parameters
        self.memory = memory
        self.places = places
        self.sections = sections
        self.updates = updates
        self.parameterBytes = parameterBytes
        self.bufferBytes = bufferBytes
        self.stateBytes = stateBytes
        self.gradientBytes = gradientBytes
        self.frameSlots = frameSlots
        form = memory.form(choice)
        kernels = precision == .float ? choice.floats : choice.doubles
        kernel = kernels.pointee.run
    }

    deinit { memory.deallocate() }

    /// The section of that name; nil if nothing was recorded under it. `""` is what was recorded outside sections.
    public func section(_ name: String) -> Section? {
        sections.firstIndex { $0.name == name }.map(Section.init)
    }

    /// Runs what was recorded under `name`; nothing if there is no such section.
    public mutating func run(_ name: String = "") {
        if let section = section(name) { run(section) }
    }

    public mutating func run(_ section: Section) {
        let range = sections[section.index]
        withUnsafePointer(to: form) { kernel($0, Int64(range.first), Int64(range.count)) }
    }

    /// Runs a section on a frame and the one before it.
    package mutating func run(_ section: Section, frame: Int) {
        for slot in frameSlots[section.index] { slot.address.pointee = Int64(memory.offset(ofFrame: frame) + slot.offset) }
        run(section)
    }

    /// Makes room for so many frames; what is in frames stays.
    package mutating func reserve(frames: Int) {
        if frames <= memory.frameCapacity { return }
        memory.grow(frames: max(frames, 2 * memory.frameCapacity))
        form.arena = memory.arena.assumingMemoryBound(to: CChar.self)
        form.scratch = memory.scratch.assumingMemoryBound(to: CChar.self)
    }

    /// Where a variable lies; in that frame, if it is kept in frames.
    func address(of id: Int32, frame: Int = 0) -> UnsafeMutableRawPointer {
        let place = places[Int(id)]
        precondition(!place.isFramed || frame >= 0 && frame < memory.frameCapacity, "there is no frame \(frame)")
        return memory.arena + (place.isFramed ? memory.offset(ofFrame: frame) : 0) + place.at
    }

    /// The number of instructions of a section.
    package func instructionCount(_ section: Section) -> Int { sections[section.index].count }

    /// Runs one instruction of a section alone, for profiles, and gives the number of its kernel and its first sizes.
    @discardableResult
    package mutating func runInstruction(_ number: Int, of section: Section) -> (kernel: Int, sizes: [Int]) {
        let position = sections[section.index].first + number
        withUnsafePointer(to: form) { kernel($0, Int64(position), 1) }
        let instruction = memory.instructions[position]
        return (Int(instruction.kernel), [instruction.size.0, instruction.size.1, instruction.size.2, instruction.size.3].map { Int($0) })
    }
}
