/// A tensor in the IDX format of the MNIST family: two zero bytes, a type, the number of axes, their lengths (big-endian), the values.
///
///     let images = try IDX(bytes, file: "train-images-idx3-ubyte")
///     images.shape   // [4000, 14, 14]
public struct IDX: Sendable {
    public let shape: [Int]
    /// Row-major.
    public let values: [Float]
    /// Whether the file declares whole numbers.
    let isInteger: Bool
    /// Whether the file declares bytes, as pictures are.
    let isBytes: Bool

    /// - Parameter file: the name for errors.
    public init(_ bytes: [UInt8], file: String) throws(DataError) {
        func refuse(_ found: String, _ expected: String) -> DataError { DataError(file: file, found: found, expected: expected) }
        guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, let kind = Kind(rawValue: bytes[2]) else {
            let start = bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
            throw refuse(bytes.isEmpty ? "an empty file" : "a file that begins with \(start)", "an IDX file, which begins with 00 00 and a type 08 to 0e")
        }
        let axes = Int(bytes[3])
        guard (1...4).contains(axes) else { throw refuse("\(axes) axes", "1 to 4") }
        let header = 4 + 4 * axes
        guard bytes.count >= header else { throw refuse("\(bytes.count) bytes", "a header of \(header)") }
        let shape = (0..<axes).map { axis in (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * axis + $1]) } }
        // An axis without length must not hide others that are beyond all measure.
        guard let most = LoadingOptions.product(shape.map { max(1, $0) }), most <= Numbers.limit else {
            throw refuse("the shape \(shape)", "one that fits in memory")
        }
        let count = shape.contains(0) ? 0 : most
        guard bytes.count == header + count * kind.width else {
            throw refuse("\(bytes.count) bytes", "\(header + count * kind.width), for the shape \(shape)")
        }
        self.shape = shape
        isInteger = kind != .float && kind != .double
        isBytes = kind == .unsignedByte
        values = (0..<count).map { kind.value(bytes, at: header + $0 * kind.width) }
    }

    /// The types of values, as the format numbers them.
    private enum Kind: UInt8 {
        case unsignedByte = 0x08, signedByte = 0x09, short = 0x0b, int = 0x0c, float = 0x0d, double = 0x0e

        var width: Int {
            switch self {
            case .unsignedByte, .signedByte: 1
            case .short: 2
            case .int, .float: 4
            case .double: 8
            }
        }

        func value(_ bytes: [UInt8], at start: Int) -> Float {
            if self == .unsignedByte { return Float(bytes[start]) }
            let bits = (0..<width).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[start + $1]) }
            switch self {
            case .unsignedByte: return Float(bits)
            case .signedByte: return Float(Int8(truncatingIfNeeded: bits))
            case .short: return Float(Int16(truncatingIfNeeded: bits))
            case .int: return Float(Int32(truncatingIfNeeded: bits))
            case .float: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            case .double: return Float(Double(bitPattern: bits))
            }
        }
    }
}

/// Two hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
