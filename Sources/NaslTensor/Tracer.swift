import CKernels
import NaslExpr

/// Builds a ``Plan``: record operations on variables, ask for gradients, then finish.
///
///     let tracer = Tracer()
///     let x = tracer.input([64, 8]), labels = tracer.tokens([64])
///     let w = tracer.parameter([8, 10], name: "w"), b = tracer.parameter([10], name: "b")
///     tracer.section("train") {
///         let loss = tracer.mean(tracer.softmaxCrossEntropy(tracer.dense(x, weight: w, bias: b), labels: labels))
///         tracer.gradient(of: loss)
///         tracer.update(.adam())
///     }
///     var plan = tracer.finish()
///
/// Tracing costs microseconds for each operation and happens once for each child; the plan then runs without allocation. Shapes are
/// checked by the rooms above, which know what the user wrote; here a wrong shape is a programming error.
public final class Tracer {
    public let precision: Precision

    /// Where a variable lies: `count` elements from `offset` of a storage.
    struct Place {
        var storage: Int
        var offset: Int
        var count: Int
    }

    struct Storage {
        /// In elements; `nil`: as long as all parameters together.
        var count: Int?
        var width: Int
    }

    struct NamedParameter {
        let name: String
        let variable: Variable
    }

    var places: [Place] = []
    var storages: [Storage] = []
    var parameters: [NamedParameter] = []
    var parameterIDs: Set<Int32> = []
    var programs: [Program] = []
    var operands: [nasl_operand] = []
    var sections: [(name: String, instructions: [nasl_instruction])] = [("", [])]
    var current = 0
    var rowScratch = 0
    var updates: [(rule: UpdateRule, scalars: [Variable])] = []
    /// What update rules keep between steps.
    var stateStorages: [Int] = []
    var tape: [TapeEntry] = []
    var pass = GradientPass()
    /// How many places with random draws there are so far: each draws numbers of its own.
    var sites = 0
    /// The operations of nets, where they are to be exported; nil: not kept.
    package var journal: [Step]?

    var isFraming = false

    static let parameterStorage = 0
    static let gradientStorage = 1
    static let bufferStorage = 2
    /// What each frame has, and the same in the frame before.
    static let frameStorage = 3, previousStorage = 4

    public init(precision: Precision = .float) {
        self.precision = precision
        storages = [Storage(count: 0, width: precision.width), Storage(count: nil, width: precision.width), Storage(count: 0, width: precision.width)]
        storages += [Storage(count: 0, width: precision.width), Storage(count: 0, width: precision.width)]
    }

    /// A buffer that the host fills before a run.
    public func input(_ shape: [Int]) -> Variable { variable(shape) }

    /// Indices that the host fills before a run.
    public func tokens(_ shape: [Int]) -> Tokens {
        let count = shape.reduce(1, *)
        storages.append(Storage(count: count, width: 4))
        places.append(Place(storage: storages.count - 1, offset: 0, count: count))
        return Tokens(id: Int32(places.count - 1), shape: shape)
    }

    /// One number that the host sets before a run, of shape [1]: a learning rate, a weight.
    public func scalar() -> Variable { variable([1]) }

    /// A trainable tensor. All parameters lie together, in the order in which they are made.
    public func parameter(_ shape: [Int], name: String) -> Variable {
        let result = place(shape, in: Tracer.parameterStorage)
        parameters.append(NamedParameter(name: name, variable: result))
        parameterIDs.insert(result.id)
        return result
    }

    /// A tensor that belongs to the net and is not trained, such as a running mean: it is zero at first, is kept between runs, and goes
    /// with the parameters into a snapshot.
    public func buffer(_ shape: [Int]) -> Variable { place(shape, in: Tracer.bufferStorage) }

    private func place(_ shape: [Int], in storage: Int) -> Variable {
        let count = shape.reduce(1, *), start = storages[storage].count ?? 0
        places.append(Place(storage: storage, offset: start, count: count))
        storages[storage].count = start + Tracer.padded(count)
        return Variable(id: Int32(places.count - 1), shape: shape)
    }

    /// Operations recorded in `body` run together: `plan.run(name)`. Parameters are shared between sections; a section of a name used
    /// before goes on where that one ended.
    public func section<Failure: Error>(_ name: String, _ body: () throws(Failure) -> Void) throws(Failure) {
        let outer = current
        if let known = sections.firstIndex(where: { $0.name == name }) {
            current = known
        } else {
            sections.append((name, []))
            current = sections.count - 1
        }
        defer { current = outer }
        try body()
    }

    // MARK: - for operations

    /// A fresh buffer, zero at first.
    func variable(_ shape: [Int]) -> Variable {
        if isFraming { return place(shape, in: Tracer.frameStorage) }
        let count = shape.reduce(1, *)
        storages.append(Storage(count: count, width: precision.width))
        places.append(Place(storage: storages.count - 1, offset: 0, count: count))
        return Variable(id: Int32(places.count - 1), shape: shape)
    }

    /// The same memory under another shape, from element `offset`.
    func view(_ variable: Variable, shape: [Int], offset: Int = 0) -> Variable {
        var place = places[Int(variable.id)]
        place.offset += offset
        place.count = shape.reduce(1, *)
        places.append(place)
        return Variable(id: Int32(places.count - 1), shape: shape)
    }

    /// Records an instruction; what the operands mean is said at the kernel.
    func record(_ kernel: nasl_kernel, _ at: [Int32?], sizes: [Int] = [], values: [Double] = [], flags: Int32 = 0) {
        var instruction = nasl_instruction()
        instruction.kernel = Int32(kernel.rawValue)
        instruction.flags = flags
        withUnsafeMutableBytes(of: &instruction.at) { bytes in
            let slots = bytes.bindMemory(to: Int64.self)
            for slot in slots.indices { slots[slot] = slot < at.count ? Int64(at[slot] ?? -1) : -1 }
        }
        withUnsafeMutableBytes(of: &instruction.size) { bytes in
            let slots = bytes.bindMemory(to: Int64.self)
            for (slot, size) in sizes.enumerated() { slots[slot] = Int64(size) }
        }
        withUnsafeMutableBytes(of: &instruction.value) { bytes in
            let slots = bytes.bindMemory(to: Double.self)
            for (slot, value) in values.enumerated() { slots[slot] = value }
        }
        sections[current].instructions.append(instruction)
    }

    /// Reserves scratch memory for kernels that hold `rows` padded rows of `columns` values.
    func reserveRows(_ rows: Int, columns: Int) {
        rowScratch = max(rowScratch, rows * Tracer.padded(columns) * precision.width)
    }

    /// Rounded up to a whole number of the widest vectors.
    static func padded(_ count: Int) -> Int { (count + 15) & ~15 }
}
