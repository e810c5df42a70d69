import CKernels
import Foundation
import NaslExpr
import NaslRandom
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

    /// Seconds for all expressions.
    private static func measurement(points: Int, count: Int, building: Bool = false) throws -> NaslBenchmarks.Measurement {
        let file = ProcessInfo.processInfo.environment["NASL_EXPRESSIONS"] ?? ""
        let terms = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8).split(separator: "\n").prefix(count).map { line in
            var tokens = line.split(separator: " ")[...]
            return FunctionTerm(parameters: ["x0", "x1"], body: parsed(&tokens))
        }
        var stream = RandomStream(seed: 1, "points")
        let inputs = (0..<2).map { _ in (0..<points).map { _ in Float(stream.uniform() * 2 - 1) } }
        guard let kernels = nasl_float_kernels_named(nil) else { return { .nan } }
        func program(_ term: FunctionTerm) throws -> Program {
            var graph = Graph(inputs: 2)
            let result = try graph.insert(term.body, ["x0": graph.input(0), "x1": graph.input(1)])
            return Program(graph, outputs: [result])
        }
        let programs = try terms.map(program)
        let evaluator = Evaluator(inputs, count: points, kernels: kernels)
        // So that nothing is left out as unused.
        var sum: Float = 0
        return {
            try NaslBenchmarks.seconds {
                for number in terms.indices {
                    let program = building ? try program(terms[number]) : programs[number]
                    evaluator.withFirstOutput(of: program) { sum += $0[0] }
                }
            }
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
