import CSpawn
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One run of a program, without a shell: `input` on its standard input, what it writes is gathered. It has a process group of its
/// own, which is killed as a whole at the end, at the time limit or when `isStopped` says so.
struct ChildProcess {
    enum Ending: Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        case timedOut
        case stopped
        /// More than a megabyte on standard output.
        case tooMuchOutput
    }

    struct Failure: Error {
        /// As `errno` has it.
        let code: Int32
        var text: String { String(cString: strerror(code)) }
    }

    struct Result {
        var ending: Ending
        var output: [UInt8]
        /// The last 64 kB of standard error.
        var errors: [UInt8]
    }

    private static let mostOutput = 1 << 20
    private static let mostErrors = 1 << 16
    /// Between pipes being made and marked, no other child may be started, which would inherit them and hold them open.
    private static let starting = Mutex(())

    static func run(_ arguments: [String], input: [UInt8], timeout: Double, isStopped: () -> Bool) throws(Failure) -> Result {
        var child = try start(arguments)
        // Writing to a child that has gone raises a signal that would end this process.
        var blocked = sigset_t(), previous = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &blocked, &previous)
        defer {
            var none = timespec()
            sigtimedwait(&blocked, nil, &none)
            pthread_sigmask(SIG_SETMASK, &previous, nil)
        }
        let ending = child.attend(input, timeout: timeout, isStopped: isStopped)
        return Result(ending: ending, output: child.output, errors: child.errors)
    }

    // MARK: starting

    private let process: pid_t
    private var toChild: Int32
    private let fromChild: Int32
    private let errorsFromChild: Int32
    private var output: [UInt8] = []
    private var errors: [UInt8] = []

    private init(process: pid_t, toChild: Int32, fromChild: Int32, errorsFromChild: Int32) {
        self.process = process
        self.toChild = toChild
        self.fromChild = fromChild
        self.errorsFromChild = errorsFromChild
    }

    private static func start(_ arguments: [String]) throws(Failure) -> ChildProcess {
        let outcome: Swift.Result<ChildProcess, Failure> = starting.withLock { _ in
            var ends: [Int32] = []
            func closeAll(_ files: [Int32]) { for file in files { close(file) } }
            for _ in 0..<3 {
                var pair: [Int32] = [0, 0]
                guard pipe(&pair) == 0 else {
                    let failure = Failure(code: errno)
                    closeAll(ends)
                    return .failure(failure)
                }
                for file in pair { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
                ends += pair
            }
            var process = pid_t()
            let code = spawn(arguments, input: ends[0], output: ends[3], errors: ends[5], &process)
            closeAll([ends[0], ends[3], ends[5]])
            let ours = [ends[1], ends[2], ends[4]]
            guard code == 0 else {
                closeAll(ours)
                return .failure(Failure(code: code))
            }
            for file in ours { _ = fcntl(file, F_SETFL, O_NONBLOCK) }
            return .success(ChildProcess(process: process, toChild: ours[0], fromChild: ours[1], errorsFromChild: ours[2]))
        }
        return try outcome.get()
    }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32, errors: Int32, _ process: inout pid_t) -> Int32 {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        return nasl_spawn(&words, environ, input, output, errors, &process)
    }

    // MARK: attending

    /// Feeds it and reads from it until it has ended; nothing of its group is left then.
    private mutating func attend(_ input: [UInt8], timeout: Double, isStopped: () -> Bool) -> Ending {
        let start = ContinuousClock.now
        var rest = input[...]
        var status: Int32 = 0
        var ending: Ending?
        while ending == nil {
            feed(&rest)
            wait(hasInput: toChild >= 0)
            let isTooMuch = !gather()
            if waitpid(process, &status, WNOHANG) == process {
                _ = gather()
                kill(-process, SIGKILL)
                closeFiles()
                return ChildProcess.ending(of: status)
            }
            if isTooMuch { ending = .tooMuchOutput }
            if isStopped() { ending = .stopped }
            if TaskRunner.seconds(since: start) > timeout { ending = .timedOut }
        }
        kill(-process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        closeFiles()
        return ending ?? .stopped
    }

    private static func ending(of status: Int32) -> Ending {
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    }

    private mutating func feed(_ rest: inout ArraySlice<UInt8>) {
        guard toChild >= 0 else { return }
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(toChild, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count); continue }
            if errno == EINTR { continue }
            if errno == EAGAIN { return }
            break  // a program need not read what it is given
        }
        close(toChild)
        toChild = -1
    }

    /// Until something can be read or written, a hundredth of a second at most.
    private func wait(hasInput: Bool) {
        var files = [pollfd(fd: fromChild, events: Int16(POLLIN), revents: 0), pollfd(fd: errorsFromChild, events: Int16(POLLIN), revents: 0)]
        if hasInput { files.append(pollfd(fd: toChild, events: Int16(POLLOUT), revents: 0)) }
        let ready = poll(&files, nfds_t(files.count), 10)
        // Both closed, but still running: do not spin.
        if ready > 0, files.allSatisfy({ $0.revents & Int16(POLLIN | POLLOUT) == 0 }) { usleep(2_000) }
    }

    /// Reads what there is; false once that is too much.
    private mutating func gather() -> Bool {
        ChildProcess.read(fromChild, into: &output, atMost: ChildProcess.mostOutput + 1)
        ChildProcess.read(errorsFromChild, into: &errors, atMost: .max)
        if errors.count > ChildProcess.mostErrors { errors.removeFirst(errors.count - ChildProcess.mostErrors) }
        return output.count <= ChildProcess.mostOutput
    }

    private static func read(_ file: Int32, into bytes: inout [UInt8], atMost limit: Int) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        // A program that writes faster than this reads must not keep it here.
        for _ in 0..<64 where bytes.count < limit {
            let count = buffer.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes += buffer[..<count]
        }
    }

    private func closeFiles() {
        for file in [toChild, fromChild, errorsFromChild] where file >= 0 { close(file) }
    }
}

/// `read`, by a name that the type above does not hide.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(file, bytes, count) }
