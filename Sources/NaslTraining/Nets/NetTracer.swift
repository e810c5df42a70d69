import NaslExpr
import NaslRandom
import NaslTensor

/// Builds one child network: gives its layers their parameters and records it once for training and once for evaluation.
///
/// Parameters belong to layer objects: a layer applied twice in one trace shares them. In the second trace the layers are recognised by
/// the order in which they appear, so a net that is a function and makes its layers anew on each call keeps its parameters too.
///
/// One thread uses it; it is `Sendable` only so that values of the language can hold tensors that are being traced.
public final class NetTracer: @unchecked Sendable {
    package let tracer: Tracer
    /// The classes of the data, or the size of the vocabulary; 0 where numbers are predicted.
    public let classes: Int
    /// Whether what is traced is trained: batch normalisation and dropout then do otherwise than in evaluation.
    public private(set) var isTraining = false
    /// The width of the cell that is being traced, if one is.
    var cellWidth: Int?
    private let seed: Int
    private let `repeat`: Int
    private let watch: InputWatch?
    /// Where the present trace applies the function that is watched.
    private(set) var watched: [InputWatch.Application] = []

    private struct Parameter {
        let name: String
        let variable: Tracer.Variable
        let initializer: Initializer
    }

    /// The parameters of each layer, by the order of its first appearance.
    private var known: [[Parameter]] = []
    /// In the order in which they were made.
    private var all: [Parameter] = []
    /// The layers of the present trace; held, so that no other object gets the identity of one.
    private var layers: [AnyObject] = []
    private var order: [ObjectIdentifier: Int] = [:]
    private var elements = 0
    /// States that go on from one run of the section to the next, and what they become.
    private(set) var carried: [(start: Tracer.Variable, end: Tracer.Variable)] = []
    private(set) var buffers: [(name: String, place: Int, variable: Tracer.Variable, start: [Double])] = []

    /// The most values that one child may hold, half a gigabyte of floats.
    static let limit = 1 << 27

    init(precision: Precision, classes: Int, seed: Int, repeat: Int, watch: InputWatch? = nil) {
        tracer = Tracer(precision: precision)
        self.classes = classes
        self.seed = seed
        self.repeat = `repeat`
        self.watch = watch
    }

    /// Records what `body` does under the name `section`.
    func trace(_ section: String, training: Bool = false, _ body: () throws -> Void) throws {
        layers = []
        order = [:]
        carried = []
        watched = []
        isTraining = training
        try tracer.section(section, body)
    }

    /// The parameter `name` of `layer`: made when it is first asked for, the same one from then on.
    ///
    /// - Parameters:
    ///   - shape: must be the same each time.
    ///   - summary: the layer as errors name it.
    package func parameter(
        _ name: String, _ shape: [Int], _ initializer: Initializer, of layer: AnyObject, _ summary: String
    ) throws -> Tracer.Variable {
        let place = place(of: layer)
        if let parameter = known[place].first(where: { $0.name == name }) {
            guard parameter.variable.shape == shape else {
                throw NetError(summary, "its `\(name)` has the shape \(shapeText(parameter.variable.shape)), but here it would need \(shapeText(shape)); "
                    + "a layer that is applied twice must be given the same shape")
            }
            return parameter.variable
        }
        try reserve(shape, summary)
        let parameter = Parameter(name: name, variable: tracer.parameter(shape, name: name), initializer: initializer)
        known[place].append(parameter)
        all.append(parameter)
        return parameter.variable
    }

    /// Numbers that belong to `layer` and are not trained, from `start` on: made when they are first asked for, the same ones from then on.
    func buffer(_ name: String, _ shape: [Int], _ start: [Double], of layer: AnyObject, _ summary: String) throws -> Tracer.Variable {
        let place = place(of: layer)
        if let known = buffers.first(where: { $0.place == place && $0.name == name }) { return known.variable }
        try reserve(shape, summary)
        let variable = tracer.buffer(shape)
        buffers.append((name, place, variable, start))
        return variable
    }

    /// Runs `body` as one of many uses of the same part: its layers are those of the first use, in the order in which they appear.
    func again<Result>(from first: Int, _ body: () throws -> Result) rethrows -> Result {
        // The objects of the first use are forgotten, not their places.
        while layers.count > first { order[ObjectIdentifier(layers.removeLast())] = nil }
        return try body()
    }

    /// A state that goes on from run to run of the section, zero at first.
    func state(_ shape: [Int]) -> Tracer.Variable { tracer.input(shape) }

    /// At the end of the section, `start` becomes `end`.
    func carry(from end: Tracer.Variable, to start: Tracer.Variable) { carried.append((start, end)) }

    /// Records that the states go on. The ends are read first: one may be the start of another.
    func recordCarrying() {
        let held = carried.map { tracer.input($0.end.shape) }
        for (state, copy) in zip(carried, held) { tracer.assign(copy, from: state.end) }
        for (state, copy) in zip(carried, held) { tracer.assign(state.start, from: copy) }
    }

    /// Says that `function` is applied here.
    func note(_ function: FunctionTerm, on operands: [TracedTensor.Operand]) {
        if let watch, watch.function == function { watched.append(InputWatch.Application(operands: operands)) }
    }

    /// The place that the next layer will have.
    var nextPlace: Int { layers.count }

    private func place(of layer: AnyObject) -> Int {
        if let place = order[ObjectIdentifier(layer)] { return place }
        layers.append(layer)
        let place = layers.count - 1
        order[ObjectIdentifier(layer)] = place
        if known.count == place { known.append([]) }
        return place
    }

    /// Counts `shape` as memory that the child will need (its gradients and optimizer state come on top).
    func reserve(_ shape: [Int], _ summary: String) throws {
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            count = overflow ? .max : product
        }
        let (sum, overflow) = elements.addingReportingOverflow(count)
        guard !overflow, sum <= NetTracer.limit else {
            throw NetError(summary, "the net would hold more than \(NetTracer.limit) numbers")
        }
        elements = sum
    }

    /// Trainable numbers so far.
    var weightCount: Int { all.reduce(0) { $0 + $1.variable.count } }

    /// Draws the starting weights into `plan`; they depend on seed and repeat only, and on the order of the parameters.
    func initialize(_ plan: inout Plan) {
        for (index, parameter) in all.enumerated() {
            var stream = RandomStream(seed: seed, "child", .number(`repeat`), "init", .number(index))
            plan.write(parameter.initializer.values(parameter.variable.count, from: &stream), to: parameter.variable)
        }
        for buffer in buffers { plan.write(buffer.start, to: buffer.variable) }
        var stream = RandomStream(seed: seed, "child", .number(`repeat`), "noise")
        plan.setRandomKey(stream.next())
    }
}
