import CKernels
import NaslExpr
import NaslTensor
import Testing

/// Where a value stands among others does not change its bits: kernels take vectors two at a time, one at a time, and with lanes that nobody asked for.
@Suite struct VectorWidthTests {
    @Test(arguments: Engine.instructionSets, VectorMathTests.rows.filter { Primitive.named($0)?.arity == 1 })
    func theNeighboursDoNotMatter(_ set: String, _ name: String) throws {
        let primitive = try #require(Primitive.named(name))
        let program = try Program(FunctionTerm(parameters: ["x"], body: .apply(primitive, .variable("x"))))
        let values = VectorMathTests.arguments(480, seed: 7)
        func bits(_ values: [Float]) -> [UInt32] {
            program.evaluate([values], count: values.count, kernels: nasl_float_kernels_named(set), as: Float.self)[0].map(\.bitPattern)
        }
        let together = bits(values)
        for count in [1, 4, 8, 20, 24, 40] {
            let apart = stride(from: 0, to: 480, by: count).flatMap { start in bits(Array(values[start..<min(start + count, 480)])) }
            for (one, other) in zip(apart, together) {
                // What is no number has no bits of its own.
                #expect(one == other || Float(bitPattern: one).isNaN && Float(bitPattern: other).isNaN)
            }
        }
    }
}
