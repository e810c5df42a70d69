import NaslExpr

extension Expression {
    /// The expression as source that reads back to the same tree, with no more brackets than needed.
    ///
    ///     // ((1+2)*x)  ->  (1 + 2) * x
    public var text: String {
        var printer = ExpressionPrinter(isExplicit: false)
        printer.write(self, within: .open)
        return printer.output
    }

    /// Every operator in brackets: two expressions are the same tree exactly when these are equal.
    package var explicitText: String {
        var printer = ExpressionPrinter(isExplicit: true)
        printer.write(self, within: .open)
        return printer.output
    }
}

struct ExpressionPrinter {
    let isExplicit: Bool
    var output = ""

    mutating func write(_ expression: Expression, within outer: Precedence) {
        switch expression.kind {
        case .number(let value):
            // `-1^2` would read as `-(1^2)`.
            bracketed(value.sign == .minus && outer >= .power) { $0.output += numberText(value) }
        case .duration(let seconds):
            bracketed(seconds.sign == .minus && outer >= .power) { $0.output += $0.durationLiteral(seconds) }
        case .text(let text): output += quoted(text)
        case .bool(let value): output += value ? "true" : "false"
        case .none: output += "none"
        case .name(let name): output += name
        case .placeholder(let name): output += "?\(name)"
        case .wildcard: output += "_"
        case .list(let elements): writeList("[", elements.map { CallArgument(value: $0) }, "]")
        case .record(let fields): writeList("(", fields, ")")
        case .range(let lower, let upper, let step):
            bracketed(isExplicit || outer > .range) {
                $0.write(lower, within: .sum)
                $0.output += ".."
                $0.write(upper, within: .sum)
                if let step {
                    $0.output += " by "
                    $0.write(step, within: .sum)
                }
            }
        case .unary(let sign, let operand): writeUnary(sign, operand, within: outer)
        case .binary(let sign, _, let left, let right): writeBinary(sign, left, right, within: outer)
        case .lambda(let parameters, let body):
            bracketed(isExplicit || outer > .open) {
                let names = parameters.map(\.name)
                $0.output += (names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))") + " -> "
                $0.write(body, within: .open)
            }
        case .conditional(let condition, let first, let second):
            bracketed(isExplicit || outer > .open) {
                $0.output += "if "
                $0.write(condition, within: .open)
                $0.output += " then "
                $0.write(first, within: .open)
                $0.output += " else "
                $0.write(second, within: .open)
            }
        case .letIn(let name, _, let value, let body):
            bracketed(isExplicit || outer > .open) {
                $0.output += "let \(name) = "
                // An `in` in the value would end it.
                $0.write(value, within: value.isPostfix ? .open : .range)
                $0.output += " in "
                $0.write(body, within: .open)
            }
        case .call(let callee, let arguments):
            write(callee, within: .postfix)
            writeList("(", arguments, ")")
        case .index(let base, let index):
            write(base, within: .postfix)
            writeList("[", [CallArgument(value: index)], "]")
        case .field(let base, let name, _):
            write(base, within: .postfix)
            output += ".\(name)"
        case .repeated(let rule, _, let least, let most):
            output += least == most ? "\(rule){\(least)}" : "\(rule){\(least)..\(most)}"
        case .block(let statements): output += isExplicit ? Statement.explicitText(statements) : statements.isEmpty ? "{ }" : "{ ... }"
        }
    }

    private mutating func writeUnary(_ sign: UnaryOperator, _ operand: Expression, within outer: Precedence) {
        switch sign {
        case .not:
            bracketed(isExplicit || outer > .not) {
                $0.output += "not "
                $0.write(operand, within: .not)
            }
        case .negate:
            bracketed(isExplicit || outer > .unary) {
                $0.output += "-"
                // `-1` is a literal, `-(1)` the operator before one.
                if operand.isLiteral {
                    $0.bracketed(true) { $0.write(operand, within: .open) }
                } else {
                    $0.write(operand, within: .power)
                }
            }
        }
    }

    private mutating func writeBinary(_ sign: BinaryOperator, _ left: Expression, _ right: Expression, within outer: Precedence) {
        let own = sign.precedence
        bracketed(isExplicit || outer > own) {
            switch own {
            case .power:
                $0.write(left, within: .postfix)
                $0.output += "^"
                // `2^-x` needs no brackets.
                $0.write(right, within: right.isNegated ? .unary : .power)
            case .comparison:
                $0.write(left, within: .range)
                $0.output += " \(sign.rawValue) "
                $0.write(right, within: .range)
            default:
                $0.write(left, within: own)
                $0.output += " \(sign.rawValue) "
                $0.write(right, within: own.next)
            }
        }
    }

    private mutating func writeList(_ open: String, _ arguments: [CallArgument], _ close: String) {
        output += open
        for (position, argument) in arguments.enumerated() {
            if position > 0 { output += ", " }
            if let label = argument.label { output += "\(label): " }
            write(argument.value, within: .open)
        }
        output += close
    }

    private mutating func bracketed(_ wanted: Bool, _ body: (inout ExpressionPrinter) -> Void) {
        if wanted { output += "(" }
        body(&self)
        if wanted { output += ")" }
    }
}
