/// The header of a NumPy array file: versions 1 to 3 of the format (NumPy Enhancement Proposal 1, and `numpy.lib.format`).
///
/// `\x93NUMPY`, the version, the length of the header (2 bytes, since version 2 four; little-endian), then a Python dictionary such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NPYHeader {
    let type: NPYType
    let isFortran: Bool
    let shape: [Int]
    /// Where the numbers begin.
    let end: Int

    init(_ bytes: [UInt8], file: String) throws(DataError) {
        guard bytes.count >= 10, bytes.starts(with: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) else {
            let start = bytes.prefix(6).map { hexadecimal($0) }.joined(separator: " ")
            throw DataError(
                file: file, found: bytes.isEmpty ? "an empty file" : "a file of \(bytes.count) bytes that begins with \(start)",
                expected: "a NumPy array, which begins with 93 4e 55 4d 50 59")
        }
        guard (1...3).contains(bytes[6]) else { throw DataError(file: file, offset: 6, found: "version \(bytes[6]) of the format", expected: "1 to 3") }
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw DataError(file: file, offset: 8, found: "the end of the file", expected: "the length of the header") }
        let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
        guard length <= bytes.count - start else {
            throw DataError(file: file, offset: 8, found: "a header of \(length) bytes in a file of \(bytes.count)", expected: "one that fits")
        }
        guard length <= 1 << 16 else { throw DataError(file: file, offset: 8, found: "a header of \(length) bytes", expected: "at most 65,536") }
        end = start + length
        var reader = PythonLiteral(bytes, from: start, to: end, file: file)
        (type, isFortran, shape) = try reader.arrayDescription()
    }
}

/// The kinds of numbers, little-endian.
enum NPYType: String, CaseIterable {
    case bool = "b1", int8 = "i1", uint8 = "u1", int16 = "i2", uint16 = "u2", int32 = "i4", uint32 = "u4", int64 = "i8", uint64 = "u8"
    case float = "f4", double = "f8"

    var width: Int { Int(rawValue.utf8.last ?? 49) - 48 }
    var isInteger: Bool { self != .float && self != .double }
    /// Whether single precision holds every one exactly.
    var fitsFloat: Bool { width <= 2 || self == .float }

    @inline(__always)
    func value(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Double {
        switch self {
        case .bool: bytes[start] == 0 ? 0 : 1
        case .uint8: Double(bytes[start])
        case .int8: Double(Int8(bitPattern: bytes[start]))
        case .int16: Double(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int16.self)))
        case .uint16: Double(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt16.self)))
        case .int32: Double(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int32.self)))
        case .uint32: Double(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        case .int64: Double(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int64.self)))
        case .uint64: Double(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
        case .float: Double(Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))))
        case .double: Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
        }
    }
}
