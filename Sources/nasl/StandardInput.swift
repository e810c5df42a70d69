import Glibc

enum StandardInput {
    /// All that is left.
    static func read() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(0, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] } else if count < 0, errno == EINTR { continue } else { return bytes }
        }
    }
}
