import NaslExpr
import NaslLanguage

extension Session {
    /// What may stand at `offset` (UTF-8) of `text`, an entry at the prompt: names, fields behind a dot, labels in a call, file names in
    /// quotes, commands behind a colon.
    ///
    ///     session.complete("sigm", at: 4).map(\.text)    // ["sigmoid"]
    public func complete(_ text: String, at offset: Int) -> [Completion] {
        let bytes = Array(text.utf8)
        let offset = min(max(0, offset), bytes.count)
        if bytes.first == UInt8(ascii: ":") { return completeCommand(bytes, at: offset) }
        if bytes.first == UInt8(ascii: "?") { return completeCode(bytes, from: 1, at: max(1, offset)) }
        return completeCode(bytes, from: 0, at: offset)
    }

    private func completeCommand(_ bytes: [UInt8], at offset: Int) -> [Completion] {
        let head = bytes[..<offset]
        guard let space = head.firstIndex(of: UInt8(ascii: " ")) else {
            let typed = String(decoding: head.dropFirst(), as: UTF8.self)
            return Command.allCases.map(\.rawValue).filter { $0.hasPrefix(typed) }.map { Completion(start: 0, text: ":\($0) ", label: ":\($0)") }
        }
        guard case .one(let command) = Command.find(String(decoding: head[1..<space], as: UTF8.self)) else { return [] }
        let rest = space + 1
        switch command {
        case .load, .edit: return FileNames.completions(of: String(decoding: bytes[rest..<offset], as: UTF8.self), endingAt: offset)
        case .set:
            let typed = String(decoding: bytes[rest..<offset], as: UTF8.self)
            return Setting.allCases.map(\.rawValue).filter { $0.hasPrefix(typed) }.map { Completion(start: rest, text: "\($0) ", label: $0) }
        case .help where offset > rest && bytes[rest] == UInt8(ascii: ":"):
            let typed = String(decoding: bytes[(rest + 1)..<offset], as: UTF8.self)
            return Command.allCases.map(\.rawValue).filter { $0.hasPrefix(typed) }.map { Completion(start: rest, text: ":\($0)") }
        case .explain:
            let typed = String(decoding: bytes[rest..<offset], as: UTF8.self)
            return DiagnosticCatalogue.all.map(\.code).filter { $0.hasPrefix(typed) }.map { Completion(start: rest, text: $0) }
        case .help, .type, .time, .show: return completeCode(bytes, from: rest, at: offset)
        case .reload, .history, .quit: return []
        }
    }

    /// `start` is where the code begins, behind a command.
    private func completeCode(_ bytes: [UInt8], from start: Int, at offset: Int) -> [Completion] {
        guard start <= offset else { return [] }
        let file = SourceFile(id: 0, name: "", bytes: Array(bytes[start..<offset]))
        var tokens = Lexer.tokens(of: file).tokens.filter { $0.kind != .newline && $0.kind != .end }
        let length = offset - start
        if let last = tokens.last, Int(last.range.end) == length {
            if last.kind == .comment || last.kind == .documentation { return [] }
            if last.kind == .unknown, file.bytes[Int(last.range.start)] == UInt8(ascii: "\"") {
                let typed = String(decoding: file.bytes[(Int(last.range.start) + 1)...], as: UTF8.self)
                return FileNames.completions(of: typed, endingAt: offset)
            }
            if last.kind == .number || last.kind == .duration { return [] }
        }
        var typed = ""
        if let last = tokens.last, Int(last.range.end) == length, last.kind == .name || last.kind.isWord {
            typed = file.text(of: last.range)
            tokens.removeLast()
        }
        let place = offset - typed.utf8.count
        let reader = CallReader(tokens: tokens, file: file, session: self)
        if tokens.last?.kind == .dot {
            guard let value = reader.value(endingAt: tokens.count - 1) else { return [] }
            return value.fields.filter { $0.hasPrefix(typed) }.sorted().map { Completion(start: place, text: $0, label: ".\($0)") }
        }
        let words = reader.words.filter { $0.hasPrefix(typed) }.map { Completion(start: place, text: $0) }
        if !words.isEmpty { return words }
        let labels = reader.labels.filter { $0.hasPrefix(typed) }.map { Completion(start: place, text: "\($0): ", label: "\($0):") }
        guard !typed.isEmpty else { return labels }
        return labels + names(startingWith: typed, in: file, before: length - typed.utf8.count).map { Completion(start: place, text: $0) }
    }

    /// Bound names, reserved words, and what the entry itself has named so far.
    private func names(startingWith typed: String, in file: SourceFile, before end: Int) -> [String] {
        var names = Set(environment.names).union(TokenKind.allCases.filter(\.isWord).map(\.rawValue))
        for token in Lexer.tokens(of: file).tokens where token.kind == .name && Int(token.range.end) <= end { names.insert(file.text(of: token.range)) }
        return names.filter { $0.hasPrefix(typed) }.sorted()
    }
}

extension Value {
    /// What may stand behind a dot.
    var fields: [String] {
        switch self {
        case .record(let record): record.fields.map(\.name)
        case .object(let object): object.fieldNames
        case .tensor: ["shape"]
        case .range: ["lower", "upper", "step"]
        default: []
        }
    }
}
