import CKernels
import NaslExpr

/// An elementwise ``Graph`` compiled to register code for the block interpreter in C.
///
///     var graph = Graph(inputs: 1)
///     let y = graph.apply(.tanh, graph.input(0))
///     Program(graph, outputs: [y]).evaluate([[0, 1]], count: 2)   // [[0, 0.7615941559557649]]
///
/// Registers are blocks of some hundred values that stay in the first cache. Dead nodes are dropped, nodes that depend on scalars
/// only are computed once, and registers are reused when their value has been read for the last time.
public struct Program: Sendable {
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
    var block = 512

    /// Compiles the nodes that `outputs` need.
    public init(_ graph: Graph, outputs: [Graph.Ref]) {
        self.init(graph, outputs: outputs, scalars: [], aliases: [:])
    }

    /// - Parameters:
    ///   - scalars: inputs that are one value for all elements.
    ///   - aliases: outputs that are stored over an input: output number to input number.
    init(_ graph: Graph, outputs: [Graph.Ref], scalars: Set<Int>, aliases: [Int: Int]) {
        var compiler = ProgramCompiler(graph, outputs: outputs, scalars: scalars, aliases: aliases)
        self = compiler.compile()
    }

    init() {}

    /// The number of inputs of the graph it was compiled from.
    public var inputCount: Int { isUsed.count }

    /// Calls `body` with the form that the kernels read.
    func withKernelForm<Result>(_ body: (UnsafePointer<nasl_program>) -> Result) -> Result {
        steps.withUnsafeBufferPointer { steps in
            constants.withUnsafeBufferPointer { constants in
                outputs.withUnsafeBufferPointer { outputs in
                    var form = kernelForm
                    form.steps = steps.baseAddress
                    form.constants = constants.baseAddress
                    form.outputs = outputs.baseAddress
                    return withUnsafePointer(to: form, body)
                }
            }
        }
    }

    /// The counts, without the pointers.
    var kernelForm: nasl_program {
        nasl_program(
            steps: nil, constants: nil, outputs: nil, step_count: Int32(steps.count), uniform_count: Int32(uniformCount),
            input_count: Int32(isUsed.count), constant_count: Int32(constants.count), output_count: Int32(outputs.count),
            register_count: Int32(registerCount), block: Int32(block))
    }
}

extension Program {
    /// Operations on each block, for tests and benchmarks.
    package var stepCount: Int { steps.count }
    package var registersInUse: Int { registerCount }
}
