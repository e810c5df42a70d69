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
public final class Program: @unchecked Sendable {
    let code: RegisterCode
    /// What the kernels read. It never changes, which makes the class sendable.
    let form: UnsafePointer<nasl_program>
    /// How each input and output lies in memory where all of them are columns of their own: inputs, then outputs.
    let kinds: UnsafePointer<Int32>

    /// Compiles the nodes that `outputs` need.
    public convenience init(_ graph: Graph, outputs: [Graph.Ref]) {
        self.init(graph, outputs: outputs, scalars: [], aliases: [:])
    }

    /// - Parameters:
    ///   - scalars: inputs that are one value for all elements.
    ///   - aliases: outputs that are stored over an input: output number to input number.
    convenience init(_ graph: Graph, outputs: [Graph.Ref], scalars: Set<Int>, aliases: [Int: Int]) {
        var compiler = ProgramCompiler(graph, outputs: outputs, scalars: scalars, aliases: aliases)
        self.init(compiler.compile())
    }

    private init(_ code: RegisterCode) {
        self.code = code
        let form = UnsafeMutablePointer<nasl_program>.allocate(capacity: 1)
        form.initialize(to: code.form)
        form.pointee.steps = UnsafePointer(PlanMemory.copy(code.steps).baseAddress)
        form.pointee.constants = UnsafePointer(PlanMemory.copy(code.constants).baseAddress)
        form.pointee.outputs = UnsafePointer(PlanMemory.copy(code.outputs).baseAddress)
        self.form = UnsafePointer(form)
        let kinds = code.isUsed.map { $0 ? NASL_FULL : NASL_UNUSED } + code.isDirect.map { $0 ? NASL_FULL : NASL_COPIED }
        self.kinds = UnsafePointer(UnsafeMutablePointer(mutating: PlanMemory.copy(kinds.map { Int32($0) }).baseAddress!))
    }

    deinit {
        form.pointee.steps.deallocate()
        form.pointee.constants.deallocate()
        form.pointee.outputs.deallocate()
        form.deallocate()
        kinds.deallocate()
    }

    /// The number of inputs of the graph it was compiled from.
    public var inputCount: Int { code.isUsed.count }
}

extension Program {
    /// Operations on each block, for tests and benchmarks.
    package var stepCount: Int { code.steps.count }
    package var registersInUse: Int { code.registerCount }
}
