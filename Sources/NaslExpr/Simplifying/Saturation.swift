/// Uses laws on a graph until they add nothing more or the budget is spent: a number of rounds, of nodes and of matches, never of seconds, so
/// that the same term has the same result everywhere.
struct Saturation {
    struct Budget: Sendable {
        var rounds = 5
        var nodes = 300
        var matches = 1_500
    }

    private(set) var graph = EGraph()
    private let rules: SaturationRules
    private let budget: Budget
    private var stack: [EGraph.Class] = []

    init(_ rules: SaturationRules, budget: Budget = Budget()) {
        (self.rules, self.budget) = (rules, budget)
    }

    mutating func insert(_ term: Expr) -> EGraph.Class { graph.insert(term) }

    mutating func merge(_ first: EGraph.Class, _ second: EGraph.Class) { graph.merge(first, second) }

    /// Whether the laws lead two terms together: then they have equal values wherever all parts of both are defined. False says nothing.
    static func joins(_ first: Expr, _ second: Expr, _ rules: SaturationRules) -> Bool {
        for term in [first, second] where !term.isSaturable || !term.isRepeatable { return false }
        var saturation = Saturation(rules)
        let (a, b) = (saturation.insert(first), saturation.insert(second))
        saturation.run()
        return !saturation.graph.isContradictory && saturation.graph.find(a) == saturation.graph.find(b)
    }

    mutating func run() {
        graph.rebuild()
        for _ in 0..<budget.rounds {
            if graph.isContradictory { return }
            let before = (graph.nodes.count, graph.classCount)
            var matching = Matching(graph, rules, most: budget.matches)
            for phase in SaturationRules.Phase.allCases { matching.run(phase) }
            for match in matching.matches {
                // What shrinks is always used.
                if graph.nodes.count >= budget.nodes, rules.rules[match.rule].phase != .shrinking { break }
                use(match, matching.bindings)
            }
            graph.rebuild()
            if (graph.nodes.count, graph.classCount) == before || graph.nodes.count >= budget.nodes { return }
        }
    }

    private mutating func use(_ match: Matching.Match, _ bindings: [EGraph.Class]) {
        let rule = rules.rules[match.rule]
        for proof in rule.proofs where !isProven(rules.proofs[proof], bindings, match.first) { return }
        stack.removeAll(keepingCapacity: true)
        for index in rule.right {
            let part = rules.parts[index]
            if part.slot >= 0 {
                stack.append(graph.find(bindings[match.first + Int(part.slot)]))
                continue
            }
            let first = stack.count - Int(part.node.arity)
            let a = first < stack.count ? stack[first] : -1, b = first + 1 < stack.count ? stack[first + 1] : -1, c = first + 2 < stack.count ? stack[first + 2] : -1
            if part.isComputed {
                guard let number = graph.number(a), part.node.primitive.isExact(number, b < 0 ? 0 : graph.number(b) ?? .nan) else { return }
            }
            stack.removeSubrange(first...)
            let id = graph.insert(part.node, a, b, c)
            stack.append(id)
        }
        if let result = stack.last { graph.merge(match.root, result) }
    }

    /// Whether where the values of the arguments lie shows that a comparison holds.
    private func isProven(_ condition: Range<Int>, _ bindings: [EGraph.Class], _ first: Int) -> Bool {
        var stack: [Bounds] = []
        for index in condition {
            let part = rules.parts[index]
            if part.slot >= 0 {
                stack.append(graph.bounds[Int(graph.find(bindings[first + Int(part.slot)]))])
            } else {
                let arguments = Array(stack.suffix(Int(part.node.arity)))
                stack.removeLast(arguments.count)
                stack.append(Bounds(of: part.node, arguments))
            }
        }
        return stack.last == .only(1)
    }
}

extension Expr {
    /// Larger terms would leave the budget no room.
    private static let largestSaturated = 200

    /// Whether it may stand in a graph: elementwise, without `let`, and not too large.
    var isSaturable: Bool { nodes.count <= Expr.largestSaturated && isElementwise && !nodes.contains { $0.kind == .binding } }
}
