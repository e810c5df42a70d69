import NaslExpr

/// A term as a formula in LaTeX, for amsmath: `x \mapsto \max\left(x, \tanh\left(x\right)\right)`.
package struct TermLatex {
    private let term: Expr

    /// The function with its parameters.
    package static func text(of function: FunctionTerm) -> String {
        let names = function.parameters.map { name($0.text) }
        let body = text(of: function.body)
        if names.isEmpty { return body }
        return (names.count == 1 ? names[0] : "\\left(\(names.joined(separator: ", "))\\right)") + " \\mapsto " + body
    }

    package static func text(of term: Expr) -> String {
        let writer = TermLatex(term: term)
        return writer.write(term.root, within: .loosest)
    }

    private init(term: Expr) { self.term = term }

    /// How tightly parts hold together; what a bracket or a fraction bar encloses holds of itself.
    private enum Tightness: Int, Comparable {
        case loosest, relation, sum, product, sign, power, atom
        static func < (a: Tightness, b: Tightness) -> Bool { a.rawValue < b.rawValue }
    }

    private func write(_ position: Int, within outer: Tightness) -> String {
        let node = term.nodes[position]
        let children = term.children(of: position)
        switch node.kind {
        case .number: return number(node.value, within: outer)
        case .variable: return TermLatex.name(node.symbol.text)
        case .text: return "\\text{\(TermLatex.escaped(node.symbol.text))}"
        case .fitted: return "\\mathrm{const}"
        case .parameter: return "\\mathrm{param}\\left(\(number(node.value, within: .loosest))\\right)"
        case .primitive: return primitive(node.primitive, children, within: outer)
        case .binding:
            let value = "\(TermLatex.name(node.symbol.text)) = \(write(children[0], within: .sum))"
            return bracketed(outer > .loosest, "\(write(children[1], within: .loosest)) \\quad\\text{where } \(value)")
        case .lambda:
            let names = children.dropLast().map { TermLatex.name(term.nodes[$0].symbol.text) }
            let head = names.count == 1 ? names[0] : "\\left(\(names.joined(separator: ", "))\\right)"
            return bracketed(outer > .loosest, "\(head) \\mapsto \(write(children[children.count - 1], within: .loosest))")
        case .call:
            let callee = term.nodes[children[0]]
            let head = callee.kind == .variable ? TermLatex.operatorName(callee.symbol.text) : write(children[0], within: .atom)
            return head + list(children.dropFirst())
        case .labelled: return "\\mathrm{\(TermLatex.escaped(node.symbol.text))}\\colon \(write(children[0], within: .loosest))"
        case .list: return "\\left[\(children.map { write($0, within: .loosest) }.joined(separator: ", "))\\right]"
        case .record: return list(children[...])
        case .field: return "\(write(children[0], within: .atom)).\\mathrm{\(TermLatex.escaped(node.symbol.text))}"
        case .index: return "\(write(children[0], within: .atom))_{\(write(children[1], within: .loosest))}"
        case .compose: return bracketed(outer > .product, "\(write(children[1], within: .sign)) \\circ \(write(children[0], within: .sign))")
        case .hole: return TermLatex.operatorName(node.symbol.text) + (children.isEmpty ? "" : list(children[...]))
        }
    }

    private func number(_ value: Double, within outer: Tightness) -> String {
        if value == .pi { return "\\pi" }
        let text = numberText(value)
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? String(text.dropFirst()) : text
        var (shown, own) = (digits, Tightness.atom)
        if digits == "inf" {
            shown = "\\infty"
        } else if digits == "nan" {
            shown = "\\mathrm{NaN}"
        } else if let mark = digits.firstIndex(of: "e") {
            let (mantissa, power) = (digits[..<mark], "10^{\(digits[digits.index(after: mark)...])}")
            (shown, own) = mantissa == "1" ? (power, .sign) : ("\(mantissa) \\cdot \(power)", .product)
        }
        return isNegative ? bracketed(outer > .sum, "-\(shown)") : bracketed(outer > own, shown)
    }

    private func list(_ children: ArraySlice<Int>) -> String {
        "\\left(\(children.map { write($0, within: .loosest) }.joined(separator: ", "))\\right)"
    }

    private func bracketed(_ needed: Bool, _ text: String) -> String { needed ? "\\left(\(text)\\right)" : text }

    private func primitive(_ primitive: Primitive, _ children: [Int], within outer: Tightness) -> String {
        func part(_ place: Int, _ within: Tightness = .loosest) -> String { write(children[place], within: within) }
        func infix(_ sign: String, _ own: Tightness, right: Tightness? = nil) -> String {
            // A minus that opens a product needs no bracket, unless another sign stands before it.
            let first = term.nodes[children[0]]
            let opens = own == .product && outer <= .sum && (first.kind == .number || (first.kind == .primitive && first.primitive == .neg))
            return bracketed(outer > own, "\(part(0, opens ? .sum : own)) \(sign) \(part(1, right ?? own))")
        }
        switch primitive {
        case .add: return infix("+", .sum, right: .product)
        case .sub: return infix("-", .sum, right: .product)
        case .mul: return infix("\\cdot", .product, right: .sign)
        case .mod: return infix("\\bmod", .product, right: .sign)
        case .div: return bracketed(outer >= .power, "\\frac{\(part(0))}{\(part(1))}")
        case .pow: return bracketed(outer >= .power, "\(part(0, .atom))^{\(part(1))}")
        case .square: return bracketed(outer >= .power, "\(part(0, .atom))^{2}")
        case .cube: return bracketed(outer >= .power, "\(part(0, .atom))^{3}")
        case .exp: return bracketed(outer >= .power, "e^{\(part(0))}")
        case .neg: return bracketed(outer > .sum, "-\(part(0, .product))")
        case .sqrt: return "\\sqrt{\(part(0))}"
        case .abs: return "\\left|\(part(0))\\right|"
        case .floor: return "\\left\\lfloor \(part(0)) \\right\\rfloor"
        case .select: return "\\begin{cases} \(part(1)) & \\text{if } \(part(0)) \\\\ \(part(2)) & \\text{otherwise} \\end{cases}"
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
            let sign = primitive.spelling(in: .latex) ?? "="
            // A truth value as a number, in Iverson's brackets.
            let relation = "\(part(0, .sum)) \(sign) \(part(1, .sum))"
            return outer == .loosest ? relation : "\\left[\(relation)\\right]"
        default:
            let command = primitive.spelling(in: .latex) ?? ""
            let head = command.isEmpty ? TermLatex.operatorName(primitive.name) : command
            return bracketed(outer == .atom, head + list(children[...]))
        }
    }
}
