import NaslLanguage

/// What the prompt understands beside the language. An unambiguous beginning of the name will do.
enum Command: String, CaseIterable {
    case help, explain, type, time, load, reload, edit, history, set, show, quit

    /// How it is called, and what it does.
    var usage: (form: String, summary: String) {
        switch self {
        case .help: (":help [name]", "what a name is and how it is used; also ?name")
        case .explain: (":explain [code]", "what a message means, as in :explain N0107")
        case .type: (":type expression", "what kind of value an expression has")
        case .time: (":time statement", "evaluates, and tells how long that took")
        case .load: (":load file", "evaluates a script")
        case .reload: (":reload", "evaluates the script that was loaded last once more")
        case .edit: (":edit [file]", "opens $EDITOR on a file, or on the last entry, and evaluates what it leaves")
        case .history: (":history [count or text]", "the latest entries, or those that hold a text")
        case .set: (":set [name value]", "settings: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
        case .show: (":show [name]", "what you have bound")
        case .quit: (":quit", "leaves, as Ctrl-D does")
        }
    }

    enum Match {
        case one(Command)
        case several([Command])
        case none(suggestion: String?)
    }

    static func find(_ name: String) -> Match {
        if let command = Command(rawValue: name) { return .one(command) }
        let matches = name.isEmpty ? [] : allCases.filter { $0.rawValue.hasPrefix(name) }
        if matches.count > 1 { return .several(matches) }
        return matches.first.map { .one($0) } ?? .none(suggestion: suggestion(for: name, among: allCases.map(\.rawValue)))
    }

    static var overview: String {
        let width = allCases.map { $0.usage.form.count }.max() ?? 0
        let lines = allCases.map { command in
            let (form, summary) = command.usage
            return "    \(form)\(String(repeating: " ", count: width - form.count))  \(summary)"
        }
        return "At the prompt only; the beginning of a command will do:\n" + lines.joined(separator: "\n")
    }
}

/// What `:set` changes.
enum Setting: String, CaseIterable {
    case color, seed, width, workers
}
