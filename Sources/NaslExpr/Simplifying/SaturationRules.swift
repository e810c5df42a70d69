/// The laws of a table compiled for matching in an ``EGraph``: left sides as short programs of an abstract machine (de Moura & Bjørner,
/// "Efficient E-matching for SMT solvers", CADE 2007).
struct SaturationRules: Sendable {
    /// Registers hold classes; register 0 holds the one at which a rule begins.
    struct Instruction: Sendable {
        enum Kind: UInt8 { case bind, same, number, found }

        var kind: Kind
        var register: Int
        /// Of `bind`: the operation that is looked for.
        var opcode: UInt8 = 0
        var isCommutative = false
        /// Of `bind`: where the arguments go. Of `same`: the other register.
        var other = 0
        var arity = 0
        /// Of `number`; NaN stands for any.
        var value = 0.0
    }

    /// Nothing but places in the tables below.
    struct Rule: Sendable {
        let phase: Phase
        let start: Int
        /// The operations, as bits, that some argument has to have.
        let arguments: UInt64
        /// In `registers`: by placeholder, the register that holds what stands for it.
        let slots: Range<Int>
        /// In `parts`.
        let right: Range<Int>
        /// In `proofs`.
        let proofs: Range<Int>
    }

    /// Smaller results first, then the same parts in other places, then the laws that may also be used from right to left.
    enum Phase: Int, CaseIterable { case shrinking, moving, growing }

    private(set) var instructions: [Instruction] = []
    private(set) var registerCount = 1
    private(set) var registers: [Int] = []
    /// Right sides and conditions, in post-order.
    private(set) var parts: [LawRule.BuildNode] = []
    /// In `parts`.
    private(set) var proofs: [Range<Int>] = []
    private(set) var rules: [Rule] = []
    /// The rules of a phase that begin with an opcode, at `phase * 64 + opcode`.
    private(set) var beginning: [[Int]] = [[Int]](repeating: [], count: 64 * Phase.allCases.count)

    init(_ laws: [Law]) {
        for law in laws {
            let isSwap = law.isReordering && law.left.sortedBySwaps() == law.right.sortedBySwaps()
            if isSwap { continue }
            if law.isReordering {
                add(LawRule(law.left, law.right, law), .moving)
                add(LawRule(law.right, law.left, law), .moving)
            } else {
                add(LawRule(law.left, law.right, law), .shrinking)
                if law.isSafeBackwards { add(LawRule(law.right, law.left, law), .growing) }
            }
        }
    }

    private mutating func add(_ law: LawRule, _ phase: Phase) {
        let start = instructions.count
        var found = [Int](repeating: -1, count: law.slotCount)
        var free = 1
        var position = 0
        compile(law, &position, register: 0, &found, &free)
        for slot in law.numberSlots { instructions.append(Instruction(kind: .number, register: found[slot], value: .nan)) }
        instructions.append(Instruction(kind: .found, register: 0))
        registerCount = max(registerCount, free)
        let slots = registers.count..<(registers.count + found.count)
        registers += found
        let firstProof = proofs.count
        for proof in law.proofs { proofs.append(appended(proof)) }
        beginning[phase.rawValue * 64 + Int(law.opcode)].append(rules.count)
        rules.append(Rule(phase: phase, start: start, arguments: law.argumentOpcodes, slots: slots, right: appended(law.right), proofs: firstProof..<proofs.count))
    }

    private mutating func appended(_ term: [LawRule.BuildNode]) -> Range<Int> {
        parts += term
        return (parts.count - term.count)..<parts.count
    }

    private mutating func compile(_ law: LawRule, _ position: inout Int, register: Int, _ registers: inout [Int], _ free: inout Int) {
        let pattern = law.pattern[position]
        position += 1
        switch pattern.kind {
        case .anything: break
        case .number: instructions.append(Instruction(kind: .number, register: register, value: pattern.value))
        case .placeholder:
            let slot = Int(pattern.slot)
            if registers[slot] < 0 { registers[slot] = register } else { instructions.append(Instruction(kind: .same, register: register, other: registers[slot])) }
        case .primitive:
            let primitive = Primitive(opcode: pattern.opcode), arity = primitive.arity, outputs = free
            free += arity
            instructions.append(Instruction(kind: .bind, register: register, opcode: pattern.opcode, isCommutative: primitive.isCommutative, other: outputs, arity: arity))
            // What needs no search is looked at first.
            var later: [(Int, Int)] = []
            for slot in 0..<arity {
                if law.pattern[position].kind == .primitive {
                    later.append((position, outputs + slot))
                    position = law.end(of: position)
                } else {
                    compile(law, &position, register: outputs + slot, &registers, &free)
                }
            }
            for (start, output) in later {
                var inner = start
                compile(law, &inner, register: output, &registers, &free)
            }
        }
    }
}

extension LawRule {
    fileprivate var argumentOpcodes: UInt64 {
        var opcodes: UInt64 = 0
        var position = 1
        for _ in 0..<Primitive(opcode: opcode).arity {
            if pattern[position].kind == .primitive { opcodes |= 1 << UInt64(pattern[position].opcode) }
            position = end(of: position)
        }
        return opcodes
    }

    /// Behind the pattern that begins at `position`.
    fileprivate func end(of position: Int) -> Int {
        var open = 1, position = position
        while open > 0 {
            if pattern[position].kind == .primitive { open += Primitive(opcode: pattern[position].opcode).arity }
            open -= 1
            position += 1
        }
        return position
    }
}

extension Law {
    /// Whether the right side may be replaced by the left one, too: nothing is unknown there, and the left side asks nothing of its arguments
    /// that the right side does not ask.
    package var isSafeBackwards: Bool {
        guard !needsProof, keepsEverything, numberPlaceholders.isEmpty, right.nodes[right.root].kind == .primitive else { return false }
        return left.demands.isSubset(of: right.demands)
    }
}

extension Expr {
    /// The operations that are not defined everywhere, with the arguments that decide it.
    fileprivate var demands: Set<[Expr]> {
        var demands: Set<[Expr]> = []
        for position in nodes.indices where nodes[position].kind == .primitive {
            let primitive = nodes[position].primitive
            let arguments = subterm(at: position).arguments
            switch primitive.row.domain {
            case .everywhere: break
            case .firstPositive, .firstNonnegative, .cosineNonzero: demands.insert([.text(primitive.name), arguments[0]])
            // Of `/` and `%` alike.
            case .secondNonzero: demands.insert([.text("/"), arguments[1]])
            case .power: demands.insert([.text(primitive.name)] + arguments)
            }
        }
        return demands
    }
}
