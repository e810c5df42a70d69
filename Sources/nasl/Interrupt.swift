import Glibc
import NaslSession

/// Ctrl-C: the first stops what is computed, a second while it still runs ends the program.
enum Interrupt {
    nonisolated(unsafe) private static var flag: UnsafeMutablePointer<sig_atomic_t> = {
        let pointer = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
        pointer.pointee = 0
        return pointer
    }()
    nonisolated(unsafe) private static var requested: (@Sendable () -> Void)?

    static func install(_ host: SessionHost) {
        requested = { host.stop.request() }
        _ = flag
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            if Interrupt.flag.pointee >= 2 { _exit(130) }
            Interrupt.flag.pointee += 1
            Interrupt.requested?()
        }
        // Without SA_RESTART, so that a prompt that waits for a line wakes up.
        action.sa_flags = 0
        sigaction(SIGINT, &action, nil)
    }

    /// Whether Ctrl-C was pressed since the last call.
    static func take() -> Bool {
        let was = flag.pointee > 0
        flag.pointee = 0
        return was
    }
}
