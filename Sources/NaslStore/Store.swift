import GRDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file with the runs of a project: an SQLite database with a write-ahead log, whose tables `docs/store.md` describes.
///
///     let store = try Store(path: "nasl.sqlite", for: .writing)
///     for run in try store.runs() { print(run.name, run.trials) }
///
/// A file that is no store, is damaged or was written by a newer version is refused and left as it is.
public final class Store: Sendable {
    public enum Access: Sendable {
        /// The file has to be there, and nothing is written.
        case reading
        /// The file is made where there is none, and brought to the newest schema.
        case writing
    }

    public let path: String
    public let access: Access
    let queue: DatabaseQueue

    public init(path: String, for access: Access) throws(StoreError) {
        self.path = path
        self.access = access
        do {
            try Store.checkFile(path, access)
            queue = try Store.connect(path, access)
            try queue.writeWithoutTransaction { db in try Store.check(db, path) }
            if access == .writing {
                try queue.writeWithoutTransaction { db in
                    try Store.keepLog(db)
                    // A commit is on the disk when it returns, after a loss of power, too.
                    try db.execute(sql: "PRAGMA synchronous = FULL")
                    try Schema.bringUp(db)
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func connect(_ path: String, _ access: Access) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.readonly = access == .reading
        configuration.label = "nasl.store"
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            if access == .reading { try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") } }
            return queue
        } catch let error as DatabaseError where access == .reading && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            // In a folder that cannot be written the log has no place; without one the file is whole as it stands.
            guard systemAccess("\(path)-wal", F_OK) != 0 else { throw error }
            return try DatabaseQueue(path: "file:\(uriPath(path))?immutable=1", configuration: configuration)
        }
    }

    /// Turns the write-ahead log on. For that SQLite needs the file alone, and does not wait for it.
    private static func keepLog(_ db: Database) throws {
        for attempt in 0... {
            do {
                return try db.execute(sql: "PRAGMA journal_mode = WAL")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempt < 1000 {
                usleep(10_000)
            }
        }
    }

    private static func uriPath(_ path: String) -> String {
        path.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "/._-".unicodeScalars.contains(scalar))
            return isPlain ? String(scalar) : "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }.joined()
    }

    /// What can be seen before anything is opened.
    private static func checkFile(_ path: String, _ access: Access) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if access == .reading { throw StoreError("there is no store `\(path)`", help: "`search(task, save: \"name\")` makes one; `--store FILE` names another") }
            return
        }
        if status.st_mode & S_IFMT == S_IFDIR { throw StoreError("`\(path)` is a folder, not a store") }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StoreError("the store `\(path)` cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 16)
        let count = systemRead(file, &header, 16)
        if count > 0, header.prefix(count) != Array("SQLite format 3\0".utf8)[...] {
            throw StoreError("`\(path)` is no store of nasl: it does not begin as one", help: "nothing was changed in it; `--store FILE` names another")
        }
    }

    /// Whether it is a store of this version or an older one, or still empty.
    private static func check(_ db: Database, _ path: String) throws {
        let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Schema.version(of: db)
        // An earlier nasl that was killed while it made a store may have left this one on its own.
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
        if id == 0, version == 0, tables == 0 { return }
        if id != Schema.applicationID {
            throw StoreError("`\(path)` is a database of another program, no store of nasl", help: "nothing was changed in it; `--store FILE` names another")
        }
        if version < 0 { throw StoreError.damaged(path, "its schema is \(version)") }
        if version > Schema.version {
            throw StoreError("the store `\(path)` was written by a newer nasl: its schema is \(version), this one knows up to \(Schema.version)",
                             help: "nothing was changed in it; use the newer nasl, or another file with `--store`")
        }
    }

    /// `body` in one transaction, on the store's own thread.
    func write<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do { return try queue.write(body) } catch { throw StoreError(error, path: path) }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do { return try queue.read(body) } catch { throw StoreError(error, path: path) }
    }
}

/// By names that the type above does not hide.
private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int { read(file, bytes, count) }
private func systemAccess(_ path: String, _ mode: Int32) -> Int32 { access(path, mode) }
