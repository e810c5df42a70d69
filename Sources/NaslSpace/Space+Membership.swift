import NaslExpr

extension Space {
    /// The choices that lead to a typed-in program, or nil if it is none of this space.
    ///
    /// Parameters are matched by position, names bound by `let` by what they stand for: `x -> x * sigmoid(x)` is in a grammar whose
    /// parameter is called `z`. Of several derivations it is the first in the order of choices.
    public func derive(_ program: FunctionTerm) -> [Int]? {
        guard program.parameters.count == grammar.parameters.count else { return nil }
        return derive(program.body, program.parameters)
    }

    /// The same for a plain term, in which the grammar's parameters go by their own names.
    public func derive(_ program: Expr) -> [Int]? { derive(program, grammar.parameters.map(\.name)) }

    private func derive(_ program: Expr, _ parameters: [Symbol]) -> [Int]? {
        guard !program.nodes.isEmpty else { return nil }
        var search = MembershipSearch(model, ResolvedProgram(program, parameters))
        guard let choices = search.derivation() else { return nil }
        // The match has kept to the grammar and to all that is inherited; what is summed up is judged on the whole.
        guard let derivation = try? follow(choices), let printed = derivation.program else { return nil }
        // Which steps nobody took is known only from the whole, too.
        return !printer.leavesOut || ResolvedProgram(printed, grammar.parameters.map(\.name)).isSame(as: ResolvedProgram(program, parameters)) ? choices : nil
    }
}

/// A program whose names are resolved, with the positions of its children at hand.
struct ResolvedProgram {
    /// What a name stands for.
    enum Meaning: Hashable {
        case parameter(Int)
        /// The position at which it is bound: of the `let`, or of the function's parameter.
        case bound(Int)
        case free(Symbol)
    }

    let term: Expr
    let children: [[Int]]
    private(set) var meanings: [Int: Meaning] = [:]

    /// Whether both are one program but for the names that are bound in it.
    func isSame(as other: ResolvedProgram) -> Bool {
        guard term.nodes.count == other.term.nodes.count, meanings == other.meanings else { return false }
        return zip(term.nodes, other.term.nodes).enumerated().allSatisfy { position, pair in
            var (first, second) = pair
            if meanings[position] != nil || first.kind == .binding || isBinder(position) {
                first.symbol = Expr.noSymbol
                second.symbol = Expr.noSymbol
            }
            return first == second
        }
    }

    private func isBinder(_ position: Int) -> Bool { term.nodes[position].kind == .variable && meanings[position] == nil }

    init(_ term: Expr, _ parameters: [Symbol]) {
        self.term = term
        var children: [[Int]] = []
        var stack: [Int] = []
        for (position, node) in term.nodes.enumerated() {
            children.append(Array(stack.suffix(Int(node.arity))))
            stack.removeLast(Int(node.arity))
            stack.append(position)
        }
        self.children = children
        // From the root down, binders entered and left in turn; programs may be deep, so the stack is our own.
        enum Task { case visit(Int), enter(Symbol, Int), leave(Symbol) }
        var scopes: [Symbol: [Meaning]] = [:]
        for (index, name) in parameters.enumerated() { scopes[name] = [.parameter(index)] }
        var tasks: [Task] = [.visit(term.root)]
        while let task = tasks.popLast() {
            switch task {
            case .enter(let name, let position): scopes[name, default: []].append(.bound(position))
            case .leave(let name): scopes[name]?.removeLast()
            case .visit(let position):
                let node = term.nodes[position], parts = children[position]
                switch node.kind {
                case .variable: meanings[position] = scopes[node.symbol]?.last ?? .free(node.symbol)
                case .binding: tasks += [.leave(node.symbol), .visit(parts[1]), .enter(node.symbol, position), .visit(parts[0])]
                case .lambda:
                    let names = parts.dropLast().map { (term.nodes[$0].symbol, $0) }
                    tasks += names.map { .leave($0.0) }
                    tasks.append(.visit(parts[parts.count - 1]))
                    tasks += names.map { .enter($0.0, $0.1) }
                default: tasks += parts.map(Task.visit)
                }
            }
        }
    }
}
