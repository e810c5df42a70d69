import Glibc
import NaslSession

/// Signals. Ctrl-C stops what is computed; pressed again and again while that does not stop, it ends the program. Each signal is also
/// written as a letter into a pipe, which the line editor waits on beside the keyboard: the thread that a signal reaches may be any.
enum Interrupt {
    enum Letter {
        static let interrupt = UInt8(ascii: "C"), resize = UInt8(ascii: "W"), suspend = UInt8(ascii: "Z"), resume = UInt8(ascii: "F")
    }

    nonisolated(unsafe) private static var count: UnsafeMutablePointer<sig_atomic_t> = {
        let pointer = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
        pointer.pointee = 0
        return pointer
    }()
    nonisolated(unsafe) private static var requested: (@Sendable () -> Void)?
    nonisolated(unsafe) private static var patience: sig_atomic_t = 2
    nonisolated(unsafe) private static var terminal = termios()
    nonisolated(unsafe) private static var hasTerminal = false
    /// The pipe: what is read, what is written.
    nonisolated(unsafe) private static var ends: (Int32, Int32) = (-1, -1)

    static var letters: Int32 { ends.0 }

    /// The program ends at Ctrl-C number `patience` that nothing has answered.
    static func install(_ host: SessionHost, patience: Int32 = 2) {
        requested = { host.stop.request() }
        self.patience = patience
        _ = count
        hasTerminal = tcgetattr(0, &terminal) == 0
        var pair: [Int32] = [-1, -1]
        if pipe(&pair) == 0 {
            for end in pair {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
            ends = (pair[0], pair[1])
        }
        handle(SIGINT) { _ in
            Interrupt.count.pointee += 1
            if Interrupt.count.pointee >= Interrupt.patience {
                if Interrupt.hasTerminal { tcsetattr(0, TCSANOW, &Interrupt.terminal) }
                _exit(130)
            }
            Interrupt.requested?()
            Interrupt.note(Letter.interrupt)
        }
    }

    /// For a line editor.
    static func watchTerminal() {
        handle(SIGWINCH) { _ in Interrupt.note(Letter.resize) }
        handle(SIGCONT) { _ in Interrupt.note(Letter.resume) }
    }

    /// While a line is edited Ctrl-Z has to give the terminal back first; else it stops the program as usual.
    static func watchSuspension(_ on: Bool) {
        if on { handle(SIGTSTP) { _ in Interrupt.note(Letter.suspend) } } else { signal(SIGTSTP, SIG_DFL) }
    }

    private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        // Without SA_RESTART, so that a prompt that waits for a line wakes up.
        action.sa_flags = 0
        sigaction(number, &action, nil)
    }

    private static func note(_ letter: UInt8) {
        let saved = errno
        var letter = letter
        _ = write(ends.1, &letter, 1)
        errno = saved
    }

    /// The next letter, if a signal came.
    static func nextLetter() -> UInt8? {
        var letter: UInt8 = 0
        return read(ends.0, &letter, 1) == 1 ? letter : nil
    }

    /// Whether Ctrl-C was pressed since the last call.
    static func take() -> Bool {
        let was = count.pointee > 0
        count.pointee = 0
        return was
    }
}
