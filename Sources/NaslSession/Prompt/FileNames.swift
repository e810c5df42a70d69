#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Names of files, for completion.
enum FileNames {
    /// What the last part of `typed`, a path that ends at `offset`, may become; a folder ends in a slash.
    static func completions(of typed: String, endingAt offset: Int) -> [Completion] {
        let slash = typed.lastIndex(of: "/")
        let folder = slash.map { String(typed[...$0]) } ?? ""
        let name = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
        let start = offset - name.utf8.count
        return entries(of: expanded(folder.isEmpty ? "./" : folder))
            .filter { $0.name.hasPrefix(name) && (!$0.name.hasPrefix(".") || name.hasPrefix(".")) }
            .map { Completion(start: start, text: $0.isFolder ? $0.name + "/" : $0.name) }
            .sorted { $0.text < $1.text }
    }

    /// With the home folder for a leading `~`.
    static func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst()
    }

    private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var found: [(String, Bool)] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name == "." || name == ".." { continue }
            var status = stat()
            let isFolder = stat(folder + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            found.append((name, isFolder))
        }
        return found
    }
}
