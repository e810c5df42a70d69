import CZlib

/// Unpacking of gzip files (RFC 1952) by zlib.
public enum Gzip {
    /// Whether `bytes` begin as a gzip file does.
    public static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

    /// `bytes` unpacked; as they are where they are no gzip file. Several packed parts one after another are joined, as `gunzip` does.
    ///
    /// - Parameters:
    ///   - file: the name for errors.
    ///   - limit: the most that it may unpack to, so that a small file cannot fill the memory.
    public static func unpack(
        _ bytes: [UInt8], file: String, limit: Int = 1 << 32, watch: LoadingWatch = .none
    ) throws(DataError) -> [UInt8] {
        guard isPacked(bytes) else { return bytes }
        var result: [UInt8] = []
        var start = 0
        repeat {
            start += try unpackPart(bytes, from: start, into: &result, file: file, limit: limit, watch: watch)
        } while start + 1 < bytes.count && bytes[start] == 0x1f && bytes[start + 1] == 0x8b
        guard bytes[start...].allSatisfy({ $0 == 0 }) else {
            throw DataError(file: file, found: "\(bytes.count - start) foreign bytes after the packed data", expected: "the end of the gzip file")
        }
        return result
    }

    /// Unpacks the part that begins at `start` and gives its packed length.
    private static func unpackPart(
        _ bytes: [UInt8], from start: Int, into result: inout [UInt8], file: String, limit: Int, watch: LoadingWatch
    ) throws(DataError) -> Int {
        var stream = z_stream()
        // 16: gzip only, with its check sum.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw DataError(file: file, found: "no memory to unpack it", expected: "64 kB")
        }
        defer { inflateEnd(&stream) }
        var taken = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let offered = min(bytes.count - start - taken, 1 << 24)
            let (status, used, made) = bytes.withUnsafeBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { output in
                    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + start + taken })
                    stream.avail_in = UInt32(offered)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, offered - Int(stream.avail_in), output.count - Int(stream.avail_out))
                }
            }
            taken += used
            guard result.count + made <= limit else {
                throw DataError(file: file, found: "more than \(limit) bytes unpacked", expected: "at most that")
            }
            result += chunk[..<made]
            try watch.look(file, "unpacking", done: start + taken, of: bytes.count)
            switch status {
            case Z_STREAM_END: return taken
            case Z_OK where used > 0 || made > 0: continue
            case Z_OK, Z_BUF_ERROR:
                throw DataError(file: file, found: "the end after \(bytes.count) bytes, in the middle of the packed data", expected: "a whole gzip file")
            default:
                let reason = stream.msg.map { String(cString: $0) } ?? "a fault in the packed data"
                throw DataError(file: file, found: "damaged gzip data (\(reason))", expected: "a whole gzip file")
            }
        }
    }
}
