#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import CSpawn
import Synchronization

/// A `nasl worker` and the socket to it. It has a process group of its own, and no shell is involved.
final class WorkerProcess {
    /// What came of waiting for a line.
    enum Event {
        case line([UInt8])
        /// It has ended; the words say how: `SIGSEGV`.
        case ended(Ending)
        case deadline
        /// No line for so long as it may be silent.
        case silent
        case outOfMemory
        case stopped
    }

    enum Ending: Equatable {
        /// Killed by a signal that a program brings upon itself, or an exit that it chose.
        case crashed(String)
        /// SIGKILL, which comes from outside.
        case killed

        /// - Parameters:
        ///   - signal: that ended it; 0 for none.
        ///   - status: its exit status where none did.
        init(signal: Int, status: Int) {
            let names = [SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGTERM: "SIGTERM"]
            switch signal {
            case Int(SIGKILL): self = .killed
            case 0: self = .crashed("it ended its process with status \(status)")
            default: self = .crashed("its process ended with \(Int32(exactly: signal).flatMap { names[$0] } ?? "signal \(signal)")")
            }
        }

        var text: String {
            switch self {
            case .crashed(let how): how
            case .killed: "its process was killed"
            }
        }
    }

    struct Failure: Error {
        let text: String
    }

    let pid: pid_t
    private let socket: Int32
    private var buffer: [UInt8] = []
    private var status: Int32?
    /// Names of tasks that it was given.
    var tasks: Set<String> = []

    private static let starting = Mutex(())

    init(_ command: [String]) throws(Failure) {
        let started: Result<(pid_t, Int32), Failure> = WorkerProcess.starting.withLock { _ in
            var ends: [Int32] = [0, 0]
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return .failure(Failure(text: String(cString: strerror(errno)))) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            var pid = pid_t()
            let code = WorkerProcess.spawn(command, ends[1], &pid)
            close(ends[1])
            guard code == 0 else {
                close(ends[0])
                return .failure(Failure(text: String(cString: strerror(code))))
            }
            return .success((pid, ends[0]))
        }
        (pid, socket) = try started.get()
    }

    deinit { end() }

    private static func spawn(_ command: [String], _ end: Int32, _ pid: inout pid_t) -> Int32 {
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        // Swift's own handler of crashes would take seconds to write a report, and swallow the signal.
        var variables: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no")]
        var entry = environ
        while let variable = entry.pointee {
            if strncmp(variable, "SWIFT_BACKTRACE=", 16) != 0 { variables.append(strdup(variable)) }
            entry += 1
        }
        variables.append(nil)
        defer { for word in words + variables { free(word) } }
        let errors = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard errors >= 0 else { return errno }
        defer { close(errors) }
        return nasl_spawn(&words, &variables, end, end, errors, &pid)
    }

    /// False where it has ended.
    func send(_ message: JSON) -> Bool {
        var bytes = Array((message.written + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if count < 0, errno == EINTR { continue } else { return false }
        }
        return true
    }

    /// The next line, or why there is none.
    ///
    /// - Parameters:
    ///   - deadline: nil for none.
    ///   - silence: seconds that it may write nothing.
    ///   - memory: resident bytes that it may hold; nil for any number.
    func next(deadline: ContinuousClock.Instant?, silence: Double, memory: Int?, isStopped: () -> Bool) -> Event {
        let start = ContinuousClock.now
        while true {
            if let newline = buffer.firstIndex(of: 0x0A) {
                let line = Array(buffer[..<newline])
                buffer.removeSubrange(...newline)
                return .line(line)
            }
            var wait: Int32 = 20
            if let deadline {
                let left = deadline - .now
                if left <= .zero { return .deadline }
                wait = min(wait, Int32(left / .milliseconds(1)) + 1)
            }
            var file = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if poll(&file, 1, wait) > 0 {
                guard gather() else { return .ended(ending()) }
                continue
            }
            if isStopped() { return .stopped }
            if let memory, let held = Memory.held(by: pid), held > memory { return .outOfMemory }
            if TaskRunner.seconds(since: start) > silence { return .silent }
        }
    }

    /// False at the end of what it writes.
    private func gather() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &bytes, bytes.count, 0)
        if count < 0, errno == EINTR { return true }
        guard count > 0 else { return false }
        buffer += bytes[..<count]
        return true
    }

    private func ending() -> Ending {
        end()
        let status = Int(status ?? 0)
        return Ending(signal: status & 0x7F, status: (status >> 8) & 0xFF)
    }

    /// Closes its input, and kills it where it has not ended after `patience` seconds.
    func finish(patience: Double) {
        shutdown(socket, Int32(SHUT_WR))
        let start = ContinuousClock.now
        var found: Int32 = 0
        while status == nil, TaskRunner.seconds(since: start) < patience {
            if waitpid(pid, &found, WNOHANG) == pid {
                kill(-pid, SIGKILL)
                status = found
                close(socket)
            } else {
                // What it still has to say is not read; room for it keeps it from waiting.
                _ = next(deadline: .now + .milliseconds(20), silence: 1, memory: nil, isStopped: { false })
            }
        }
        end()
    }

    /// Kills it and all that it started, unless it has ended; its ending is kept.
    func end() {
        guard status == nil else { return }
        var found: Int32 = 0
        // What has closed its socket is about to end by itself, in the way that is to be told.
        var waited = 0
        while waitpid(pid, &found, WNOHANG) == 0 {
            if waited >= 200 || !isClosed { kill(-pid, SIGKILL) }
            waited += 1
            usleep(1000)
        }
        kill(-pid, SIGKILL)
        status = found
        close(socket)
    }

    /// Whether the other end of the socket is closed.
    private var isClosed: Bool {
        var file = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&file, 1, 0) > 0 && file.revents & Int16(POLLHUP) != 0
    }
}
