import NaslLanguage
import NaslSession

/// One file of `nasl fmt`.
enum FileFormatting {
    static let width = Formatter.width

    /// False where there is something to complain about, which is said.
    static func run(_ file: String, isCheck: Bool, _ console: Console) -> Bool {
        let bytes: [UInt8]
        do {
            bytes = try file == "-" ? StandardInput.read() : ScriptFile.read(file)
        } catch {
            console.report("\(error)")
            return false
        }
        var sources = SourceMap()
        let source = sources.add(name: file == "-" ? "<stdin>" : file, bytes: bytes)
        switch Formatter.format(source) {
        case .mistakes(let mistakes):
            console.report(DiagnosticRenderer(sources: sources, isColoured: console.hasColor).render(mistakes))
            return false
        case .changed:
            console.report("`\(source.name)` was left as it is: its common form would not mean the same. Please report this.")
            return false
        case .text(let text) where Array(text.utf8) == bytes:
            if file == "-", !isCheck { console.write(raw: text) }
            return true
        case .text(let text):
            if isCheck {
                console.write("\(source.name) is not in the common form")
                return false
            }
            if file == "-" {
                console.write(raw: text)
                return true
            }
            do {
                try ScriptFile.write(text, to: file)
                console.write("\(file) was changed")
                return true
            } catch {
                console.report("\(error)")
                return false
            }
        }
    }
}
