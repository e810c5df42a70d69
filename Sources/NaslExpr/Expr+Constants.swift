/// The places of a program at which `const` stands, in reading order.
extension Expr {
    public var constantCount: Int { nodes.count { $0.kind == .fitted } }

    /// The program with `values` in place of its constants; those that are left over stay.
    public func filling(constants values: some Sequence<Double>) -> Expr {
        var values = values.makeIterator()
        return mappingConstants { node in
            guard let value = values.next() else { return node }
            var number = Node(.number)
            number.value = value
            return number
        }
    }

    /// The program with its constants numbered from `first`, so that each can be told from the others wherever it is copied to.
    public func numberingConstants(from first: Int) -> Expr {
        var next = first
        return mappingConstants { node in
            defer { next += 1 }
            var numbered = node
            numbered.symbol = Expr.constantName(next)
            return numbered
        }
    }

    /// The program as a function of its numbered constants as well: their names, and the body in which those stand.
    public var constantsAsNames: (names: [Symbol], body: Expr) {
        var names: [Symbol] = []
        let body = mappingConstants { node in
            if !names.contains(node.symbol) { names.append(node.symbol) }
            var name = Node(.variable)
            name.symbol = node.symbol
            return name
        }
        return (names, body)
    }

    /// No name that can be written begins like this.
    private static let constantMark = "const#"

    private static func constantName(_ number: Int) -> Symbol { Symbol("\(constantMark)\(number)") }

    /// The number of the constant that has this name.
    public static func constantNumber(_ name: Symbol) -> Int? {
        name.text.hasPrefix(constantMark) ? Int(name.text.dropFirst(constantMark.count)) : nil
    }

    private func mappingConstants(_ change: (Node) -> Node) -> Expr {
        Expr(nodes: nodes.map { $0.kind == .fitted ? change($0) : $0 })
    }
}
