#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which process works on a run. It holds the run until it lets go or ends; of a process that was killed nothing is left to clear away,
/// since whether it lives is asked of the system.
public struct Holder: Sendable, Hashable {
    public let pid: Int
    public let host: String
    /// Of the machine's start and of the process, so that a number given to another process is not mistaken for it; empty where the
    /// system does not tell.
    let birth: String
    /// Seconds since 1970.
    public let since: Double

    /// This process.
    static func current() -> Holder {
        let pid = Int(getpid())
        return Holder(pid: pid, host: hostName, birth: birth(of: pid), since: now())
    }

    /// In a column: `4711 laptop 1764200000.5 b1e0..-8123`.
    var text: String { "\(pid) \(host) \(since) \(birth)" }

    init(pid: Int, host: String, birth: String, since: Double) {
        self.pid = pid
        self.host = host
        self.birth = birth
        self.since = since
    }

    init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, let pid = Int(words[0]), let since = Double(words[2]) else { return nil }
        self.init(pid: pid, host: words[1], birth: words[3], since: since)
    }

    /// Whether it is another process that may still work on the run. A process on another machine cannot be asked: it counts as alive
    /// while it has written, at `changed`, in the last minute.
    func isAnotherAlive(changed: Double) -> Bool {
        guard host == Holder.hostName else { return Holder.now() - changed < 60 }
        if pid == Int(getpid()) { return false }
        guard let number = pid_t(exactly: pid), number > 0 else { return false }
        if kill(number, 0) != 0, errno == ESRCH { return false }
        return birth == Holder.birth(of: pid)
    }

    /// `process 4711 on laptop, since 2026-11-27 02:10:03 UTC`.
    public var description: String { "process \(pid) on \(host), since \(timeText(since))" }

    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    static let hostName: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "?" }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.isEmpty || text.contains(" ") ? "?" : text
    }()

    /// The start of the machine, and of the process after it.
    private static func birth(of pid: Int) -> String {
        let boot = start(of: "/proc/sys/kernel/random/boot_id").split(separator: "\n").first.map(String.init) ?? ""
        // The name in brackets may hold anything; the 20th word behind it is the time of the start.
        let words = start(of: "/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return words.count > 19 ? "\(boot)-\(words[19])" : ""
    }

    /// The first bytes of a file; empty where there is none.
    private static func start(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let length = read(file, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer[..<length], as: UTF8.self) : ""
    }
}

/// `2026-11-27 02:10:03 UTC`, of seconds since 1970.
public func timeText(_ seconds: Double) -> String {
    guard var time = time_t(exactly: seconds.rounded(.down)) else { return "?" }
    var parts = tm()
    gmtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(1900 + parts.tm_year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) UTC"
}
