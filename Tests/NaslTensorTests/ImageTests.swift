import NaslExpr
import NaslRandom
import NaslTensor
import Testing

/// Operations on images against plain loops and central differences.
@Suite struct ImageTests {
    static let bound = 1e-8

    /// Batch, height, width, channels, filters, size, stride, padding.
    static let cases: [(Int, Int, Int, Int, Int, [Int], Int, ConvolutionWindow.Padding)] = [
        (2, 5, 6, 2, 3, [3, 3], 1, .same), (1, 7, 5, 3, 2, [3, 5], 2, .same), (2, 6, 6, 1, 4, [1, 1], 1, .same), (1, 8, 9, 2, 17, [5, 3], 1, .valid),
        (2, 9, 7, 1, 2, [3, 3], 3, .valid), (1, 4, 13, 20, 33, [3, 1], 1, .same), (1, 3, 2, 2, 2, [7, 7], 2, .same), (1, 2, 32, 16, 40, [3, 3], 1, .same),
    ]

    @Test(arguments: cases.indices, ValueTests.sets)
    func convolutionsAgreeWithLoops(_ number: Int, _ set: String) throws {
        let (batch, height, width, channels, filters, size, stride, padding) = Self.cases[number]
        let window = try #require(ConvolutionWindow(image: [height, width], size: size, stride: stride, padding: padding))
        let x = randomValues(batch * height * width * channels), w = randomValues(size[0] * size[1] * channels * filters, seed: 2)
        let bias = randomValues(filters, seed: 3)
        let shapes = [[batch, height, width, channels], size + [channels, filters], [filters]]
        let found = ValueTests.run(set, [(shapes[0], x), (shapes[1], w), (shapes[2], bias)]) { tracer, inputs, _ in
            [tracer.convolution(inputs[0], filters: inputs[1], bias: inputs[2], window: window)]
        }
        var expected: [Double] = []
        for b in 0..<batch { for oy in 0..<window.output[0] { for ox in 0..<window.output[1] { for f in 0..<filters {
            var sum = bias[f]
            for i in 0..<size[0] { for j in 0..<size[1] {
                let (y, z) = (oy * stride + i - window.before[0], ox * stride + j - window.before[1])
                guard (0..<height).contains(y), (0..<width).contains(z) else { continue }
                for c in 0..<channels { sum += x[((b * height + y) * width + z) * channels + c] * w[((i * size[1] + j) * channels + c) * filters + f] }
            } }
            expected.append(sum)
        } } } }
        #expect(ValueTests.close(found[0], expected, set, scale: 4))
    }

