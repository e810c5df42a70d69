import NaslExpr
import NaslLanguage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Session {
    /// Runs a script from a file; false if it failed, after its message was written.
    public func run(file path: String, echo: Echo = .script) -> Bool {
        do {
            return evaluate(try readScript(path, at: .none), name: path, echo: echo)
        } catch let fault as Fault {
            report(fault.diagnostic)
        } catch {
            host.report("error: \(error)")
        }
        return false
    }

    func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return String(path[...slash])
    }

    /// `import "file"`: evaluates the file once, its path relative to the file that imports it.
    func importFile(_ file: String, directory: String, at range: SourceRange) throws {
        let path = file.hasPrefix("/") ? file : directory + file
        if imported.contains(path) { return }
        if let start = importing.firstIndex(of: path) {
            throw Fault.file("`\(file)` imports itself", help: ["the way round: \((importing[start...] + [path]).joined(separator: " -> "))"], at: range)
        }
        let text = try readScript(path, at: range)
        importing.append(path)
        defer { importing.removeLast() }
        let source = sources.add(name: path, bytes: text)
        let (program, diagnostics) = Parser.parse(source)
        for diagnostic in diagnostics { report(diagnostic) }
        if diagnostics.contains(where: { $0.severity == .error }) { throw Fault.file("`\(file)` cannot be imported: it has mistakes", at: range) }
        try execute(program, directory: self.directory(of: path), echo: .nothing)
        imported.insert(path)
    }

    func readScript(_ path: String, at range: SourceRange) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            var isFolder = false
            if let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType { isFolder = type == .typeDirectory }
            if isFolder { throw Fault.file("`\(path)` is a folder, not a script", at: range) }
            throw Fault.file(FileManager.default.fileExists(atPath: path) ? "`\(path)` cannot be read" : "there is no file `\(path)`", at: range)
        }
        return Array(data)
    }
}
