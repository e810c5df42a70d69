import CKernels
import NaslExpr
import NaslRandom
import NaslTensor
import Testing

/// The kernels of every instruction set that this machine has, against the table of primitives in double precision.
@Suite struct VectorMathTests {
    static let sets = Engine.instructionSets
    /// The remainder is left out: for large quotients no digit of it is left in single precision.
    static let rows = Primitive.table.filter { $0.primitive != .mod && !$0.primitive.isRandom }.map(\.name)

    /// How far `found` is from `expected`, in units in the last place of a float.
    static func distance(_ found: Float, _ expected: Double) -> Double {
        let rounded = Float(expected)
        if expected.isNaN || found.isNaN { return expected.isNaN && found.isNaN ? 0 : .infinity }
        if rounded == found { return 0 }
        if rounded.isInfinite || found.isInfinite { return rounded.sign == found.sign && abs(Float(expected * (1 - 1e-6))) > 3.4e38 ? 1 : .infinity }
        return abs(Double(found) - expected) / Double(max(rounded.ulp, .leastNonzeroMagnitude))
    }

    /// One operation on as many values as there are.
    static func map(_ set: String, _ opcode: UInt8, _ a: [Float], _ b: [Float], _ c: [Float]) -> [Float] {
        var padded = [a, b, c].map { $0 + [Float](repeating: 0, count: (16 - $0.count % 16) % 16) }
        nasl_float_kernels_named(set).pointee.map(Int32(opcode), Int64(padded[0].count), &padded[0], padded[0], padded[1], padded[2])
        return Array(padded[0].prefix(a.count))
    }

    static func check(_ set: String, _ name: String, _ a: [Float], _ b: [Float], _ c: [Float]) throws -> (worst: Double, at: String) {
        let row = try #require(Primitive.named(name)?.row)
        let found = map(set, row.primitive.opcode, a, b, c)
        var worst = (0.0, "")
        for index in a.indices {
            let expected = row.evaluate(Double(a[index]), Double(b[index]), Double(c[index]))
            let distance = distance(found[index], expected)
            if distance > worst.0 { worst = (distance, "\(name)(\(a[index]), \(b[index]), \(c[index])) = \(found[index]), not \(expected)") }
        }
        return worst
    }

    /// Any bit pattern at all, and denser where programs live.
    static func arguments(_ count: Int, seed: Int) -> [Float] {
        var stream = RandomStream(seed: seed, "floats")
        return (0..<count).map { index in
            let bits = stream.next()
            switch index % 4 {
            case 0: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            case 1: return Float((stream.uniform() * 2 - 1) * [1, 12, 100, 1e5][Int(bits % 4)])
            case 2: return Float((stream.uniform() * 2 - 1) * 3)
            default: return Float(Int(bits % 17)) - 8
            }
        }
    }

    @Test(arguments: sets, rows)
    func withinFourUnitsInTheLastPlace(_ set: String, _ name: String) throws {
        let count = 1 << 15
        let (worst, at) = try Self.check(
            set, name, Self.arguments(count, seed: 1), Self.arguments(count, seed: 2), Self.arguments(count, seed: 3))
        #expect(worst <= 4, "\(at)")
    }

    @Test(arguments: sets, rows)
    func rightAtTheEdges(_ set: String, _ name: String) throws {
        let edges: [Float] = [
            0, -0.0, 1, -1, 0.5, 2, -2, 3, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
            .leastNormalMagnitude, .leastNormalMagnitude / 8, -.leastNormalMagnitude / 64, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.72, 88.73, -87.4, -103.9, -104.1,
            89.4, 89.5, 1e5, -1e5, 1.5e5, 8388607.5, 8388609, 1e10, -1e10, 0.99999994, 1.0000001, 1e-8,
        ]
        var a: [Float] = [], b: [Float] = []
        for first in edges { for second in edges { a.append(first); b.append(second) } }
        let (worst, at) = try Self.check(set, name, a, b, b)
        #expect(worst <= 4, "\(at)")
    }

    /// Odd functions keep the sign of zero, so that 1 / f(-0.0) is -inf.
    @Test(arguments: sets, ["neg", "sin", "tan", "sinh", "tanh", "asinh", "atan", "erf", "gelu", "floor", "round", "sqrt", "cube"])
    func keepsTheSignOfZero(_ set: String, _ name: String) throws {
        let row = try #require(Primitive.named(name)?.row)
        let found = Self.map(set, row.primitive.opcode, [0, -0.0], [0, 0], [0, 0])
        #expect(found.map(\.sign) == [0, -0.0].map { Float(row.evaluate($0, 0, 0)).sign })
    }

    @Test(arguments: sets)
    func remainderHasTheSignOfTheDivisor(_ set: String) {
        let found = Self.map(set, Primitive.mod.opcode, [7, -7, 7, -7, 0.75, 6], [4, 4, -4, -4, 0.5, 3], [0, 0, 0, 0, 0, 0])
        #expect(found == [3, 1, -1, -3, 0.25, 0])
    }

    /// A value's result does not depend on where in a block or vector it stands.
    @Test(arguments: sets, rows)
    func thePlaceDoesNotMatter(_ set: String, _ name: String) throws {
        let row = try #require(Primitive.named(name)?.row)
        let a = Self.arguments(64, seed: 4), b = Self.arguments(64, seed: 5), c = Self.arguments(64, seed: 6)
        let whole = Self.map(set, row.primitive.opcode, a, b, c)
        for shift in [1, 7, 17] {
            let shifted = Self.map(set, row.primitive.opcode, Array(a[shift...]), Array(b[shift...]), Array(c[shift...]))
            #expect(shifted.map(\.bitPattern) == whole[shift...].map(\.bitPattern))
        }
    }

    /// The opcodes of Swift and of C are the same numbers with the same names.
    @Test func opcodesAgree() {
        for opcode in 0..<Int32(256) {
            let row = Primitive.table.first { Int32($0.primitive.opcode) == opcode }
            #expect(row?.name == nasl_opcode_name(opcode).map { String(cString: $0) })
        }
    }
}
