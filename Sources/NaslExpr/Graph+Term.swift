extension Graph {
    /// The node at `ref` as a term over `names`; parts used more than once that are more than a name become `let`s.
    public func term(at ref: Ref, names: [Symbol]) -> Expr {
        var uses = [Int](repeating: 0, count: nodes.count)
        var pending = [ref.index]
        while let position = pending.popLast() {
            uses[position] += 1
            if uses[position] == 1 { pending += arguments(at: Ref(position)).map(\.index) }
        }
        var taken = Set(names)
        var terms: [Int: Expr] = [:]
        var bindings: [(Symbol, Expr)] = []
        var fresh = 0
        for position in 0...ref.index where uses[position] > 0 {
            switch nodes[position] {
            case .input(let input): terms[position] = .variable(names[Int(input)])
            case .number(let bits): terms[position] = .number(Double(bitPattern: bits))
            case .apply(let primitive, _, _, _):
                let term = Expr.apply(primitive, arguments(at: Ref(position)).map { terms[$0.index]! })
                if uses[position] > 1, position != ref.index {
                    var name: Symbol
                    repeat {
                        name = Symbol(fresh < 26 ? String(UnicodeScalar(UInt8(97 + fresh))) : "t\(fresh)")
                        fresh += 1
                    } while taken.contains(name) || name.text == "e"
                    taken.insert(name)
                    bindings.append((name, term))
                    terms[position] = .variable(name)
                } else {
                    terms[position] = term
                }
            }
        }
        return bindings.reversed().reduce(terms[ref.index]!) { .binding($1.0, $1.1, in: $0) }
    }
}
