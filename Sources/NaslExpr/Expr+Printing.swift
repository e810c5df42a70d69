extension Expr {
    /// The term as source that reads back to the same term.
    public var text: String {
        var printer = ExprPrinter(term: self)
        printer.write(root, within: .loosest)
        return printer.output.text
    }
}

extension Expr: CustomStringConvertible {
    public var description: String { text }
}

/// How tightly an operator holds its arguments, loosest first (`language.md`, Lexicon).
enum Tightness: Int, Comparable {
    case loosest, compose, comparison, sum, product, unary, power, postfix

    static func < (a: Tightness, b: Tightness) -> Bool { a.rawValue < b.rawValue }

    var next: Tightness { Tightness(rawValue: Swift.min(rawValue + 1, Tightness.postfix.rawValue))! }

    init(infix: String) {
        switch infix {
        case "+", "-": self = .sum
        case "*", "/", "%": self = .product
        case "^": self = .power
        default: self = .comparison
        }
    }
}

private struct ExprPrinter {
    let term: Expr
    var output: TextBytes

    init(term: Expr) {
        self.term = term
        output = TextBytes(capacity: 8 * term.nodes.count)
    }

    mutating func write(_ position: Int, within outer: Tightness) {
        let node = term.nodes[position]
        switch node.kind {
        case .number: writeNumber(node.value, within: outer)
        case .variable: output += node.symbol.text
        case .primitive: writePrimitive(node.primitive, at: position, within: outer)
        default: write(node, term.children(of: position), within: outer)
        }
    }

    private mutating func write(_ node: Expr.Node, _ children: [Int], within outer: Tightness) {
        switch node.kind {
        case .number, .variable, .primitive: break
        case .text: output += quoted(node.symbol.text)
        case .fitted: output += "const"
        case .parameter: output += "param(\(numberText(node.value)))"
        case .binding:
            parenthesised(outer > .loosest) {
                $0.output += "let \(node.symbol.text) = "
                // A let as the value of a let reads more easily in brackets.
                $0.write(children[0], within: .compose)
                $0.output += " in "
                $0.write(children[1], within: .loosest)
            }
        case .lambda:
            parenthesised(outer > .loosest) {
                let nodes = $0.term.nodes
                let parameters = children.dropLast().map { nodes[$0].symbol.text }
                $0.output += parameters.count == 1 ? parameters[0] : "(\(parameters.joined(separator: ", ")))"
                $0.output += " -> "
                $0.write(children[children.count - 1], within: .loosest)
            }
        case .call:
            write(children[0], within: .postfix)
            writeList("(", children.dropFirst(), ")")
        case .labelled:
            output += "\(node.symbol.text): "
            write(children[0], within: .loosest)
        case .list: writeList("[", children[...], "]")
        case .record: writeList("(", children[...], ")")
        case .field:
            write(children[0], within: .postfix)
            output += ".\(node.symbol.text)"
        case .index:
            write(children[0], within: .postfix)
            output += "["
            write(children[1], within: .loosest)
            output += "]"
        case .compose:
            parenthesised(outer > .compose) {
                $0.write(children[0], within: .compose)
                $0.output += " >> "
                $0.write(children[1], within: .comparison)
            }
        case .hole:
            // `Layer{3..6}`, `int(1..9)`: a draw's range is written as one.
            if node.symbol == "{}", children.count == 3 {
                write(children[0], within: .postfix)
                writeRange("{", children[1], children[2], "}")
                return
            }
            output += node.symbol.text
            if ExprPrinter.ranged.contains(node.symbol), children.count == 2 { return writeRange("(", children[0], children[1], ")") }
            if !children.isEmpty { writeList("(", children[...], ")") }
        }
    }

    private mutating func writeNumber(_ value: Double, within outer: Tightness) {
        // `-1` is a literal, but `-1^2` and `-1(x)` would read otherwise.
        parenthesised(value.sign == .minus && outer >= .power) { $0.output += numberText(value) }
    }

    private mutating func writePrimitive(_ primitive: Primitive, at position: Int, within outer: Tightness) {
        let row = primitive.row
        let last = position - 1
        guard let infix = row.infix else {
            output += row.name
            if row.arity != 1 { return writeList("(", term.children(of: position)[...], ")") }
            output.append("(")
            write(last, within: .loosest)
            output.append(")")
            return
        }
        if row.arity == 1 {
            parenthesised(outer > .unary) {
                $0.output += infix
                let isNumber = $0.term.nodes[last].kind == .number
                if isNumber { $0.output += "(" }  // `-(1)` is the operator, `-1` the literal
                $0.write(last, within: .unary)
                if isNumber { $0.output += ")" }
            }
            return
        }
        let first = last - Int(term.nodes[last].length)
        let own = Tightness(infix: infix)
        parenthesised(outer > own) {
            switch own {
            case .power:
                $0.write(first, within: .postfix)
                $0.output += "^"
                $0.write(last, within: $0.term.nodes[last].kind == .number ? .unary : .power)
            default:
                $0.write(first, within: own == .comparison ? .sum : own)
                $0.output.append(" ")
                $0.output += infix
                $0.output.append(" ")
                $0.write(last, within: own == .comparison ? .sum : own.next)
            }
        }
    }

    private static let ranged: Set<Symbol> = ["int", "real", "log_real"]

    private mutating func writeRange(_ open: String, _ lower: Int, _ upper: Int, _ close: String) {
        output += open
        write(lower, within: .sum)
        if open == "(" || term.nodes[lower].value != term.nodes[upper].value {
            output += ".."
            write(upper, within: .sum)
        }
        output += close
    }

    private mutating func writeList(_ open: String, _ items: ArraySlice<Int>, _ close: String) {
        output += open
        for (count, item) in items.enumerated() {
            if count > 0 { output += ", " }
            write(item, within: .loosest)
        }
        output += close
    }

    @inline(__always)
    private mutating func parenthesised(_ needed: Bool, _ body: (inout ExprPrinter) -> Void) {
        if needed { output.append("(") }
        body(&self)
        if needed { output.append(")") }
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.append(character)
            }
        }
        return result + "\""
    }
}

/// A text being written, faster than a `String` grows by short pieces.
private struct TextBytes {
    private var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    static func += (text: inout TextBytes, piece: String) { text.bytes.append(contentsOf: piece.utf8) }

    /// Of ASCII.
    mutating func append(_ character: Unicode.Scalar) { bytes.append(UInt8(truncatingIfNeeded: character.value)) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
