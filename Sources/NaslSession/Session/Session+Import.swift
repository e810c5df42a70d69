import NaslExpr
import NaslLanguage
import NaslLibrary

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Session {
    /// Runs a script from a file; false if it failed, after its message was written.
    public func run(file path: String, echo: Echo = .script) -> Bool {
        do throws(Fault) {
            return evaluate(try Session.script(path, at: .none), name: path, echo: echo)
        } catch {
            report(error.diagnostic)
            return false
        }
    }

    static func script(_ path: String, at range: SourceRange) throws(Fault) -> [UInt8] {
        do { return try ScriptFile.read(path) } catch { throw .file(error.description, at: range) }
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[...slash])
    }

    /// What the names of files begin with that come with nasl.
    static let libraryFolder = "<library>/"

    /// What `import "file"` means: a path relative to the script that imports, or else a script of the library.
    static func imported(_ file: String, directory: String, at range: SourceRange) throws(Fault) -> (path: String, text: [UInt8]) {
        let path = file.hasPrefix("/") ? file : directory + file
        if let text = NaslLibrary.scripts[file], !ScriptFile.exists(path) { return (libraryFolder + file, text) }
        do {
            return (path, try ScriptFile.read(path))
        } catch {
            let near = NaslLibrary.scripts["nasl/" + file] == nil ? suggestion(for: file, among: NaslLibrary.scripts.keys.sorted()) : "nasl/" + file
            throw .file(error.description, help: near.map { ["the library has `\($0)`"] } ?? [], at: range)
        }
    }

    /// `import "file"`: evaluates the file once.
    func importFile(_ file: String, directory: String, at range: SourceRange) throws {
        let (path, text) = try Session.imported(file, directory: directory, at: range)
        if imported.contains(path) { return }
        if let start = importing.firstIndex(of: path) {
            throw Fault.file("`\(file)` imports itself", help: ["the way round: \((importing[start...] + [path]).joined(separator: " -> "))"], at: range)
        }
        importing.append(path)
        defer { importing.removeLast() }
        let source = sources.add(name: path, bytes: text)
        let (program, diagnostics) = Parser.parse(source)
        for diagnostic in diagnostics { report(diagnostic) }
        if diagnostics.contains(where: { $0.severity == .error }) { throw Fault.file("`\(file)` cannot be imported: it has mistakes", at: range) }
        try execute(program, directory: Session.directory(of: path), echo: .nothing)
        imported.insert(path)
    }
}

/// Scripts as files.
public enum ScriptFile {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The bytes of a script; else why there are none, in words that name the file.
    public static func read(_ path: String) throws(Failure) -> [UInt8] {
        if let data = FileManager.default.contents(atPath: path) { return Array(data) }
        var isFolder = false
        if let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType { isFolder = type == .typeDirectory }
        if isFolder { throw Failure(description: "`\(path)` is a folder, not a script") }
        throw Failure(description: FileManager.default.fileExists(atPath: path) ? "`\(path)` cannot be read" : "there is no file `\(path)`")
    }

    /// Replaces the whole file at once, so that a crash leaves the old one; its permissions stay.
    public static func write(_ text: String, to path: String) throws(Failure) {
        let permissions = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path).resolvingSymlinksInPath(), options: .atomic)
            if let permissions { try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path) }
        } catch {
            throw Failure(description: "`\(path)` cannot be written")
        }
    }
}
