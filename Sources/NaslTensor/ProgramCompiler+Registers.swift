import CKernels
import NaslExpr

/// The second half of the compiler: an order of steps, and a register for each value.
extension ProgramCompiler {
    mutating func placeInputsAndConstants() {
        program.isUsed = (0..<graph.inputCount).map { uses[$0] > 0 }
        for input in 0..<graph.inputCount { register[input] = input }
        program.registerCount = graph.inputCount
        var isRead = [Bool](repeating: false, count: graph.nodes.count)
        for result in results { isRead[result.index] = true }
        for operation in operations { operation?.forEachArgument { isRead[$0] = true } }
        for position in graph.nodes.indices where isRead[position] {
            if case .number(let bits) = graph.nodes[position] {
                register[position] = newRegister()
                program.constants.append(Double(bitPattern: bits))
            }
        }
    }

    mutating func scheduleSteps() {
        var varying: [Int] = []
        for position in graph.nodes.indices where operations[position] != nil {
            if isUniform[position] { order.append(position) } else { varying.append(position) }
        }
        program.uniformCount = order.count
        order += varying
    }

    mutating func findLastUses() {
        for (time, position) in order.enumerated() { operations[position]?.forEachArgument { lastUse[$0] = time } }
        // What is computed once must last for all blocks, and so must results.
        for position in order.prefix(program.uniformCount) { lastUse[position] = .max }
        for result in results { lastUse[result.index] = .max }
    }

    /// An output is stored by its own step if the step is its alone and nothing still reads what it is stored over.
    mutating func chooseDirectOutputs() -> Set<Int> {
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

    mutating func emit(_ direct: Set<Int>) {
        for (time, position) in order.enumerated() {
            guard let operation = operations[position] else { continue }
            let (a, b, c) = (register[operation.a], register[operation.b], register[operation.c])
            release(operation.a, at: time)
            if operation.count > 1, operation.b != operation.a { release(operation.b, at: time) }
            if operation.count > 2, operation.c != operation.a, operation.c != operation.b { release(operation.c, at: time) }
            let target: Int
            if !direct.contains(position), let reused = free.popLast() { target = reused } else { target = newRegister() }
            register[position] = target
            program.steps.append(nasl_step(
                op: operation.opcode, dst: UInt16(target), a: UInt16(a), b: UInt16(operation.count > 1 ? b : a),
                c: UInt16(operation.count > 2 ? c : a)))
        }
    }

    /// The register of a step that was read for the last time may be written by the very step that read it.
    mutating func release(_ position: Int, at time: Int) {
        if lastUse[position] == time, operations[position] != nil { free.append(register[position]) }
    }

    mutating func newRegister() -> Int {
        program.registerCount += 1
        return program.registerCount - 1
    }
}
