#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Names of files as the user writes them.
enum DataPath {
    /// `path` with `~` or `~/` at its start replaced by the user's folder. Others are relative to the current folder.
    static func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }

    /// The name of a data set from `path`: without folders, `.gz` and the ending; `iris` for `data/iris.csv.gz`.
    static func name(of path: String) -> String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = String(name[..<dot]) }
        return name.isEmpty ? "data" : name
    }
}
