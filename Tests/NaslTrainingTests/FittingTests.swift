import Foundation
import NaslExpr
import NaslRandom
import NaslTraining
import Testing

/// Constants of formulas, fitted to rewards.
@Suite struct FittingTests {
    private static let a = Expr.variable("a"), b = Expr.variable("b"), x = Expr.variable("x")

    private static func function(_ names: [Symbol], _ body: Expr) -> FunctionTerm { FunctionTerm(parameters: names, body: body) }

    /// `f(x, c...)` on points, beside `target`.
    private static func error(_ body: Expr, _ constants: [Symbol], _ points: [Double], _ target: (Double) -> Double) throws -> Quantity {
        let x = Quantity(points, shape: [points.count])
        let f = try Quantity(function(["x"] + constants, body), [x] + constants.indices.map { Quantity(constant: $0) })
        return try Quantity(function(["a", "b"], a - b), [f, Quantity(points.map(target), shape: [points.count])])
    }

    private static let points = (0..<20).map { -1 + Double($0) / 10 }

    /// Value and gradient against the table's own functions and central differences; sums of sums, several lengths, sums read by arrays.
    @Test func gradients() throws {
        let body = Expr.apply(.exp, Self.x * Expr.variable("p")) * Expr.variable("q") + Expr.apply(.sin, Expr.variable("p") * Self.x)
        let error = try Self.error(body, ["p", "q"], Self.points, { $0 * $0 })
        let mean = error.total(isMean: true)
        let centred = try Quantity(Self.function(["a", "b"], .apply(.square, Self.a - Self.b)), [error, mean])
        let one = try Quantity(Self.function(["a"], .apply(.tanh, Self.a)), [Quantity(constant: 1)])
        let reward = try Quantity(
            Self.function(["a", "b", "c"], -.apply(.sqrt, Self.a) + Self.b * Expr.variable("c")),
            [centred.total(isMean: true), try Self.error(Self.x * Expr.variable("p"), ["p"], [1, 2, 3], { _ in 1 }).total(isMean: false), one])
        let objective = try Objective(reward, constants: 2)
        func reference(_ p: Double, _ q: Double) -> Double {
            let errors = Self.points.map { exp($0 * p) * q + sin(p * $0) - $0 * $0 }
            let mean = errors.reduce(0, +) / 20
            let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20
            return -variance.squareRoot() + (6 * p - 3) * tanh(q)
        }
        for (p, q) in [(1.0, 1.0), (0.3, -2.0), (-0.7, 0.4)] {
            let (value, gradient) = objective.value(at: [p, q])
            #expect(abs(value - reference(p, q)) < 1e-12 * max(1, abs(value)))
            let h = 1e-5
            #expect(abs(gradient[0] - (reference(p + h, q) - reference(p - h, q)) / (2 * h)) < 1e-7)
            #expect(abs(gradient[1] - (reference(p, q + h) - reference(p, q - h)) / (2 * h)) < 1e-7)
        }
        #expect(objective.evaluations == 3 * 4)
        #expect(objective.leastSquares(from: [1, 1]) == nil)
    }

    /// 1 / (1 + root of the mean square): least squares, whose constants are known.
    @Test func leastSquares() throws {
        let body = Expr.variable("p") * .apply(.sin, Expr.variable("q") * Self.x) + Expr.variable("r")
        let error = try Self.error(body, ["p", "q", "r"], Self.points, { 2.5 * sin(1.5 * $0) - 0.75 })
        for square in [Expr.apply(.square, Self.a), Self.a * Self.a, .apply(.pow, Self.a, .number(2))] {
            let loss = try Quantity(Self.function(["a"], square), [error]).total(isMean: true)
            let reward = try Quantity(Self.function(["a"], 1 / (1 + .apply(.sqrt, Self.a))), [loss])
            let objective = try Objective(reward, constants: 3)
            #expect(objective.leastSquares(from: [1, 1, 1]) != nil)
            let fit = ConstantFit().fit(objective, seed: 1, address: ["constants"])
            #expect(zip(fit.constants, [2.5, 1.5, -0.75]).allSatisfy { abs($0 - $1) < 1e-9 } || zip(fit.constants, [-2.5, -1.5, -0.75]).allSatisfy { abs($0 - $1) < 1e-9 })
            #expect(fit.evaluations == objective.evaluations && fit.evaluations > 5)
        }
        // A reward that grows with the squares is none to be fitted by least squares.
        let loss = try Quantity(Self.function(["a"], .apply(.square, Self.a)), [error]).total(isMean: true)
        #expect(try Objective(loss, constants: 3).leastSquares(from: [1, 1, 1]) == nil)
    }

