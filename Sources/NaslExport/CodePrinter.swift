import NaslExpr

/// Prints terms as expressions of a dialect, and keeps the small functions that they need.
struct CodePrinter {
    let dialect: Dialect
    /// What a random draw has the shape of.
    var like = "x"
    private var helpers: [(primitive: Primitive, text: String)] = []
    private(set) var draws = 0

    init(_ dialect: Dialect) { self.dialect = dialect }

    /// The small functions, each before its users.
    var definitions: [String] { helpers.map(\.text) }

    /// How tightly an expression holds together, loosest first.
    enum Tightness: Int, Comparable {
        case loosest, sum, product, sign, power, atom
        static func < (a: Tightness, b: Tightness) -> Bool { a.rawValue < b.rawValue }
    }

    mutating func text(of term: Expr) throws(ExportError) -> String { try text(term, term.root, within: .loosest) }

    private mutating func text(_ term: Expr, _ position: Int, within outer: Tightness) throws(ExportError) -> String {
        let node = term.nodes[position]
        switch node.kind {
        case .number:
            let text = dialect.number(node.value)
            return text.hasPrefix("-") && outer >= .power ? "(\(text))" : text
        case .variable: return node.symbol.text
        case .primitive: return try text(node.primitive, term, term.children(of: position), within: outer)
        default: throw ExportError("`\(term.subterm(at: position))` is no elementwise expression")
        }
    }

    private mutating func text(_ primitive: Primitive, _ term: Expr, _ children: [Int], within outer: Tightness) throws(ExportError) -> String {
        guard let spelling = primitive.spelling(in: dialect.target) else {
            throw ExportError("`\(primitive.name)` has no meaning there")
        }
        if primitive == .select {
            let condition = try condition(term, children[0])
            let choice = dialect.conditional(condition, try text(term, children[1], within: .sum), try text(term, children[2], within: .sum))
            return bracketed(dialect.isConditionalOperator && outer > .loosest, choice)
        }
        if primitive.isComparison { return dialect.truth(try relation(spelling, term, children), like) }
        if spelling.isEmpty || spelling.contains("(") {
            let name = try helper(for: primitive, spelling)
            var arguments: [String] = []
            for child in children { arguments.append(try text(term, child, within: .loosest)) }
            if primitive.isRandom {
                arguments.append(like)
                if dialect.target == .jax { arguments.append("jax.random.fold_in(key, \(draws))") }
                draws += 1
            }
            return "\(name)(\(arguments.joined(separator: ", ")))"
        }
        if spelling.contains(where: \.isLetter) {
            var arguments: [String] = []
            for child in children { arguments.append(try text(term, child, within: .loosest)) }
            return "\(spelling)(\(arguments.joined(separator: ", ")))"
        }
        return try operation(spelling, term, children, within: outer)
    }

    private mutating func operation(_ sign: String, _ term: Expr, _ children: [Int], within outer: Tightness) throws(ExportError) -> String {
        if children.count == 1 {
            // `**2` stands behind its argument, `-` before it.
            if let digit = sign.last, digit.isNumber {
                let base = try text(term, children[0], within: .atom)
                let isSimple = isSimple(term, children[0])
                let shown = isSimple ? "\(base)\(sign)" : "\(base) \(sign.dropLast()) \(digit)"
                return bracketed(outer > .power, shown)
            }
            // Two signs would be an operator of their own in C.
            let operand = try text(term, children[0], within: .sign)
            return bracketed(outer > .sign, operand.hasPrefix(sign) ? "\(sign)(\(operand))" : "\(sign)\(operand)")
        }
        let (left, right) = (children[0], children[1])
        switch sign {
        case "+", "-": return bracketed(outer > .sum, "\(try text(term, left, within: .sum)) \(sign) \(try text(term, right, within: .product))")
        case "*", "/": return bracketed(outer > .product, "\(try text(term, left, within: .product)) \(sign) \(try text(term, right, within: .sign))")
        default:
            let (base, exponent) = (try text(term, left, within: .atom), try text(term, right, within: .sign))
            let space = isSimple(term, left) && isSimple(term, right) ? "" : " "
            return bracketed(outer > .power, "\(base)\(space)\(sign)\(space)\(exponent)")
        }
    }

    /// A name or a number: operators of power stand close to it.
    private func isSimple(_ term: Expr, _ position: Int) -> Bool {
        let node = term.nodes[position]
        return node.kind == .variable || (node.kind == .number && node.value.sign == .plus)
    }

    private func bracketed(_ needed: Bool, _ text: String) -> String { needed ? "(\(text))" : text }

    /// Where a truth value is wanted: a comparison as it is, another number against 0.
    private mutating func condition(_ term: Expr, _ position: Int) throws(ExportError) -> String {
        let node = term.nodes[position]
        if node.kind == .primitive, node.primitive.isComparison, let spelling = node.primitive.spelling(in: dialect.target) {
            if !spelling.isEmpty { return try relation(spelling, term, term.children(of: position)) }
        }
        let zero = dialect.number(0)
        let number = try text(term, position, within: .sum)
        let unequal = Primitive.notEqual.spelling(in: dialect.target) ?? "!="
        return unequal.contains(where: \.isLetter) ? "\(unequal)(\(number), \(zero))" : "\(number) \(unequal) \(zero)"
    }

    private mutating func relation(_ sign: String, _ term: Expr, _ children: [Int]) throws(ExportError) -> String {
        let (left, right) = (try text(term, children[0], within: .sum), try text(term, children[1], within: .sum))
        return sign.contains(where: \.isLetter) ? "\(sign)(\(left), \(right))" : "\(left) \(sign) \(right)"
    }

    private mutating func helper(for primitive: Primitive, _ spelling: String) throws(ExportError) -> String {
        let name = dialect.helper(primitive.name)
        if helpers.contains(where: { $0.primitive == primitive }) { return name }
        var body = spelling
        if body.isEmpty {
            guard let definition = primitive.definition else { throw ExportError("`\(primitive.name)` has no meaning there") }
            let outer = like
            like = "a"
            body = try text(of: definition)
            like = outer
        }
        var parameters = Array(["a", "b", "c"].prefix(primitive.arity))
        if primitive.isRandom {
            parameters.append("like")
            if dialect.target == .jax { parameters.append("key") }
        }
        // What begins with a formula keeps its small letter.
        let words = primitive.row.summary
        let summary = (words.hasPrefix("`") ? words : words.prefix(1).uppercased() + words.dropFirst()).replacing("`", with: "") + "."
        helpers.append((primitive, dialect.definition(name, parameters, summary, body)))
        return name
    }
}

extension Primitive {
    /// Whether it gives 1 or 0.
    package var isComparison: Bool {
        [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual].contains(self)
    }
}
