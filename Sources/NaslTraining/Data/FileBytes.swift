import CZlib

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The content of whole files.
public enum FileBytes {
    /// The largest file that is read, 2 GB.
    public static let limit = 1 << 31

    /// The bytes of the file at `path`, unpacked if they are gzip.
    public static func unpacked(at path: String, watch: LoadingWatch = .none) throws(DataError) -> [UInt8] {
        try Gzip.unpack(read(at: path, watch: watch), file: path, watch: watch)
    }

    /// The bytes of the file at `path` as they are; `~` at its start is the user's folder.
    public static func read(at path: String, watch: LoadingWatch = .none) throws(DataError) -> [UInt8] {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw DataError(file: "\"\(path.prefix { $0 != "\0" })\"", found: path.isEmpty ? "an empty name" : "a name with a zero byte", expected: "the name of a file")
        }
        // A pipe that nobody writes to would be waited for without O_NONBLOCK.
        let descriptor = open(DataPath.expanded(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        // Only regular files: a directory cannot be read, and a pipe or device may never end.
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "something that is no ordinary file"
            throw DataError(file: path, found: kind, expected: "a data file")
        }
        guard status.st_size <= limit else {
            throw DataError(file: path, found: "\(status.st_size) bytes", expected: "at most \(limit)")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                readSome(descriptor, buffer.baseAddress.map { $0 + filled }, min(buffer.count - filled, 1 << 24))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path, errno)
            }
            if count == 0 { break }
            filled += count
            try watch.look(path, "reading", done: filled, of: bytes.count)
        }
        // A file that was cut while it was read.
        bytes.removeLast(bytes.count - filled)
        watch.hasRead(path, content(bytes))
        return bytes
    }

    /// The length and the checksum of a file, which tell whether it is the same as before.
    private static func content(_ bytes: [UInt8]) -> String {
        let sum = bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        let digits = String(sum, radix: 16)
        return "\(bytes.count) bytes, CRC-32 \(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }

    /// Whether there is an ordinary file at `path`.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func failure(_ path: String, _ code: Int32) -> DataError {
        DataError(file: path, found: code == ENOENT ? "no such file" : String(cString: strerror(code)).lowercased(), expected: "a file that can be read")
    }
}

/// `read` of the C library, whose name the functions above take.
private func readSome(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