    /// The normal equations against the derivatives of the sum of squares.
    @Test func normalEquations() throws {
        let error = try Self.error(.apply(.exp, Self.x * Expr.variable("p")) + Expr.variable("q"), ["p", "q"], Self.points, { $0 })
        let loss = try Quantity(Self.function(["a"], .apply(.square, Self.a)), [error]).total(isMean: false)
        let objective = try Objective(try Quantity(Self.function(["a"], -Self.a), [loss]), constants: 2)
        let stage = try #require(objective.leastSquares(from: [1, 1]))
        let point = stage.normalEquations(at: [0.4, -0.2])
        let slopes = Self.points.map { ($0 * exp(0.4 * $0), 1.0) }
        let errors = Self.points.map { exp(0.4 * $0) - 0.2 - $0 }
        #expect(abs(point.sum - errors.reduce(0) { $0 + $1 * $1 }) < 1e-12)
        #expect(abs(point.gradient[0] - zip(slopes, errors).reduce(0) { $0 + $1.0.0 * $1.1 }) < 1e-12)
        #expect(abs(point.gradient[1] - errors.reduce(0, +)) < 1e-12)
        #expect(abs(point.normal[1] - slopes.reduce(0) { $0 + $1.0 }) < 1e-12 && point.normal[1] == point.normal[2] && abs(point.normal[3] - 20) < 1e-12)
    }

    /// Rosenbrock's valley, and a function with a kink.
    @Test func quasiNewton() throws {
        let valley = QuasiNewton().minimum(from: [-1.2, 1]) { point in
            let (x, y) = (point[0], point[1])
            return ((1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x), [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        }
        #expect(try #require(valley).point.allSatisfy { abs($0 - 1) < 1e-5 })
        let kink = QuasiNewton().minimum(from: [3]) { (abs($0[0] - 0.5), [$0[0] > 0.5 ? 1 : -1]) }
        #expect(try #require(kink).value < 1e-6)
        #expect(QuasiNewton().minimum(from: [1]) { _ in (.nan, [0]) } == nil)
    }

    @Test func positiveDefiniteSystems() throws {
        var stream = RandomStream(seed: 5, "systems")
        for size in 1...6 {
            let root = (0..<size * size).map { _ in stream.normal() }
            let known = (0..<size).map { _ in stream.normal() }
            let matrix = (0..<size * size).map { place in (0..<size).reduce(place / size == place % size ? 0.1 : 0) { $0 + root[place / size * size + $1] * root[place % size * size + $1] } }
            let right = (0..<size).map { row in (0..<size).reduce(0) { $0 + matrix[row * size + $1] * known[$1] } }
            #expect(zip(try #require(solvePositiveDefinite(matrix, right)), known).allSatisfy { abs($0 - $1) < 1e-8 })
        }
        #expect(solvePositiveDefinite([1, 2, 2, 1], [1, 1]) == nil)
    }

    /// The same seed and address give the same constants. p^2 = 4 and 0.3 * (p + 2) = 0: from 1 one goes down to the valley near 2, whose floor is higher
    /// than that at -2.
    @Test func restarts() throws {
        let p = Expr.variable("p")
        let body = (1 - Self.x) * (p * p - 4) + Self.x * (0.3 * (p + 2))
        func fit(starts: Int, seed: Int) throws -> Double {
            let error = try Self.error(body, ["p"], [0, 1], { _ in 0 })
            let loss = try Quantity(Self.function(["a"], .apply(.square, Self.a)), [error]).total(isMean: true)
            var settings = ConstantFit()
            settings.starts = starts
            return settings.fit(try Objective(try Quantity(Self.function(["a"], -Self.a), [loss]), constants: 1), seed: seed, address: ["constants"]).constants[0]
        }
        #expect(try fit(starts: 3, seed: 2) == fit(starts: 3, seed: 2))
        #expect(try abs(fit(starts: 1, seed: 1) - 1.97) < 0.05)
        #expect(try abs(fit(starts: 30, seed: 1) + 2) < 1e-6)
    }

    /// Where nothing is defined the constants stay at 1.
    @Test func undefinedRewards() throws {
        let error = try Self.error(.apply(.log, -.apply(.square, Expr.variable("p") * Self.x) - .number(1)), ["p"], Self.points, { $0 })
        let reward = try Quantity(Self.function(["a"], -Self.a), [try Quantity(Self.function(["a"], .apply(.square, Self.a)), [error]).total(isMean: true)])
        #expect(ConstantFit().fit(try Objective(reward, constants: 1), seed: 1, address: []).constants == [1])
        #expect(throws: NotElementwise.self) { try Quantity(Self.function(["a", "b"], Self.a + Self.b), [Quantity([1, 2], shape: [2]), Quantity([1, 2, 3], shape: [3])]) }
        #expect(throws: NotElementwise.self) { try Quantity(Self.function(["a"], .apply(.noise, Self.a)), [Quantity(constant: 0)]) }
    }
}

private func + (a: Expr, b: Expr) -> Expr { .apply(.add, a, b) }
private func - (a: Expr, b: Expr) -> Expr { .apply(.sub, a, b) }
private func * (a: Expr, b: Expr) -> Expr { .apply(.mul, a, b) }
private func / (a: Expr, b: Expr) -> Expr { .apply(.div, a, b) }
private prefix func - (a: Expr) -> Expr { .apply(.neg, a) }
