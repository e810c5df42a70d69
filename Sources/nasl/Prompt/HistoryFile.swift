import CEditLine
import Glibc

/// The entries of this and earlier conversations, in libedit's list and in a file: one line each, with `\n` for a newline and `\\` for a
/// backslash. A file that cannot be written costs one message.
final class HistoryFile {
    let list: OpaquePointer?
    private(set) var entries: [String] = []
    private let console: Console
    private let path: String?
    private var isWriting = true

    private static let most = 5_000

    init(_ console: Console) {
        self.console = console
        list = history_init()
        editline_history_size(list, Int32(HistoryFile.most))
        path = HistoryFile.place()
        load()
    }

    func add(_ entry: String) {
        guard entry.contains(where: { !$0.isWhitespace }), entry != entries.last else { return }
        entries.append(entry)
        editline_history_enter(list, Gutter.added(to: entry))
        guard isWriting, let path else { return }
        do {
            try append(entry, to: path)
        } catch {
            isWriting = false
            console.report("The history is kept in this conversation only: \(path) cannot be written (\(error.text)).")
        }
    }

    /// `$XDG_STATE_HOME/nasl/history`, usually `~/.local/state/nasl/history`; nil where there is no home.
    private static func place() -> String? {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } }
        return (variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }).map { $0 + "/nasl/history" }
    }

    private struct Failure: Error {
        let text: String
        init() { text = String(cString: strerror(errno)) }
    }

    private func append(_ entry: String, to path: String) throws(Failure) {
        makeFolders(of: path)
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure() }
        defer { Glibc.close(file) }
        let end = lseek(file, 0, SEEK_END)
        let bytes = Array((HistoryFile.escaped(entry) + "\n").utf8)
        let count = write(file, bytes, bytes.count)
        guard count == bytes.count else {
            if count >= 0 { errno = ENOSPC }
            let failure = Failure()
            // Half an entry is none.
            if count > 0, end >= 0 { _ = ftruncate(file, end) }
            throw failure
        }
    }

    private func makeFolders(of path: String) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            mkdir(folder, 0o700)
        }
    }

    private func load() {
        guard let path, let bytes = HistoryFile.contents(path) else { return }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        for line in lines.suffix(HistoryFile.most) {
            let entry = HistoryFile.unescaped(String(decoding: line, as: UTF8.self))
            guard !entry.contains("\0") else { continue }
            entries.append(entry)
            editline_history_enter(list, Gutter.added(to: entry))
        }
        if lines.count > 2 * HistoryFile.most { shorten(path) }
    }

    /// Only the newest entries, in place of the file.
    private func shorten(_ path: String) {
        let other = path + ".new"
        let file = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = Array(entries.map { HistoryFile.escaped($0) + "\n" }.joined().utf8)
        let isWhole = write(file, bytes, bytes.count) == bytes.count
        Glibc.close(file)
        if isWhole { rename(other, path) } else { unlink(other) }
    }

    private static func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { Glibc.close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] } else { return bytes }
        }
    }

    private static func escaped(_ entry: String) -> String { entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") }

    private static func unescaped(_ line: String) -> String {
        var result = ""
        var rest = line[...]
        while let character = rest.popFirst() {
            guard character == "\\" else { result.append(character); continue }
            switch rest.popFirst() {
            case "n": result.append("\n")
            case let other?: result.append(other)
            case nil: break
            }
        }
        return result
    }
}
