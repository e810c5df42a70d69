import Foundation
import NaslRandom
import NaslTensor
import Testing

/// Every operation's values against plain loops, in both precisions and on every instruction set.
@Suite struct ValueTests {
    static let sets = Engine.instructionSets + ["double"]

    /// Runs what `body` records on the values of `inputs` and gives the values of its results.
    static func run(
        _ set: String, _ inputs: [(shape: [Int], values: [Double])], tokens: [Int32] = [0],
        _ body: (Tracer, [Tracer.Variable], Tracer.Tokens) throws -> [Tracer.Variable]
    ) rethrows -> [[Double]] {
        let tracer = Tracer(precision: set == "double" ? .double : .float)
        let variables = inputs.map { tracer.input($0.shape) }, indices = tracer.tokens([tokens.count])
        let results = try body(tracer, variables, indices)
        var plan = set == "double" ? tracer.finish() : tracer.finish(instructionSet: set)
        for (variable, input) in zip(variables, inputs) { plan.write(input.values, to: variable) }
        plan.write(tokens, to: indices)
        plan.run()
        return results.map { plan.values(of: $0) }
    }

    static func close(_ found: [Double], _ expected: [Double], _ set: String, scale: Double = 1) -> Bool {
        let tolerance = (set == "double" ? 1e-12 : 2e-5) * scale
        return found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance || $0.isNaN && $1.isNaN }
    }

    /// Products around every tile, panel and vector, plain and transposed, with a bias and added to what is there.
    @Test(arguments: sets)
    func matrixProducts(_ set: String) {
        var stream = RandomStream(seed: 1, "shapes")
        let special = [(1, 1, 1), (64, 64, 64), (64, 75, 64), (64, 10, 64), (64, 96, 75), (13, 130, 17), (3, 200, 400), (7, 33, 1100), (5, 17, 0)]
        for (m, n, k) in special + (0..<40).map({ _ in (1 + stream.below(70), 1 + stream.below(150), 1 + stream.below(90)) }) {
            let a = randomValues(m * k, seed: m), b = randomValues(k * n, seed: n), bias = randomValues(n, seed: k)
            var transposed = [Double](repeating: 0, count: n * k), expected = [Double](repeating: 0, count: m * n)
            for p in 0..<k { for j in 0..<n { transposed[j * k + p] = b[p * n + j] } }
            for i in 0..<m { for p in 0..<k { for j in 0..<n { expected[i * n + j] += a[i * k + p] * b[p * n + j] } } }
            let found = Self.run(set, [([m, k], a), ([k, n], b), ([n, k], transposed), ([n], bias)]) { tracer, inputs, _ in
                [
                    tracer.matmul(inputs[0], inputs[1]), tracer.matmul(inputs[0], inputs[2], transposeB: true),
                    tracer.dense(inputs[0], weight: inputs[1], bias: inputs[3]),
                ]
            }
            let biased = expected.indices.map { expected[$0] + bias[$0 % n] }
            #expect(Self.close(found[0], expected, set, scale: 4), "\(m) \(n) \(k)")
            #expect(Self.close(found[1], expected, set, scale: 4), "transposed \(m) \(n) \(k)")
            #expect(Self.close(found[2], biased, set, scale: 4), "bias \(m) \(n) \(k)")
        }
    }

    /// The gradients of products, which are products of the other kinds and may be added to what is there.
    @Test(arguments: Engine.instructionSets)
    func gradientsOfProductsAgreeWithDoubles(_ set: String) {
        var stream = RandomStream(seed: 2, "shapes")
        for _ in 0..<25 {
            let (m, n, k) = (1 + stream.below(40), 1 + stream.below(90), 1 + stream.below(80))
            let results = [set, "double"].map { set in
                Self.run(set, [([m, k], randomValues(m * k)), ([k, n], randomValues(k * n, seed: 2)), ([n, k], randomValues(k * n, seed: 3))]) {
                    tracer, inputs, _ in
                    let first = tracer.matmul(inputs[0], inputs[1]), second = tracer.matmul(inputs[0], inputs[2], transposeB: true)
                    return tracer.gradient(of: tracer.sum(tracer.multiply(first, second)), by: inputs)
                }
            }
            for slot in 0..<3 { #expect(Self.close(results[0][slot], results[1][slot], set, scale: Double(10 * (n + m))), "\(m) \(n) \(k)") }
        }
    }

    @Test(arguments: sets, [1, 2, 10, 16, 20, 75])
    func softmaxCrossEntropy(_ set: String, _ columns: Int) {
        let rows = 70
        let logits = randomValues(rows * columns, seed: 3, scale: 20), labels = randomTokens(rows, below: columns)
        let found = Self.run(set, [([rows, columns], logits)], tokens: labels) { tracer, inputs, labels in
            [tracer.softmaxCrossEntropy(inputs[0], labels: labels), tracer.correct(inputs[0], labels: labels), tracer.logSoftmax(inputs[0])]
        }
        var losses: [Double] = [], correct: [Double] = [], logarithms: [Double] = []
        for i in 0..<rows {
            let row = Array(logits[i * columns..<(i + 1) * columns]), top = row.max() ?? 0
            let normal = log(row.reduce(0) { $0 + exp($1 - top) }) + top
            losses.append(normal - row[Int(labels[i])])
            correct.append(row.firstIndex(of: top) == Int(labels[i]) ? 1 : 0)
            logarithms += row.map { $0 - normal }
        }
        #expect(Self.close(found[0], losses, set, scale: 20))
        #expect(found[1] == correct)
        #expect(Self.close(found[2], logarithms, set, scale: 20))
    }

    /// Large logits do not overflow, infinite and undefined ones are seen, labels outside give NaN and count as wrong.
    @Test(arguments: sets)
    func softmaxAtTheEdges(_ set: String) {
        let infinity = Double.infinity
        let rows: [[Double]] = [[1000, 0, -1000], [-infinity, 0, 0], [infinity, 0, 0], [.nan, 0, 0], [0, 0, 0], [0, 0, 0], [5, 5, 1]]
        let labels: [Int32] = [0, 1, 0, 1, 3, -1, 1]
        let found = Self.run(set, [([7, 3], rows.flatMap { $0 })], tokens: labels) { tracer, inputs, labels in
            [tracer.softmaxCrossEntropy(inputs[0], labels: labels), tracer.correct(inputs[0], labels: labels), tracer.logSoftmax(inputs[0])]
        }
        #expect(found[0][0] == 0 && abs(found[0][1] - log(2)) < 1e-6)
        #expect(found[0][2...5].allSatisfy { $0.isNaN })
        #expect(found[1] == [1, 1, 1, 0, 0, 0, 0])  // of equals the first counts
        #expect(found[2][3] == -infinity && abs(found[2][4] + log(2)) < 1e-6)
    }

    @Test(arguments: sets, [1, 5, 16, 40])
    func longShortTermMemory(_ set: String, _ width: Int) {
        let rows = 3
        let x = randomValues(rows * 4 * width, seed: 1, scale: 3), c = randomValues(rows * width, seed: 2)
        let found = Self.run(set, [([rows, 4 * width], x), ([rows, width], c)]) { tracer, inputs, _ in
            let result = tracer.lstmCell(x: inputs[0], c: inputs[1])
            return [result.h, result.c]
        }
        var h: [Double] = [], next: [Double] = []
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        for r in 0..<rows {
            for j in 0..<width {
                let gate = (0..<4).map { x[r * 4 * width + $0 * width + j] }
                let cell = sigmoid(gate[1]) * c[r * width + j] + sigmoid(gate[0]) * tanh(gate[2])
                next.append(cell)
                h.append(sigmoid(gate[3]) * tanh(cell))
            }
        }
        #expect(Self.close(found[0], h, set) && Self.close(found[1], next, set))
    }

    @Test(arguments: sets)
    func embeddingAndColumns(_ set: String) {
        let table = randomValues(5 * 3), other = randomValues(4 * 2, seed: 2)
        let tokens: [Int32] = [4, 0, 0, 3, 7, 1, 2, -1]
        let found = Self.run(set, [([5, 3], table), ([4, 2], other)], tokens: tokens) { tracer, inputs, indices in
            let rows = tracer.reshape(tracer.embedding(indices, table: inputs[0]), [4, 6])
            let joined = tracer.concatenate([inputs[1], rows])
            return [rows, joined, tracer.columns(joined, 1..<4), tracer.rows(inputs[1], 1..<3)]
        }
        var expected: [Double] = [], joined: [Double] = [], middle: [Double] = []
        for token in tokens {
            let start = Int(token) * 3
            expected += (0..<5).contains(token) ? Array(table[start..<start + 3]) : [.nan, .nan, .nan]
        }
        for row in 0..<4 {
            let line = Array(other[row * 2..<row * 2 + 2]) + Array(expected[row * 6..<row * 6 + 6])
            joined += line
            middle += line[1..<4]
        }
        #expect(Self.close(found[0], expected, set))
        #expect(Self.close(found[1], joined, set))
        #expect(Self.close(found[2], middle, set))
        #expect(Self.close(found[3], Array(other[2..<6]), set))
    }

    @Test(arguments: sets, [1, 7, 512, 1300])
    func reductions(_ set: String, _ count: Int) {
        let values = randomValues(count)
        let found = Self.run(set, [([count], values)]) { tracer, inputs, _ in [tracer.sum(inputs[0]), tracer.mean(inputs[0])] }
        let sum = values.reduce(0, +)
        #expect(Self.close(found[0], [sum], set, scale: 10) && Self.close(found[1], [sum / Double(count)], set))
    }
}