    /// Each instruction set's gradients against those in double precision, which the differences below hold.
    @Test(arguments: cases.indices, Engine.instructionSets)
    func gradientsAgreeWithDoubles(_ number: Int, _ set: String) throws {
        let (batch, height, width, channels, filters, size, stride, padding) = Self.cases[number]
        let window = try #require(ConvolutionWindow(image: [height, width], size: size, stride: stride, padding: padding))
        let shapes = [[batch, height, width, channels], size + [channels, filters], [filters]]
        let results = [set, "double"].map { set in
            ValueTests.run(set, shapes.enumerated().map { ($1, randomValues($1.reduce(1, *), seed: $0)) }) { tracer, inputs, _ in
                let output = tracer.convolution(inputs[0], filters: inputs[1], bias: inputs[2], window: window)
                return tracer.gradient(of: tracer.sum(tracer.multiply(output, output)), by: inputs)
            }
        }
        for slot in 0..<3 { #expect(ValueTests.close(results[0][slot], results[1][slot], set, scale: 400)) }
    }

    @Test(arguments: cases.indices.filter { $0 != 5 && $0 != 7 && $0 != 3 })
    func convolutionGradients(_ number: Int) throws {
        let (batch, height, width, channels, filters, size, stride, padding) = Self.cases[number]
        let window = try #require(ConvolutionWindow(image: [height, width], size: size, stride: stride, padding: padding))
        let error = try worstGradientError([[batch, height, width, channels], size + [channels, filters], [filters]]) {
            $0.convolution($1[0], filters: $1[1], bias: $1[2], window: window)
        }
        #expect(error < Self.bound)
    }

    @Test(arguments: [Tracer.Pooling.max, .average], [([2, 2], 2, ConvolutionWindow.Padding.valid), ([3, 2], 1, .valid), ([3, 3], 2, .same)])
    func pooling(_ kind: Tracer.Pooling, _ form: ([Int], Int, ConvolutionWindow.Padding)) throws {
        let window = try #require(ConvolutionWindow(image: [5, 6], size: form.0, stride: form.1, padding: form.2))
        #expect(try worstGradientError([[2, 5, 6, 3]]) { $0.pool($1[0], kind, window: window) } < Self.bound)
        let x = randomValues(2 * 5 * 6 * 3)
        for set in ValueTests.sets {
            let found = ValueTests.run(set, [([2, 5, 6, 3], x)]) { tracer, inputs, _ in [tracer.pool(inputs[0], kind, window: window)] }
            var expected: [Double] = []
            for b in 0..<2 { for oy in 0..<window.output[0] { for ox in 0..<window.output[1] { for c in 0..<3 {
                var seen: [Double] = []
                for i in 0..<form.0[0] { for j in 0..<form.0[1] {
                    let (y, z) = (oy * form.1 + i - window.before[0], ox * form.1 + j - window.before[1])
                    if (0..<5).contains(y), (0..<6).contains(z) { seen.append(x[((b * 5 + y) * 6 + z) * 3 + c]) }
                } }
                expected.append(kind == .max ? seen.max() ?? .nan : seen.reduce(0, +) / Double(seen.count))
            } } } }
            #expect(ValueTests.close(found[0], expected, set))
        }
    }

    @Test func normalizations() throws {
        #expect(try worstGradientError([[9, 3], [3], [3]]) { tracer, x in
            tracer.batchNorm(x[0], scale: x[1], shift: x[2], running: tracer.buffer([2, 3]))
        } < 1e-7)
        #expect(try worstGradientError([[4, 5], [5], [5]]) { $0.layerNorm($1[0], scale: $1[1], shift: $1[2]) } < 1e-7)
    }

    @Test(arguments: ValueTests.sets, [3, 16, 40])
    func batchNormAgreesWithItsFormula(_ set: String, _ columns: Int) {
        let rows = 600, x = randomValues(rows * columns, scale: 3).map { $0 + 100 }
        let scale = randomValues(columns, seed: 2), shift = randomValues(columns, seed: 3)
        let found = ValueTests.run(set, [([rows, columns], x), ([columns], scale), ([columns], shift)]) { tracer, inputs, _ in
            let running = tracer.buffer([2, columns])
            return [tracer.batchNorm(inputs[0], scale: inputs[1], shift: inputs[2], running: running), running]
        }
        var expected = x, running = [Double](repeating: 0, count: 2 * columns)
        for c in 0..<columns {
            let values = (0..<rows).map { x[$0 * columns + c] }, mean = values.reduce(0, +) / Double(rows)
            let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            for row in 0..<rows { expected[row * columns + c] = (x[row * columns + c] - mean) / (square / Double(rows) + 1e-5).squareRoot() * scale[c] + shift[c] }
            (running[c], running[columns + c]) = (0.1 * mean, 0.1 * square / Double(rows - 1))
        }
        #expect(ValueTests.close(found[0], expected, set, scale: 10) && ValueTests.close(found[1], running, set, scale: 10))
    }

    @Test func blocks() throws {
        #expect(try worstGradientError([[2, 3, 4, 2], [2, 2, 5, 1]]) { $0.concatenateImages([$1[0], $1[1], $1[0]]) } < Self.bound)
        #expect(try worstGradientError([[2, 5, 4, 2]]) { $0.subsample($1[0], stride: 2, channels: 5) } < Self.bound)
        #expect(try worstGradientError([[3, 4]]) { $0.matmul($0.transpose($1[0]), $1[0]) } < Self.bound)
        #expect(try worstGradientErrorWithTokens([[3, 4]], tokens: [1, 3, 0]) { $0.gather($1[0], $2) } < Self.bound)
        let found = ValueTests.run("double", [([1, 1, 2, 1], [1, 2]), ([1, 2, 1, 1], [3, 4])]) { tracer, inputs, _ in [tracer.concatenateImages(inputs)] }
        #expect(found[0] == [1, 3, 2, 0, 0, 4, 0, 0])
    }

    /// A backward pass meets the draws of its forward pass; two mentions are two draws.
    @Test func randomDraws() throws {
        let x = Expr.variable("x")
        let f = FunctionTerm(parameters: ["x"], body: .apply(.add, .apply(.drop, .apply(.mul, x, x), 0.5), .apply(.mul, .apply(.noise, 0.3), x)))
        #expect(try worstGradientError([[20, 30]]) { try $0.elementwise(f, [$1[0]]) } < Self.bound)
        for set in ValueTests.sets {
            let found = try ValueTests.run(set, [([10_000], [Double](repeating: 1, count: 10_000))]) { tracer, inputs, _ in
                [try tracer.elementwise(FunctionTerm(parameters: ["x"], body: .apply(.drop, x, 0.3)), inputs),
                 try tracer.elementwise(FunctionTerm(parameters: ["x"], body: .apply(.drop, x, 0.3)), inputs),
                 try tracer.elementwise(FunctionTerm(parameters: ["x"], body: .apply(.noise, x)), inputs)]
            }
            #expect(abs(found[0].reduce(0, +) / 10_000 - 0.7) < 0.02 && found[0] != found[1])
            let mean = found[2].reduce(0, +) / 10_000, square = found[2].reduce(0) { $0 + $1 * $1 } / 10_000
            #expect(abs(mean) < 0.04 && abs(square - 1) < 0.06)
        }
    }
}
