import CKernels
import Foundation
import NaslExpr
import NaslRandom
import NaslSpace
import NaslTensor

/// Random expressions of 15 nodes over two inputs and constants. They stand in a file that the driver made, in prefix notation, so that all
/// peers evaluate the same ones.
enum Expressions {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        [
            "expressions_20_built": { try measurement(points: 20, count: 1000, building: true) },
            "expressions_20": { try measurement(points: 20, count: 1000) },
            "expressions_1000": { try measurement(points: 1000, count: 1000) },
            "expressions_1000000": { try measurement(points: 1_000_000, count: 20) },
        ]
    }

    private static let parameters: [Symbol] = ["x0", "x1"]

    /// Seconds for all expressions; with `building` from the choices that a controller has made in a space.
    private static func measurement(points: Int, count: Int, building: Bool = false) throws -> NaslBenchmarks.Measurement {
        let file = ProcessInfo.processInfo.environment["NASL_EXPRESSIONS"] ?? ""
        let terms = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8).split(separator: "\n").prefix(count).map { line in
            var tokens = line.split(separator: " ")[...]
            return FunctionTerm(parameters: parameters, body: parsed(&tokens))
        }
        var stream = RandomStream(seed: 1, "points")
        let inputs = (0..<2).map { _ in (0..<points).map { _ in Float(stream.uniform() * 2 - 1) } }
        guard let kernels = nasl_float_kernels_named(nil) else { return { .nan } }
        let evaluator = Evaluator(inputs, count: points, kernels: kernels)
        // So that nothing is left out as unused.
        var sum: Float = 0
        if building {
            let derivations = try derivations(of: terms)
            return {
                NaslBenchmarks.seconds {
                    // In place: a copy of a derivation counts references.
                    derivations.withUnsafeBufferPointer { derivations in
                        for index in derivations.indices {
                            if let program = derivations[index].program { _ = evaluator.withOutput(of: program, parameters) { sum += $0[0] } }
                        }
                    }
                }
            }
        }
        let programs = try terms.map { try Program($0) }
        return {
            NaslBenchmarks.seconds {
                for program in programs { evaluator.withFirstOutput(of: program) { sum += $0[0] } }
            }
        }
    }

    /// The choices of each term in a space of all such terms.
    private static func derivations(of terms: [FunctionTerm]) throws -> [Derivation] {
        let numbers = Set(terms.flatMap { $0.body.nodes.filter { $0.kind == .number }.map(\.value) }).sorted()
        let e = Expr.hole("E")
        let heads: [Primitive] = [.sin, .cos, .exp, .log, .tanh, .sigmoid, .add, .sub, .mul, .div, .max]
        let space = try Space(Spaces.grammar(
            [("E", parameters.map(Expr.variable) + numbers.map(Expr.number) + heads.map { .apply($0, Array(repeating: e, count: $0.arity)) })],
            [.size(1...15)], parameters: parameters))
        return try terms.map { term in
            guard let choices = space.derive(term) else { throw NaslBenchmarks.Unknown(name: term.text) }
            return try space.follow(choices)
        }
    }

    private static func parsed(_ tokens: inout ArraySlice<Substring>) -> Expr {
        let token = tokens.removeFirst()
        if token == "x0" || token == "x1" { return .variable(Symbol(String(token))) }
        if let number = Double(token) { return .number(number) }
        guard let row = Primitive.table.first(where: { $0.name == token }) else { return .number(.nan) }
        return .apply(row.primitive, (0..<row.arity).map { _ in parsed(&tokens) })
    }
}
