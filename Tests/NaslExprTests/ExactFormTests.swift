import Foundation
import NaslExpr
import NaslRandom
import Testing

/// Functions that are the same once they are multiplied out.
@Suite struct ExactFormTests {
    private let x = Expr.variable("x"), y = Expr.variable("y")

    private func equality(_ a: Expr, _ b: Expr) -> FunctionTerm.Equality {
        FunctionTerm(parameters: ["x", "y"], body: a).equality(with: FunctionTerm(parameters: ["x", "y"], body: b), under: LawTable())
    }

    private func n(_ value: Double) -> Expr { .number(value) }

    @Test func equalOnes() {
        let sum = Expr.apply(.add, x, n(1)), poly = Expr.apply(.add, .apply(.add, .apply(.square, x), .apply(.mul, n(2), x)), n(1))
        #expect(equality(.apply(.square, sum), poly) == .equal)
        #expect(equality(.apply(.mul, sum, sum), poly) == .equal)
        // x^3 + x^2 + x as x * (x + x / (1 / (1 + x))) ... and as a quotient.
        let cubic = Expr.apply(.add, .apply(.add, .apply(.cube, x), .apply(.square, x)), x)
        #expect(equality(cubic, .apply(.mul, x, .apply(.add, n(1), .apply(.mul, x, sum)))) == .equal)
        #expect(equality(cubic, .apply(.div, .apply(.sub, .apply(.square, .apply(.square, x)), x), .apply(.div, .apply(.sub, x, n(1)), n(1)))) == .equal)
        // sin(-(x + 1)^2) = -sin(x^2 + 2 x + 1), cos is even.
        #expect(equality(.apply(.sin, .apply(.neg, .apply(.square, sum))), .apply(.neg, .apply(.sin, poly))) == .equal)
        #expect(equality(.apply(.cos, .apply(.sub, x, y)), .apply(.cos, .apply(.sub, y, x))) == .equal)
        // log(x + 1) + log(x^2 + 1) = log(x^3 + x^2 + x + 1).
        let logs = Expr.apply(.add, .apply(.log, sum), .apply(.log, .apply(.add, .apply(.square, x), n(1))))
        #expect(equality(logs, .apply(.log, .apply(.add, cubic, n(1)))) == .equal)
        // exp and log: x^y, sqrt(x) = exp(log(x) / 2), exp(x + y) = exp(x) exp(y), exp(log(x + 1)) = x + 1.
        #expect(equality(.apply(.pow, x, y), .apply(.exp, .apply(.mul, y, .apply(.log, x)))) == .equal)
        #expect(equality(.apply(.sqrt, x), .apply(.exp, .apply(.div, .apply(.log, x), n(2)))) == .equal)
        #expect(equality(.apply(.sqrt, x), .apply(.exp, .apply(.mul, n(0.5), .apply(.log, x)))) == .equal)
        #expect(equality(.apply(.exp, .apply(.add, x, y)), .apply(.mul, .apply(.exp, x), .apply(.exp, y))) == .equal)
        #expect(equality(.apply(.exp, .apply(.log, sum)), sum) == .equal)
        #expect(equality(.apply(.exp, .apply(.mul, n(3), x)), .apply(.cube, .apply(.exp, x))) == .equal)
        #expect(equality(.apply(.mul, n(0.1), .apply(.add, x, x)), .apply(.div, x, n(5))) == .equal)
    }

    @Test func otherOnes() {
        func isEqual(_ a: Expr, _ b: Expr) -> Bool { equality(a, b) == .equal }
        #expect(!isEqual(.apply(.square, .apply(.add, x, n(1))), .apply(.add, .apply(.square, x), n(1))))
        #expect(!isEqual(.apply(.sin, x), .apply(.sin, .apply(.neg, x))))
        #expect(!isEqual(.apply(.log, .apply(.add, x, n(1))), .apply(.log, .apply(.add, x, n(2)))))
        #expect(!isEqual(.apply(.div, x, .apply(.sub, x, x)), x))
        #expect(!isEqual(.apply(.exp, .apply(.div, x, n(2))), .apply(.exp, x)))
        // Numbers that overflow what is exact say nothing.
        let large = Expr.apply(.cube, .apply(.cube, .apply(.cube, .apply(.mul, n(999_999_999), .apply(.add, x, n(1))))))
        #expect(!isEqual(large, .apply(.add, large, n(1))))
    }

    /// What is found equal has equal values: random terms against themselves multiplied out in other ways, and against one another.
    @Test func equalMeansEqualValues() throws {
        var stream = RandomStream(seed: 11, "terms")
        func term(_ depth: Int) -> Expr {
            let leaf = [x, y, n(1), n(2), n(0.5)][stream.below(5)]
            if depth == 0 || stream.below(6) == 0 { return leaf }
            switch stream.below(9) {
            case 0: return .apply(.add, term(depth - 1), term(depth - 1))
            case 1: return .apply(.sub, term(depth - 1), term(depth - 1))
            case 2, 3: return .apply(.mul, term(depth - 1), term(depth - 1))
            case 4: return .apply(.div, term(depth - 1), term(depth - 1))
            case 5: return .apply(.square, term(depth - 1))
            case 6: return .apply([.sin, .cos, .tanh, .abs][stream.below(4)], term(depth - 1))
            case 7: return .apply([.exp, .log, .sqrt][stream.below(3)], term(depth - 1))
            default: return .apply(.neg, term(depth - 1))
            }
        }
        let points = (0..<12).map { _ in (0.1 + 1.7 * stream.uniform(), 0.1 + 1.7 * stream.uniform()) }
        func value(_ term: Expr, _ point: (Double, Double)) -> Double {
            var stack: [Double] = []
            for node in term.nodes {
                switch node.kind {
                case .number: stack.append(node.value)
                case .variable: stack.append(node.symbol == "x" ? point.0 : point.1)
                default:
                    let b = node.arity > 1 ? stack.removeLast() : 0, a = stack.removeLast()
                    stack.append(node.primitive.row.evaluate(a, b, 0))
                }
            }
            return stack[0]
        }
        var equal = 0, terms: [Expr] = []
        for _ in 0..<400 { terms.append(term(3)) }
        for first in terms.indices {
            let a = terms[first]
            // (a + y)^2 - y (2 a + y) = a^2, in whatever way a is written.
            let other = Expr.apply(.sub, .apply(.square, .apply(.add, a, y)), .apply(.mul, y, .apply(.add, .apply(.mul, n(2), a), y)))
            for (left, right) in [(other, Expr.apply(.square, a))] + terms[..<min(first, 60)].map({ (a, $0) }) where equality(left, right) == .equal {
                equal += 1
                for point in points {
                    let (u, v) = (value(left, point), value(right, point))
                    guard u.isFinite, v.isFinite, abs(u) < 1e6 else { continue }
                    #expect(abs(u - v) <= 1e-6 * max(1, abs(u), abs(value(a, point)) * abs(value(a, point))), "\(left.text) and \(right.text)")
                }
            }
        }
        #expect(equal > 250)
    }
}
