#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the process holds, and what the machine has.
public enum Memory {
    /// Bytes of the machine, or of the container if that is less.
    public static let usable: Int = {
        let pages = sysconf(Int32(_SC_PHYS_PAGES)), size = sysconf(Int32(_SC_PAGESIZE))
        let physical = pages > 0 && size > 0 ? pages * size : 8 << 30
        // Empty or "max" where there is no container.
        return min(physical, firstNumber(in: "/sys/fs/cgroup/memory.max") ?? .max)
    }()

    /// Bytes that are resident now; nil where the system does not tell.
    static var held: Int? { held(in: "/proc/self/statm") }

    /// The same of another process.
    static func held(by process: pid_t) -> Int? { held(in: "/proc/\(process)/statm") }

    private static func held(in path: String) -> Int? {
        // The second number of statm is the resident pages.
        guard let pages = firstNumber(in: path, skipping: 1) else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// `6.1 GB`.
    static func text(_ bytes: Int) -> String { "\(fixed(Double(bytes) / 1e9, 1)) GB" }

    private static func firstNumber(in path: String, skipping count: Int = 0) -> Int? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = read(file, &buffer, buffer.count)
        guard length > 0 else { return nil }
        let words = buffer[..<length].split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
        return words.count > count ? Int(String(decoding: words[count], as: UTF8.self)) : nil
    }
}
