import CEditLine
import Glibc

/// What is asked of and told to the terminal directly, beside the line editor.
enum Terminal {
    static let name = getenv("TERM").map { String(cString: $0) } ?? "dumb"

    /// Whether a line can be edited here: both ends are a terminal that can move its cursor.
    static var canEdit: Bool { isatty(0) == 1 && isatty(1) == 1 && name != "dumb" && !name.isEmpty }

    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Columns that a character takes; negative for control characters and what the locale cannot show.
    static func cells(_ scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? (scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : -1) : Int(editline_cells(scalar.value))
    }

    static func send(_ text: String) {
        editline_flush()
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    /// While something is computed, what is typed is not shown, so that it does not run into the output, and Ctrl-C throws away nothing of
    /// that output. False gives the terminal back as it was.
    static func setComputing(_ on: Bool) {
        var mode = termios()
        guard tcgetattr(0, &mode) == 0 else { return }
        if on {
            mode.c_lflag = mode.c_lflag & ~tcflag_t(ECHO) | tcflag_t(NOFLSH)
        } else {
            mode.c_lflag = mode.c_lflag & ~tcflag_t(NOFLSH) | tcflag_t(ECHO)
        }
        tcsetattr(0, TCSANOW, &mode)
    }

    /// Whether something was typed that has not been read.
    static var hasInput: Bool {
        var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) > 0
    }

    /// A locale whose characters are UTF-8; the line editor reads by it.
    static func useUTF8() {
        setlocale(LC_CTYPE, "")
        let codes = nl_langinfo(Int32(CODESET)).map { String(cString: $0) }
        if codes != "UTF-8", setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "en_US.UTF-8") }
    }
}
