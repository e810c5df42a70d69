import CKernels
import NaslExpr

/// From graph to register code, in four passes: which nodes are live, which are uniform, where each is read last, and a linear scan
/// that hands out registers (Poletto & Sarkar 1999, on straight-line code).
struct ProgramCompiler {
    private let graph: Graph
    private let results: [Graph.Ref]
    private let scalars: Set<Int>
    private let aliases: [Int: Int]

    private var program = Program()
    /// The register that holds each node's value, -1 before it has one.
    private var register: [Int]
    /// Steps to be emitted, as node numbers: uniform ones first.
    private var order: [Int] = []
    private var lastUse: [Int]
    private var free: [Int] = []

    init(_ graph: Graph, outputs: [Graph.Ref], scalars: Set<Int>, aliases: [Int: Int]) {
        self.graph = graph
        results = outputs
        self.scalars = scalars
        self.aliases = aliases
        register = [Int](repeating: -1, count: graph.nodes.count)
        lastUse = [Int](repeating: -1, count: graph.nodes.count)
    }

    mutating func compile() -> Program {
        let live = liveNodes()
        program.isUsed = (0..<graph.inputCount).map { live[$0] }
        for input in 0..<graph.inputCount { register[input] = input }
        program.registerCount = graph.inputCount
        placeConstants(live)
        scheduleSteps(live)
        findLastUses()
        let direct = chooseDirectOutputs()
        emit(direct)
        program.outputs = results.map { UInt16(register[$0.index]) }
        // Many registers: smaller blocks, so that all of them together stay in the first cache.
        program.block = min(512, max(64, 8192 / max(program.registerCount, 1) & ~63))
        return program
    }

    private func liveNodes() -> [Bool] {
        var live = [Bool](repeating: false, count: graph.nodes.count)
        for result in results { live[result.index] = true }
        for position in graph.nodes.indices.reversed() where live[position] {
            if case .apply(let primitive, let a, let b, let c) = graph.nodes[position] {
                live[a.index] = true
                if primitive.arity > 1 { live[b.index] = true }
                if primitive.arity > 2 { live[c.index] = true }
            }
        }
        return live
    }

    private mutating func placeConstants(_ live: [Bool]) {
        for position in graph.nodes.indices where live[position] {
            if case .number(let bits) = graph.nodes[position] {
                register[position] = newRegister()
                program.constants.append(Double(bitPattern: bits))
            }
        }
    }

    private mutating func scheduleSteps(_ live: [Bool]) {
        var uniform = [Bool](repeating: false, count: graph.nodes.count)
        var varying: [Int] = []
        for position in graph.nodes.indices where live[position] {
            switch graph.nodes[position] {
            case .input(let input): uniform[position] = scalars.contains(Int(input))
            case .number: uniform[position] = true
            case .apply:
                uniform[position] = arguments(position).allSatisfy { uniform[$0] }
                if uniform[position] { order.append(position) } else { varying.append(position) }
            }
        }
        program.uniformCount = order.count
        order += varying
    }

    private mutating func findLastUses() {
        for (time, position) in order.enumerated() {
            for argument in arguments(position) { lastUse[argument] = time }
        }
        // What is computed once must last for all blocks, and so must results.
        for position in order.prefix(program.uniformCount) { lastUse[position] = .max }
        for result in results { lastUse[result.index] = .max }
    }

    /// An output is stored by its own step if the step is its alone and nothing still reads what it is stored over.
    private mutating func chooseDirectOutputs() -> Set<Int> {
        var time = [Int](repeating: -1, count: graph.nodes.count)
        for (when, position) in order.enumerated() { time[position] = when }
        var direct: Set<Int> = []
        for (slot, result) in results.enumerated() {
            let position = result.index
            var isDirect = time[position] >= program.uniformCount && !direct.contains(position)
            if isDirect, let input = aliases[slot], lastUse[input] > time[position] { isDirect = false }
            if isDirect { direct.insert(position) }
            program.isDirect.append(isDirect)
        }
        return direct
    }

    private mutating func emit(_ direct: Set<Int>) {
        for (time, position) in order.enumerated() {
            guard case .apply(let primitive, _, _, _) = graph.nodes[position] else { continue }
            let sources = arguments(position)
            let registers = sources.map { UInt16(register[$0]) }
            for (slot, source) in sources.enumerated() where lastUse[source] == time && isTemporary(source) && !sources[..<slot].contains(source) {
                free.append(register[source])
            }
            let target: Int
            if !direct.contains(position), let reused = free.popLast() { target = reused } else { target = newRegister() }
            register[position] = target
            program.steps.append(nasl_step(
                op: UInt16(primitive.opcode), dst: UInt16(target), a: registers[0],
                b: registers.count > 1 ? registers[1] : registers[0], c: registers.count > 2 ? registers[2] : registers[0]))
        }
    }

    private func isTemporary(_ position: Int) -> Bool {
        if case .apply = graph.nodes[position] { true } else { false }
    }

    private mutating func newRegister() -> Int {
        program.registerCount += 1
        return program.registerCount - 1
    }

    private func arguments(_ position: Int) -> [Int] {
        graph.arguments(at: Graph.Ref(position)).map(\.index)
    }
}
