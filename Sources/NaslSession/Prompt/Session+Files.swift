import NaslLanguage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `:load`, `:reload`, `:edit`.
extension Session {
    func load(_ argument: String) {
        let path = FileNames.expanded(unquoted(argument))
        if path.isEmpty { return refuse("`:load` needs a file", help: ":load examples/activation.nasl") }
        loaded = path
        imported = []
        _ = run(file: path)
    }

    func reload() {
        guard let loaded else { return refuse("nothing was loaded yet", help: "`:load file` evaluates a script") }
        imported = []
        _ = run(file: loaded)
    }

    private func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }

    /// A file of the user's, or a temporary one that begins with the last entry.
    func edit(_ argument: String) {
        if !argument.isEmpty {
            let path = FileNames.expanded(unquoted(argument))
            if openEditor(on: path) { load(path) }
            return
        }
        var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/nasl-XXXXXX.nasl".utf8CString)
        let file = mkstemps(&template, 5)
        let path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard file >= 0 else { return refuse("no temporary file can be made: \(String(cString: strerror(errno)))") }
        defer { unlink(path) }
        let last = promptFaces.entries().last { !$0.hasPrefix(":") && !$0.hasPrefix("?") } ?? ""
        let bytes = Array((last.isEmpty ? "" : last + "\n").utf8)
        let isWritten = write(file, bytes, bytes.count) == bytes.count
        close(file)
        guard isWritten else { return refuse("the temporary file \(path) cannot be written: \(String(cString: strerror(errno)))") }
        guard openEditor(on: path) else { return }
        reporting { evaluate(try Session.script(path, at: .none), name: "<edited>", echo: .prompt) }
    }

    /// The words of `$VISUAL` or `$EDITOR`, with the file behind them; no shell is involved. False where that failed, which is said.
    private func openEditor(on path: String) -> Bool {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
        let words = (variable("VISUAL") ?? variable("EDITOR") ?? "vi").split(separator: " ").map(String.init)
        guard let program = words.first else { return false }
        var arguments: [UnsafeMutablePointer<CChar>?] = (words + [path]).map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var process = pid_t()
        var error: Int32 = 0
        var status: Int32 = 0
        promptFaces.lendTerminal {
            error = posix_spawnp(&process, program, nil, nil, arguments, environ)
            if error == 0 { while waitpid(process, &status, 0) < 0, errno == EINTR {} }
        }
        if error != 0 {
            refuse("the editor `\(program)` cannot be started: \(String(cString: strerror(error)))", help: "the variable EDITOR names it")
            return false
        }
        if status != 0 {
            refuse("the editor `\(program)` did not end well, so nothing was evaluated")
            return false
        }
        return true
    }
}
