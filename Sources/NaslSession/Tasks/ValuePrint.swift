import NaslExpr
import NaslTensor

/// The values of an elementwise program at 24 fixed points, rounded to some eight digits, as 128 bits to look up by.
///
/// What is no finite number counts with its kind, and so do the points at which the program leaves the range of single precision, in which nets
/// compute.
struct ValuePrint: Hashable {
    private var first: UInt64
    private var second: UInt64

    static let pointCount = 24

    private static let special: [Double] = [0, 1, -1, 0.5, -0.5, 2, -3, 30, -30, 100, -1000]

    static func coordinate(_ axis: Int, of index: Int) -> Double {
        // Different places of the list for different arguments, so that all signs meet.
        index < special.count ? special[(index * (2 * axis + 1)) % special.count] : SamplePoints.generic(axis, of: index)
    }

    fileprivate init(_ values: UnsafeBufferPointer<Double>, isFinite: UInt32) {
        (first, second) = (UInt64(isFinite), 0x9e37_79b9_7f4a_7c15)
        for value in values {
            let bits = ValuePrint.rounded(value)
            first = (first ^ bits) &* 0xff51_afd7_ed55_8ccd
            first ^= first >> 32
            second = (second &+ bits) &* 0xc4ce_b9fe_1a85_ec53
            second ^= second >> 29
        }
    }

    /// 28 bits of the significand.
    private static func rounded(_ value: Double) -> UInt64 {
        if value.isNaN { return Double.nan.bitPattern }
        if value.isInfinite { return value.bitPattern }
        // What cancels leaves rounding.
        if value.magnitude < 1e-9 { return 0 }
        return (value.bitPattern &+ (1 << 23)) >> 24
    }
}

/// Makes prints of the functions of one list of parameters.
final class ValuePrinter {
    private let parameters: [Symbol]
    private let doubles: Evaluator<Double>
    private let singles: Evaluator<Float>

    init(_ parameters: [Symbol]) {
        self.parameters = parameters
        let points = parameters.indices.map { axis in (0..<ValuePrint.pointCount).map { ValuePrint.coordinate(axis, of: $0) } }
        doubles = Evaluator(points, count: ValuePrint.pointCount)
        singles = Evaluator(points.map { $0.map { Float($0) } }, count: ValuePrint.pointCount)
    }

    /// Nil where the program is more than numbers, parameters and primitives, or draws.
    func print(of program: Expr) -> ValuePrint? {
        let isFinite = singles.withOutput(of: program, parameters) { values in
            values.reduce(0 as UInt32) { $0 << 1 | ($1.isFinite ? 1 : 0) }
        }
        guard let isFinite else { return nil }
        return doubles.withOutput(of: program, parameters) { ValuePrint($0, isFinite: isFinite) }
    }
}
