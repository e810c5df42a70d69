import NaslLanguage
import NaslTraining

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `:explain` and `nasl explain` say about a code.
public enum ErrorPage {
    /// The page of a code, as somebody types it, ready to be shown; nil where there is no such code.
    ///
    ///     ErrorPage.text(about: "N0107")   // N0107: draws that may never end ...
    public static func text(about typed: String) -> String? {
        guard let code = DiagnosticCatalogue.code(meant: typed), let title = DiagnosticCatalogue.title(of: code) else { return nil }
        guard let path = Library.page("errors/\(code).md"), let page = FileManager.default.contents(atPath: path) else {
            return "\(code): \(title)\n\nThe page `docs/errors/\(code).md` is not installed; set NASL_HOME to the folder that holds `docs`."
        }
        return plain(String(decoding: page, as: UTF8.self))
    }

    /// All codes with their titles, one a line.
    public static var overview: String { DiagnosticCatalogue.all.map { "\($0.code)  \($0.title)" }.joined(separator: "\n") }

    /// Markdown as it reads on a terminal: headings without their signs, programs indented.
    static func plain(_ page: String) -> String {
        var isProgram = false
        var lines: [Substring] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isProgram.toggle()
            } else if isProgram {
                lines.append(line.isEmpty ? "" : "    " + line)
            } else {
                lines.append(line.drop { $0 == "#" }.drop { $0 == " " })
            }
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}

extension Session {
    /// `:explain N0107`.
    func explain(_ typed: String) {
        if typed.isEmpty { return host.write(ErrorPage.overview) }
        guard let text = ErrorPage.text(about: typed) else { return refuse("there is no message `\(typed)`", help: "a code is written as in `:explain N0107`; `:explain` lists them") }
        host.write(text)
    }
}
