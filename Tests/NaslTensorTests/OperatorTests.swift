import Foundation
import NaslExpr
import NaslTensor
import Testing

/// Every operator's values and gradients against PyTorch, in double precision and on each instruction set. `make test` holds the recorded cases,
/// `make test-long` many new ones (`Tests/reference/operators.py`).
@Suite struct OperatorTests {
    struct Case: Decodable, Sendable {
        struct Input: Decodable, Sendable {
            let shape: [Int]
            let values: [Double]
        }

        let op: String, name: String
        let settings: [String: [Int]]
        let tokens: [Int32]
        let weights: [Double]
        let inputs: [Input]
        let gradients: [[Double]], results: [[Double]]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reference")
    /// Lines of cases: the recorded ones, and those of the file that the environment names.
    static let cases: [Case] = {
        let fresh = ProcessInfo.processInfo.environment["NASL_OPERATOR_CASES"].map { URL(fileURLWithPath: $0) }
        return ([folder.appendingPathComponent("operators.jsonl")] + (fresh.map { [$0] } ?? [])).flatMap { file in
            let lines = (try? String(contentsOf: file, encoding: .utf8).split(separator: "\n")) ?? []
            return lines.compactMap { try? JSONDecoder().decode(Case.self, from: Data($0.utf8)) }
        }
    }()

    @Test func allCasesAreRead() {
        #expect(Self.cases.count >= 59)
        // Every elementwise primitive of one or two arguments that has a slope is among them.
        let named = Set(Self.cases.map(\.name))
        for row in Primitive.table where row.arity < 3 && row.derivative.contains(where: { $0 != nil }) { #expect(named.contains(row.name), "\(row.name)") }
    }

    @Test(arguments: ValueTests.sets)
    func operatorsAgreeWithPyTorch(_ set: String) throws {
        let tolerance = set == "double" ? 1e-10 : 1e-5
        for (number, one) in Self.cases.enumerated() {
            let (results, gradients) = try Self.run(one, set)
            let label: Comment = "case \(number): \(one.op) \(one.name) \(one.settings) \(one.inputs.map(\.shape))"
            for (found, expected) in zip(results, one.results) { #expect(Self.error(found, expected) < tolerance, label) }
            #expect(results.count == one.results.count && gradients.count == one.gradients.count, label)
            for (found, expected) in zip(gradients, one.gradients) { #expect(Self.error(found, expected) < tolerance, label) }
        }
    }

    /// The largest difference, relative to the largest value or 1.
    private static func error(_ found: [Double], _ expected: [Double]) -> Double {
        guard found.count == expected.count else { return .infinity }
        let scale = expected.reduce(1) { max($0, abs($1)) }
        return zip(found, expected).reduce(0) { worst, pair in
            let error = abs(pair.0 - pair.1) / scale
            return error.isNaN ? .infinity : max(worst, error)
        }
    }

    private static func run(_ one: Case, _ set: String) throws -> (results: [[Double]], gradients: [[Double]]) {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let inputs = one.inputs.map { tracer.input($0.shape) }
        let tokens = tracer.tokens(one.settings["tokens"] ?? [max(one.tokens.count, 1)])
        var buffers: [Tracer.Variable] = []
        let results = try record(one, tracer, inputs, tokens, &buffers)
        let weights = tracer.input(results[0].shape)
        let slopes = tracer.gradient(of: tracer.sum(tracer.multiply(results[0], weights)), by: Array(inputs.prefix(one.gradients.count)))
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        for (variable, input) in zip(inputs, one.inputs) { plan.write(input.values, to: variable) }
        if !one.tokens.isEmpty { plan.write(one.tokens, to: tokens) }
        plan.write(one.weights, to: weights)
        plan.run()
        return ((results + buffers).map { plan.values(of: $0) }, slopes.map { plan.values(of: $0) })
    }

    /// - Parameter buffers: gets what the operator leaves behind besides its results.
    private static func record(
        _ one: Case, _ tracer: Tracer, _ x: [Tracer.Variable], _ tokens: Tracer.Tokens, _ buffers: inout [Tracer.Variable]
    ) throws -> [Tracer.Variable] {
        func window() throws -> ConvolutionWindow {
            let s = one.settings
            return try #require(ConvolutionWindow(image: s["image"] ?? [], size: s["size"] ?? [], stride: s["stride"]?[0] ?? 1, padding: s["same"] == [1] ? .same : .valid))
        }
        func range() throws -> Range<Int> {
            let ends = try #require(one.settings["range"])
            return ends[0]..<ends[1]
        }
        switch one.op {
        case "matmul": return [tracer.matmul(x[0], x[1])]
        case "matmul_transposed": return [tracer.matmul(x[0], x[1], transposeB: true)]
        case "dense": return [tracer.dense(x[0], weight: x[1], bias: x[2])]
        case "convolution": return [tracer.convolution(x[0], filters: x[1], bias: x[2], window: try window())]
        case "max_pool": return [tracer.pool(x[0], .max, window: try window())]
        case "average_pool": return [tracer.pool(x[0], .average, window: try window())]
        case "batch_norm":
            buffers.append(tracer.buffer([2, x[0].columns]))
            return [tracer.batchNorm(x[0], scale: x[1], shift: x[2], running: buffers[0])]
        case "batch_norm_evaluated": return [try tracer.batchNormEvaluated(x[0], scale: x[1], shift: x[2], running: x[3])]
        case "layer_norm": return [tracer.layerNorm(x[0], scale: x[1], shift: x[2])]
        case "embedding": return [tracer.embedding(tokens, table: x[0])]
        case "concatenate": return [tracer.concatenate(x)]
        case "concatenate_images": return [tracer.concatenateImages(x)]
        case "subsample": return [tracer.subsample(x[0], stride: one.settings["stride"]?[0] ?? 1, channels: one.settings["channels"]?[0] ?? 1)]
        case "columns": return [tracer.columns(x[0], try range())]
        case "rows": return [tracer.rows(x[0], try range())]
        case "reshape": return [tracer.reshape(x[0], one.settings["shape"] ?? [])]
        case "transpose": return [tracer.transpose(x[0])]
        case "gather": return [tracer.gather(x[0], tokens)]
        case "stack": return [tracer.stack(x)]
        case "total": return [tracer.sum(x[0])]
        case "mean": return [tracer.mean(x[0])]
        case "log_softmax": return [tracer.logSoftmax(x[0])]
        case "cross_entropy": return [tracer.softmaxCrossEntropy(x[0], labels: tokens)]
        case "lstm":
            let steps = one.settings["steps"]?[0] ?? 1, batch = x[1].rows
            var (h, c) = (x[1], x[2])
            var outputs: [Tracer.Variable] = []
            for step in 0..<steps {
                (h, c) = tracer.lstmCell(x: tracer.matmul(h, x[3], plus: tracer.rows(x[0], step * batch..<(step + 1) * batch)), c: c)
                outputs.append(h)
            }
            return [tracer.stack(outputs), c]
        default:
            let primitive = try #require(Primitive.table.first { $0.name == one.name }?.primitive)
            let names: [Symbol] = ["a", "b"]
            let parameters = Array(names.prefix(x.count))
            return [try tracer.elementwise(FunctionTerm(parameters: parameters, body: .apply(primitive, parameters.map { .variable($0) })), x)]
        }
    }
}
