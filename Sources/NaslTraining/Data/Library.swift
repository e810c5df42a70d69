#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the files of the library are.
public enum Library {
    /// The path of the data file `file`.
    ///
    /// Looked at in turn: `$NASL_HOME/data`, `share/nasl/data` beside the folder of the executable, `stdlib/data` in every folder above
    /// the executable (a source checkout), `stdlib/data` in the current folder.
    public static func locate(_ file: String) throws(DataError) -> String {
        let folders = folders(home: getenv("NASL_HOME").map { String(cString: $0) }, executable: executable)
        for folder in folders where FileBytes.exists("\(folder)/\(file)") { return "\(folder)/\(file)" }
        let looked = folders.filter { !$0.hasSuffix("stdlib/data") }.map { "`\($0)`" }.joined(separator: ", ")
        throw DataError(
            file: file, found: "no such file in \(looked) or any `stdlib/data`",
            expected: "it in one of these; set NASL_HOME to the folder that holds `data`")
    }

    /// The path of a page of the manual, such as `errors/N0107.md`: looked at in the same places, of a checkout in `docs`. Nil where
    /// there is none.
    public static func page(_ file: String) -> String? {
        let folders = folders(home: getenv("NASL_HOME").map { String(cString: $0) }, executable: executable, installed: "docs", inCheckout: "docs")
        return folders.map { "\($0)/\(file)" }.first(where: FileBytes.exists)
    }

    /// The folders that are looked at, first to last.
    package static func folders(home: String?, executable: String, installed: String = "data", inCheckout: String = "stdlib/data") -> [String] {
        var result: [String] = []
        if let home, !home.isEmpty { result.append("\(home)/\(installed)") }
        var above = parent(executable)
        if !above.isEmpty { result.append("\(parent(above))/share/nasl/\(installed)") }
        while !above.isEmpty {
            result.append("\(above)/\(inCheckout)")
            above = parent(above)
        }
        result.append(inCheckout)
        return result
    }

    /// The folder that holds `path`; empty at the root.
    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The real path of the running program, links resolved; empty where it is not known.
    private static var executable: String {
        #if os(Linux)
        let link = "/proc/self/exe"
        #else
        var length = UInt32(4096)
        var buffer = [CChar](repeating: 0, count: 4096)
        guard _NSGetExecutablePath(&buffer, &length) == 0 else { return "" }
        let link = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #endif
        guard let resolved = realpath(link, nil) else { return "" }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
