/// Terms that are computed one after another, equal parts only once.
public struct StraightLine: Sendable {
    /// Named parts, each before its users.
    public var bindings: [(name: Symbol, term: Expr)]
    public var results: [Expr]
}

extension Graph {
    /// The node at `ref` as a term over `names`; parts used more than once that are more than a name become `let`s.
    public func term(at ref: Ref, names: [Symbol]) -> Expr {
        let line = straightLine(at: [ref], names: names)
        return line.bindings.reversed().reduce(line.results[0]) { .binding($1.name, $1.term, in: $0) }
    }

    /// The nodes at `refs` as terms over `names`; parts used more than once that are more than a name get names of their own.
    ///
    /// - Parameters:
    ///   - taken: further names that none of the parts may have.
    ///   - width: terms wider than this, by `width(of:)`, are split by naming their widest parts; nil: never.
    public func straightLine(at refs: [Ref], names: [Symbol], taken: Set<Symbol> = [], width limit: Int? = nil) -> StraightLine {
        var uses = [Int](repeating: 0, count: nodes.count)
        var pending = refs.map(\.index)
        while let position = pending.popLast() {
            uses[position] += 1
            if uses[position] == 1 { pending += arguments(at: Ref(position)).map(\.index) }
        }
        var fresh = FreshNames(taken: taken.union(names))
        var terms: [Int: (term: Expr, width: Int)] = [:]
        var bindings: [(name: Symbol, term: Expr)] = []
        func bind(_ position: Int) {
            guard let term = terms[position]?.term else { return }
            let name = fresh.next()
            bindings.append((name, term))
            terms[position] = (.variable(name), name.text.count)
        }
        for position in 0...(refs.map(\.index).max() ?? 0) where uses[position] > 0 {
            switch nodes[position] {
            case .input(let input): terms[position] = (.variable(names[Int(input)]), names[Int(input)].text.count)
            case .number(let bits):
                let number = Double(bitPattern: bits)
                terms[position] = (.number(number), numberText(number).count)
            case .apply(let primitive, _, _, _):
                let parts = arguments(at: Ref(position)).map(\.index)
                func width() -> Int { parts.reduce(Graph.width(of: primitive)) { $0 + (terms[$1]?.width ?? 0) } }
                if let limit {
                    while width() > limit, let widest = parts.max(by: { (terms[$0]?.width ?? 0) < (terms[$1]?.width ?? 0) }), terms[widest]?.term.isAtom == false { bind(widest) }
                }
                terms[position] = (Expr.apply(primitive, parts.compactMap { terms[$0]?.term }), width())
                if uses[position] > 1 { bind(position) }
            }
        }
        return StraightLine(bindings: bindings, results: refs.compactMap { terms[$0.index]?.term })
    }

    /// About how many characters an operation takes besides its arguments.
    private static func width(of primitive: Primitive) -> Int { primitive.row.infix == nil ? primitive.name.count + 8 : 4 }
}

/// Short names that are not taken: a, b, c, ...; never e, which reads as a number.
private struct FreshNames {
    private var taken: Set<Symbol>
    private var count = 0

    init(taken: Set<Symbol>) { self.taken = taken.union(["e"]) }

    mutating func next() -> Symbol {
        while true {
            let name = Symbol(count < 26 ? String(UnicodeScalar(UInt8(97 + count))) : "t\(count)")
            count += 1
            if taken.insert(name).inserted { return name }
        }
    }
}
