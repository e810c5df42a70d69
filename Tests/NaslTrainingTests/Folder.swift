import NaslTraining

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder for the files of one test, removed with its content when it is let go.
final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/nasl-data-XXXXXX".utf8CString)
        path = mkdtemp(&template) == nil ? "/tmp" : String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        guard path != "/tmp", let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            unlink("\(path)/\(name)")
        }
        closedir(folder)
        rmdir(path)
    }

    /// Writes a file and gives its path.
    func file(_ name: String, _ bytes: [UInt8]) -> String {
        let path = "\(path)/\(name)"
        guard let file = fopen(path, "wb") else { return path }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return path
    }

    func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

    /// What the loader says, without the name of the folder.
    func refusal(_ body: () throws -> DataSet) -> String {
        let message = performing { _ = try body() }
        return message.split(separator: "\(path)/", omittingEmptySubsequences: false).joined()
    }
}

/// Little-endian bytes.
func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

/// One after the other.
func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

/// A NumPy file made by hand.
func npy(_ type: String, _ shape: String, fortran: Bool = false, version: UInt8 = 1, _ content: [UInt8]) -> [UInt8] {
    npy(header: "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }", version: version, content)
}

func npy(header: String, version: UInt8 = 1, _ content: [UInt8]) -> [UInt8] {
    var header = Array(header.utf8)
    let start = version == 1 ? 10 : 12
    while (start + header.count + 1) % 64 != 0 { header.append(32) }
    header.append(10)
    let length = version == 1 ? littleEndian(UInt16(header.count)) : littleEndian(UInt32(header.count))
    return joined([0x93], Array("NUMPY".utf8), [version, 0], length, header, content)
}

/// An IDX file of bytes.
func idx(_ shape: [Int], _ values: [UInt8]) -> [UInt8] {
    joined([0, 0, 8, UInt8(shape.count)], shape.flatMap { littleEndian(UInt32($0).byteSwapped) }, values)
}

/// The check sum of ZIP and gzip, bit by bit.
func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 {
            let isOdd = sum & 1 == 1
            sum >>= 1
            if isOdd { sum ^= 0xedb8_8320 }
        }
    }
    return ~sum
}

/// A deflated stream of one stored block.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(truncatingIfNeeded: bytes.count)
    return joined([1], littleEndian(count), littleEndian(~count), bytes)
}

/// A gzip file.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    joined([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], deflated(bytes), littleEndian(checksum(bytes)), littleEndian(UInt32(bytes.count)))
}

/// A member of an archive: its packed bytes and the method, of the content given.
struct ZipMember {
    var name: String
    var content: [UInt8]
    var method: UInt16 = 0
    var packed: [UInt8]?
    var flags: UInt16 = 0
}

/// A ZIP archive; the sizes in the local headers are unknown, as NumPy leaves them.
func zip(_ members: [ZipMember], comment: String = "") -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
        let packed = member.packed ?? member.content
        let start = bytes.count
        let name = Array(member.name.utf8)
        let common = joined(littleEndian(member.flags), littleEndian(member.method), [0, 0, 0, 0], littleEndian(checksum(member.content)))
        let nameLength = littleEndian(UInt16(name.count))
        let unknown = [UInt8](repeating: 255, count: 8), extra = [UInt8](repeating: 7, count: 20)
        bytes += joined([0x50, 0x4b, 3, 4, 45, 0], common, unknown, nameLength, [20, 0], name, extra, packed)
        let sizes = joined(littleEndian(UInt32(packed.count)), littleEndian(UInt32(member.content.count)))
        let rest = [UInt8](repeating: 0, count: 12)
        directory += joined([0x50, 0x4b, 1, 2, 45, 0, 45, 0], common, sizes, nameLength, rest, littleEndian(UInt32(start)), name)
    }
    let place = littleEndian(UInt32(bytes.count)), length = littleEndian(UInt32(directory.count))
    let count = littleEndian(UInt16(members.count))
    bytes += joined(directory, [0x50, 0x4b, 5, 6, 0, 0, 0, 0], count, count, length, place, littleEndian(UInt16(comment.utf8.count)), Array(comment.utf8))
    return bytes
}
