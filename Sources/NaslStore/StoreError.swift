import GRDB

/// Why a store cannot be used as wished: what is so, and what can be done about it.
public struct StoreError: Error, CustomStringConvertible {
    public let title: String
    public let help: [String]

    init(_ title: String, help: String...) {
        self.title = title
        self.help = help
    }

    public var description: String { title }

    /// The same for what SQLite reports; `path` is the store's.
    init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        if error is MisreadColumn {
            self = .damaged(path, "\(error)")
            return
        }
        guard let error = error as? DatabaseError else {
            self.init("the store `\(path)` cannot be used: \(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init("the disk is full: the store `\(path)` cannot grow", help: "what was written before is kept; make room, then `resume` goes on")
        case .SQLITE_IOERR:
            self.init("the store `\(path)` cannot be written: the disk is full, or a limit on the size of files is reached, or it fails",
                      help: "what was written before is kept; make room, then `resume` goes on")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init("the store `\(path)` cannot be written: it, or its folder, is read-only", help: "`--store FILE` names another place")
        case .SQLITE_CANTOPEN:
            self.init("the store `\(path)` cannot be opened: its folder is missing or may not be written", help: "`--store FILE` names another place")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .damaged(path, error.message ?? "its pages make no sense")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init("the store `\(path)` is busy: another process has been writing to it for long")
        default:
            self.init("the store `\(path)` cannot be used: \(error.message ?? "\(error.resultCode)")")
        }
    }

    static func damaged(_ path: String, _ what: String) -> StoreError {
        StoreError("the store `\(path)` is damaged: \(what)",
                   help: "nothing was changed in it; go on from a copy, or save under `--store` with another file",
                   "`sqlite3 \(path) .recover` may save what is left")
    }
}
