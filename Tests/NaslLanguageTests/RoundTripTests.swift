import NaslExpr
import NaslLanguage
import NaslRandom
import Testing

/// What is printed reads back to the same tree.
struct RoundTripTests {
    @Test func randomExpressions() {
        for number in 0..<4_000 {
            var maker = ExpressionMaker(stream: RandomStream(seed: 7, "round trip", .number(number)))
            let expression = maker.expression(depth: 1 + number % 5)
            let text = "(\(expression.text))"
            #expect(explicit(text) == expression.explicitText, "\(text)")
        }
    }

    /// Without needless brackets: printing what was read from a printed text changes nothing.
    @Test func printingIsStable() {
        for number in 0..<1_000 {
            var maker = ExpressionMaker(stream: RandomStream(seed: 8, "round trip", .number(number)))
            let text = "[\(maker.expression(depth: 4).text)]"
            guard case .expression(let read)? = Reading(text).program.first?.kind else {
                Issue.record("\(text) does not read")
                continue
            }
            #expect(read.text == text)
        }
    }

    @Test(arguments: [
        ("((1+2)*x)", "(1 + 2) * x"), ("1+(2*x)", "1 + 2 * x"), ("a-(b-c)", "a - (b - c)"), ("(-x)^2", "(-x)^2"), ("-(x^2)", "-x^2"), ("2^(-x)", "2^-x"),
        ("(x -> x)(1)", "(x -> x)(1)"), ("f >> (x -> x)", "f >> (x -> x)"), ("not (a == b)", "not a == b"), ("(not a) == b", "(not a) == b"),
        ("(1..4).len", "(1..4).len"), ("max(E,E)", "max(E, E)"), ("f( a :1 )", "f(a: 1)"), ("x->(x>>f)", "x -> x >> f"), ("-(1)", "-(1)"), ("(-1)^2", "(-1)^2"),
        ("[let x = (1 in y) in x]", "[let x = (1 in y) in x]"), ("36e5ms", "1h"), (#""a\"b\u{7}""#, #""a\"b\u{7}""#),
    ])
    func shortestForm(source: String, text: String) {
        guard case .expression(let expression)? = Reading(source).program.first?.kind else {
            Issue.record("\(source) does not read")
            return
        }
        #expect(expression.text == text)
        #expect(explicit(text) == expression.explicitText)
    }

    /// Terms print as source of this language too.
    @Test func termsReadBack() {
        let x = Expr.variable("x")
        func neg(_ a: Expr) -> Expr { .apply(.neg, a) }
        let terms: [(Expr, String)] = [
            (.apply(.max, x, .apply(.tanh, x)), "max(x, tanh(x))"), (neg(.apply(.mul, x, x)), "(-(x * x))"), (neg(neg(x)), "(-(-x))"),
            (neg(1), "(-(1))"), (.number(-1), "-1"), (.apply(.pow, .number(-1), 2), "((-1)^2)"), (neg(.apply(.pow, x, 2)), "(-(x^2))"),
            (.apply(.pow, x, neg(x)), "(x^(-x))"), (.apply(.pow, neg(x), x), "((-x)^x)"), (.apply(.pow, x, .number(-0.5)), "(x^-0.5)"),
            (.apply(.sub, x, .apply(.sub, x, 1)), "(x - (x - 1))"), (.apply(.mul, .apply(.add, x, 1), 2), "((x + 1) * 2)"),
            (.apply(.mul, .apply(.less, x, 1), 2), "((x < 1) * 2)"),
            (.lambda(["a", "b"], .apply(.div, .variable("a"), .variable("b"))), "((a, b) -> (a / b))"),
            (.record([.labelled("h", x), .labelled("c", .list([x, 1e-8]))]), "(h: x, c: [x, 1e-8])"),
            (.compose(.call(.variable("dense"), [64]), .variable("relu")), "(dense(64) >> relu)"),
            (.index(.field(x, "train"), 0), "x.train[0]"), (.text("a\"b\n"), #""a\"b\n""#), (.parameter(0.5), "param(0.5)"),
            (.binding("e", .apply(.add, x, 1), in: .apply(.mul, .variable("e"), .variable("e"))), "(let e = (x + 1) in (e * e))"),
            (.binding("e", .binding("d", x, in: .variable("d")), in: .variable("e")), "(let e = (let d = x in d) in e)"),
        ]
        for (term, tree) in terms { #expect(explicit("(\(term.text))") == tree, "\(term.text)") }
    }
}

/// Draws expressions of every kind.
private struct ExpressionMaker {
    var stream: RandomStream

    mutating func expression(depth: Int) -> Expression {
        guard depth > 0 else { return make(leaf()) }
        switch stream.below(13) {
        case 0, 1, 2:
            let sign = BinaryOperator.allCases[stream.below(BinaryOperator.allCases.count)]
            return make(.binary(sign, .none, expression(depth: depth - 1), expression(depth: depth - 1)))
        case 3: return make(.unary(.negate, expression(depth: depth - 1)))
        case 4: return make(.unary(.not, expression(depth: depth - 1)))
        case 5: return make(.range(lower: expression(depth: depth - 1), upper: expression(depth: depth - 1), step: stream.below(2) == 0 ? nil : expression(depth: depth - 1)))
        case 6:
            let parameters = ["a", "b", "c"].prefix(stream.below(4)).map { Parameter(name: $0, nameRange: .none) }
            return make(.lambda(parameters, body: expression(depth: depth - 1)))
        case 7: return make(.conditional(condition: expression(depth: depth - 1), then: expression(depth: depth - 1), otherwise: expression(depth: depth - 1)))
        case 8: return make(.letIn(name: "e", nameRange: .none, value: expression(depth: depth - 1), body: expression(depth: depth - 1)))
        case 9: return make(.call(expression(depth: depth - 1), arguments(labelled: false, depth: depth - 1)))
        case 10: return make(.index(expression(depth: depth - 1), expression(depth: depth - 1)))
        case 11: return make(.field(expression(depth: depth - 1), name: "y", nameRange: .none))
        default:
            if stream.below(2) == 0 { return make(.list((0..<stream.below(4)).map { _ in expression(depth: depth - 1) })) }
            return make(.record(arguments(labelled: true, depth: depth - 1)))
        }
    }

    private mutating func arguments(labelled: Bool, depth: Int) -> [CallArgument] {
        (0..<(1 + stream.below(2))).map { position in
            CallArgument(label: labelled || stream.below(3) == 0 ? ["in", "lr"][position] : nil, value: expression(depth: depth))
        }
    }

    private mutating func leaf() -> Expression.Kind {
        switch stream.below(9) {
        case 0: .number(Double(stream.below(10)))
        case 1: .number(-Double(1 + stream.below(10)))
        case 2: .number((stream.uniform() - 0.5) * 1e-7)
        case 3: .duration(seconds: [20, 300, 7200, 0.1, -3][stream.below(5)])
        case 4: .text(["", "a b", "\"\\\n\t", "日本"][stream.below(4)])
        case 5: .bool(stream.below(2) == 0)
        case 6: .none
        case 7: .repeated(rule: "Leaf", nameRange: .none, least: 2, most: 2 + stream.below(2))
        default: .name(["x", "y", "by", "limit", "E"][stream.below(5)])
        }
    }

    private func make(_ kind: Expression.Kind) -> Expression { Expression(kind, .none) }
}
