import NaslExpr
import NaslTensor
import Testing

/// Every operation's backward pass against central differences in double precision.
@Suite struct GradientTests {
    let bound = 1e-8

    @Test func matrixProducts() throws {
        #expect(try worstGradientError([[3, 4], [4, 5]]) { $0.matmul($1[0], $1[1]) } < bound)
        #expect(try worstGradientError([[3, 4], [5, 4]]) { $0.matmul($1[0], $1[1], transposeB: true) } < bound)
        #expect(try worstGradientError([[2, 3, 4], [4, 5]]) { $0.matmul($1[0], $1[1]) } < bound)
    }

    @Test func aVariableTimesItself() throws {
        #expect(try worstGradientError([[4, 4]]) { $0.matmul($1[0], $1[0]) } < bound)
        #expect(try worstGradientError([[4, 4]]) { $0.matmul($1[0], $1[0], transposeB: true) } < bound)
    }

    @Test func dense() throws {
        #expect(try worstGradientError([[3, 4], [4, 5], [5]]) { $0.dense($1[0], weight: $1[1], bias: $1[2]) } < bound)
        #expect(try worstGradientError([[3, 4], [4, 5]]) { $0.dense($1[0], weight: $1[1], bias: nil) } < bound)
    }

    @Test func embedding() throws {
        let tokens = randomTokens(6, below: 5)
        let tracer = Tracer(precision: .double)
        let table = tracer.input([5, 3]), indices = tracer.tokens([2, 3])
        let output = tracer.embedding(indices, table: table)
        #expect(output.shape == [2, 9])
        let weights = tracer.input(output.shape)
        let gradient = tracer.gradient(of: tracer.sum(tracer.multiply(output, weights)), by: [table])[0]
        var run = tracer.finish()
        run.write(randomValues(15), to: table)
        run.write(tokens, to: indices)
        let factors = randomValues(18, seed: 2)
        run.write(factors, to: weights)
        run.run()
        var expected = [Double](repeating: 0, count: 15)
        for (position, token) in tokens.enumerated() { for j in 0..<3 { expected[Int(token) * 3 + j] += factors[position * 3 + j] } }
        #expect(zip(run.values(of: gradient), expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    /// A sum of rows of tables is the dense layer over embeddings side by side, forward and backward; a token outside gives NaN.
    @Test func sumsOfEmbeddings() {
        let (words, depth, width, batch, places) = (6, 3, 5, 4, 2)
        let tokens: [Int32] = [0, 5, 2, 2, 5, 1, 3, 0]
        let starts = [words * depth, places * depth * width, width].enumerated().map { randomValues($1, seed: $0) }
        let found = [true, false].map { isSum in
            let tracer = Tracer(precision: .double)
            let x = [[words, depth], [places * depth, width], [width]].map(tracer.input), indices = tracer.tokens([batch, places])
            let output: Tracer.Variable
            if isSum {
                let tables = (0..<places).map { tracer.matmul(x[0], tracer.rows(x[1], $0 * depth..<($0 + 1) * depth)) }
                output = tracer.embeddingSum(indices, tables: tracer.stack(tables), bias: x[2])
            } else {
                output = tracer.dense(tracer.embedding(indices, table: x[0]), weight: x[1], bias: x[2])
            }
            let slopes = tracer.gradient(of: tracer.sum(tracer.multiply(output, output)), by: x)
            var plan = tracer.finish()
            for (variable, values) in zip(x, starts) { plan.write(values, to: variable) }
            plan.write(tokens, to: indices)
            plan.run()
            let results = ([output] + slopes).flatMap { plan.values(of: $0) }
            plan.write([0, 5, 2, 6, 5, -1, 3, 0], to: indices)
            plan.run()
            #expect(plan.values(of: output).map(\.isNaN) == (0..<batch * width).map { [1, 2].contains($0 / width) })
            return results
        }
        #expect(zip(found[0], found[1]).allSatisfy { abs($0 - $1) < 1e-12 } && found[0].count == found[1].count)
    }

    @Test func elementwiseOfOne() throws {
        #expect(try worstGradientError([[5, 7]]) { try $0.elementwise(swish, [$1[0]]) } < bound)
        let identity = function(["x"], x)
        #expect(try worstGradientError([[5, 7]]) { try $0.elementwise(identity, [$1[0]]) } < bound)
        let constant = function(["x"], 2)
        #expect(try worstGradientError([[5, 7]]) { try $0.elementwise(constant, [$1[0]]) } < bound)
    }

    @Test(arguments: [[4, 6], [1], [6], [4, 1]])
    func elementwiseBroadcasts(_ shape: [Int]) throws {
        let product = function(["x", "y"], .apply(.mul, x, .apply(.tanh, .apply(.mul, .variable("y"), x))))
        #expect(try worstGradientError([[4, 6], shape]) { try $0.elementwise(product, [$1[0], $1[1]]) } < bound)
        #expect(try worstGradientError([shape, [4, 6]]) { try $0.elementwise(product, [$1[0], $1[1]]) } < bound)
    }

    /// Several blocks of the interpreter, in lengths that fit no vector and no block.
    @Test(arguments: [7, 64, 75])
    func elementwiseOverManyBlocks(_ columns: Int) throws {
        let product = function(["x", "y", "z"], .apply(.mul, x, .apply(.sin, .apply(.mul, .variable("y"), .apply(.add, x, .variable("z"))))))
        let error = try worstGradientError([[23, columns], [columns], [23, 1]]) { try $0.elementwise(product, $1) }
        #expect(error < bound)
    }

    @Test func trainedWeights() throws {
        // x * sigmoid(param(1) * x) + param(0.5)
        let body = Expr.apply(.add, .apply(.mul, x, .apply(.sigmoid, .apply(.mul, .parameter(1), x))), .parameter(0.5))
        let f = function(["x"], body)
        #expect(try worstGradientError([[4, 6], [6], [6]]) { try $0.elementwise(f, [$1[0]], weights: [$1[1], $1[2]]) } < bound)
    }

    @Test func theSameVariableTwice() throws {
        let f = function(["x", "y"], .apply(.mul, x, .apply(.exp, .variable("y"))))
        #expect(try worstGradientError([[4, 6]]) { try $0.elementwise(f, [$1[0], $1[0]]) } < bound)
        #expect(try worstGradientError([[4, 6], [6]]) { try $0.elementwise(f, [$1[0], $0.add($1[0], $1[1])]) } < bound)
    }

    @Test func aVariableUsedManyTimes() throws {
        let error = try worstGradientError([[4, 4], [4]]) { tracer, inputs in
            let a = tracer.dense(inputs[0], weight: inputs[0], bias: inputs[1])
            let b = try tracer.elementwise(tanhTerm, [a])
            let c = tracer.concatenate([a, b, inputs[0]])
            return tracer.add(tracer.columns(c, 2..<6), tracer.matmul(b, inputs[0]))
        }
        #expect(error < bound)
    }

    @Test func arithmetic() throws {
        #expect(try worstGradientError([[4, 6], [6]]) { $0.add($1[0], $1[1]) } < bound)
        #expect(try worstGradientError([[4, 6], [6]]) { $0.subtract($1[0], $1[1]) } < bound)
        #expect(try worstGradientError([[4, 6], [4, 1]]) { $0.multiply($1[0], $1[1]) } < bound)
        #expect(try worstGradientError([[4, 6], [4, 6]]) { $0.squaredError($1[0], $1[1]) } < bound)
        #expect(try worstGradientError([[4, 6]]) { $0.scale($1[0], by: -0.3) } < bound)
    }

    @Test func reductions() throws {
        #expect(try worstGradientError([[4, 6]]) { $0.mean($0.multiply($1[0], $1[0])) } < bound)
        #expect(try worstGradientError([[33, 41]]) { $0.sum($0.multiply($1[0], $1[0])) } < bound)
    }

    @Test func shaping() throws {
        #expect(try worstGradientError([[4, 6]]) { $0.matmul($0.reshape($1[0], [8, 3]), $0.reshape($1[0], [3, 8])) } < bound)
        #expect(try worstGradientError([[4, 6]]) { $0.columns($1[0], 1..<4) } < bound)
        #expect(try worstGradientError([[5, 3]]) { $0.multiply($0.rows($1[0], 1..<3), $0.rows($1[0], 3..<5)) } < bound)
        #expect(try worstGradientError([[6, 3]]) { tracer, x in
            let parts = tracer.unstack(x[0], rows: 2)  // the second is not used
            return tracer.multiply(parts[0], tracer.multiply(parts[2], parts[0]))
        } < bound)
        #expect(try worstGradientError([[4, 6], [4, 2]]) { $0.concatenate([$1[0], $1[1], $1[0]]) } < bound)
    }

    @Test(arguments: [2, 10, 16, 75])
    func softmaxes(_ columns: Int) throws {
        #expect(try worstGradientError([[5, columns]]) { $0.logSoftmax($1[0]) } < bound)
        let error = try worstGradientErrorWithTokens([[5, columns]], tokens: randomTokens(5, below: columns)) { tracer, inputs, labels in
            tracer.softmaxCrossEntropy(inputs[0], labels: labels)
        }
        #expect(error < bound)
    }

    @Test func longShortTermMemory() throws {
        #expect(try worstGradientError([[3, 20], [3, 5]]) { $0.lstmCell(x: $1[0], c: $1[1]).h } < bound)
        #expect(try worstGradientError([[3, 20], [3, 5]]) { $0.lstmCell(x: $1[0], c: $1[1]).c } < bound)
        let error = try worstGradientError([[3, 20], [3, 5], [5, 20]]) { tracer, inputs in
            // Two steps with a recurrent weight: every adjoint of the cell is needed.
            let first = tracer.lstmCell(x: inputs[0], c: inputs[1])
            let second = tracer.lstmCell(x: tracer.add(inputs[0], tracer.matmul(first.h, inputs[2])), c: first.c)
            return tracer.concatenate([second.h, second.c, first.h])
        }
        #expect(error < bound)
    }

    /// Operations whose derivative by the first input comes second, and has to be added to another.
    static let single: [(name: String, shapes: [[Int]], record: @Sendable (Tracer, [Tracer.Variable], Tracer.Tokens) throws -> Tracer.Variable)] = [
        ("matmul", [[3, 6], [6, 5]], { tracer, x, _ in tracer.matmul(x[0], x[1]) }),
        ("right factor", [[6, 5], [3, 6]], { tracer, x, _ in tracer.matmul(x[1], x[0]) }),
        ("transposed", [[3, 6], [5, 6]], { tracer, x, _ in tracer.matmul(x[0], x[1], transposeB: true) }),
        ("transposed right factor", [[5, 6], [3, 6]], { tracer, x, _ in tracer.matmul(x[1], x[0], transposeB: true) }),
        ("dense", [[3, 6], [6, 5], [5]], { tracer, x, _ in tracer.dense(x[0], weight: x[1], bias: x[2]) }),
        ("bias", [[5], [6, 5], [3, 6]], { tracer, x, _ in tracer.dense(x[2], weight: x[1], bias: x[0]) }),
        ("table", [[5, 4]], { tracer, x, tokens in tracer.embedding(tokens, table: x[0]) }),
        ("tables", [[5, 4], [4]], { tracer, x, tokens in tracer.embeddingSum(tokens, tables: x[0], bias: x[1]) }),
        ("bias of tables", [[4], [5, 4]], { tracer, x, tokens in tracer.embeddingSum(tokens, tables: x[1], bias: x[0]) }),
        ("elementwise", [[3, 5]], { tracer, x, _ in try tracer.elementwise(swish, [x[0]]) }),
        ("per channel", [[5], [3, 5]], { tracer, x, _ in tracer.multiply(x[0], x[1]) }),
        ("per row", [[3, 1], [3, 5]], { tracer, x, _ in tracer.multiply(x[0], x[1]) }),
        ("scalar", [[1], [3, 5]], { tracer, x, _ in tracer.multiply(x[0], x[1]) }),
        ("sum", [[3, 5]], { tracer, x, _ in tracer.sum(x[0]) }),
        ("reshape", [[3, 4]], { tracer, x, _ in tracer.reshape(x[0], [4, 3]) }),
        ("unstack", [[4, 3]], { tracer, x, _ in tracer.unstack(x[0], rows: 2)[1] }),
        ("rows", [[4, 3]], { tracer, x, _ in tracer.rows(x[0], 1..<3) }),
        ("columns", [[4, 3]], { tracer, x, _ in tracer.columns(x[0], 1..<3) }),
        ("concatenate", [[4, 3], [4, 2]], { tracer, x, _ in tracer.concatenate([x[1], x[0]]) }),
        ("log-softmax", [[3, 5]], { tracer, x, _ in tracer.logSoftmax(x[0]) }),
        ("cross-entropy", [[3, 5]], { tracer, x, tokens in tracer.softmaxCrossEntropy(x[0], labels: tokens) }),
        ("gates", [[3, 8], [3, 2]], { tracer, x, _ in tracer.lstmCell(x: x[0], c: x[1]).h }),
        ("cell", [[3, 2], [3, 8]], { tracer, x, _ in tracer.lstmCell(x: x[1], c: x[0]).c }),
    ]

    @Test(arguments: single.indices)
    func derivativesAreAdded(_ number: Int) throws {
        let (name, shapes, record) = Self.single[number]
        let error = try worstGradientErrorWithTokens(shapes, tokens: [2, 0, 4]) { tracer, inputs, tokens in
            let result = try record(tracer, inputs, tokens)
            // Recorded later, so its share comes first.
            let other = tracer.scale(inputs[0], by: 3)
            return tracer.concatenate([tracer.reshape(result, [1, result.count]), tracer.reshape(other, [1, other.count])])
        }
        #expect(error < bound, "\(name)")
    }
}
