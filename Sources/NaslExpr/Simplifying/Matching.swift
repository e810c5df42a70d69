/// Looks for the left sides of laws in a graph.
struct Matching {
    let graph: EGraph
    let rules: SaturationRules
    let most: Int
    private var registers: [EGraph.Class]
    private var current = 0

    /// A law at a class, with what stands for its placeholders.
    struct Match {
        let rule: Int
        let root: EGraph.Class
        /// Where its classes begin in `bindings`.
        let first: Int
    }

    private(set) var matches: [Match] = []
    private(set) var bindings: [EGraph.Class] = []

    /// - Parameter most: matches that are looked for.
    init(_ graph: EGraph, _ rules: SaturationRules, most: Int) {
        (self.graph, self.rules, self.most) = (graph, rules, most)
        registers = [EGraph.Class](repeating: -1, count: rules.registerCount)
    }

    mutating func run(_ phase: SaturationRules.Phase) {
        for index in graph.nodes.indices where !graph.isDouble[index] && graph.nodes[index].head.kind == .primitive {
            let node = graph.nodes[index]
            var opcodes: UInt64 = 0
            for child in [node.a, node.b, node.c] where child >= 0 { opcodes |= graph.opcodes[Int(child)] }
            registers[0] = graph.owner[index]
            for rule in rules.beginning[phase.rawValue * 64 + Int(node.head.opcode)] {
                if matches.count >= most { return }
                let (start, needed) = (rules.rules[rule].start, rules.rules[rule].arguments)
                if opcodes & needed != needed { continue }
                current = rule
                let bind = rules.instructions[start]
                place(node, bind)
                step(start + 1)
                if bind.isCommutative, node.a != node.b {
                    registers[bind.other] = node.b
                    registers[bind.other + 1] = node.a
                    step(start + 1)
                }
            }
        }
    }

    private mutating func place(_ node: EGraph.Node, _ bind: SaturationRules.Instruction) {
        registers[bind.other] = node.a
        if bind.arity > 1 { registers[bind.other + 1] = node.b }
        if bind.arity > 2 { registers[bind.other + 2] = node.c }
    }

    private mutating func step(_ start: Int) {
        var counter = start
        while true {
            let instruction = rules.instructions[counter]
            let id = Int(registers[instruction.register])
            switch instruction.kind {
            case .same: if registers[instruction.other] != registers[instruction.register] { return }
            case .number: guard let number = graph.numbers[id], instruction.value.isNaN || number == instruction.value else { return }
            case .bind:
                guard graph.opcodes[id] >> UInt64(instruction.opcode) & 1 == 1 else { return }
                var index = graph.first[id]
                while index >= 0 {
                    let node = graph.nodes[Int(index)]
                    if node.head.kind == .primitive, node.head.opcode == instruction.opcode, !graph.isDouble[Int(index)] {
                        place(node, instruction)
                        step(counter + 1)
                        if instruction.isCommutative, node.a != node.b {
                            registers[instruction.other] = node.b
                            registers[instruction.other + 1] = node.a
                            step(counter + 1)
                        }
                    }
                    index = graph.next[Int(index)]
                }
                return
            case .found:
                guard matches.count < most else { return }
                matches.append(Match(rule: current, root: registers[0], first: bindings.count))
                for slot in rules.rules[current].slots { bindings.append(registers[rules.registers[slot]]) }
                return
            }
            counter += 1
        }
    }
}
