import NaslExpr

/// How literals are spelt.
extension ExpressionPrinter {
    /// In the largest unit that leaves a number which reads back to the same.
    func durationLiteral(_ seconds: Double) -> String {
        for unit in [durationUnits[3], durationUnits[2]] {
            let count = seconds / unit.seconds
            if count != 0, count.rounded() == count, count * unit.seconds == seconds { return numberText(count) + unit.name }
        }
        return numberText(seconds) + "s"
    }

    func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.properties.generalCategory == .control: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// What kind of operand an expression is.
extension Expression {
    var isPostfix: Bool {
        switch kind {
        case .binary, .range, .unary, .lambda, .conditional, .letIn: false
        default: true
        }
    }

    var isNegated: Bool {
        switch kind {
        case .number(let value), .duration(let value): value.sign == .minus
        case .unary(.negate, _): true
        default: false
        }
    }

    /// Of which a minus directly before it would become part.
    var isLiteral: Bool {
        switch kind {
        case .number, .duration: true
        default: false
        }
    }
}
