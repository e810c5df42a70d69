import NaslExpr
import NaslLanguage

/// Looks back from the cursor over the tokens before it: which value a dot belongs to, which call's brackets are open. Nothing is
/// evaluated but names, fields and numbered elements.
struct CallReader {
    let tokens: [Token]
    let file: SourceFile
    let session: Session

    /// The value of `name`, `name.field`, `name[2].field` that ends before token number `end`.
    func value(endingAt end: Int) -> Value? {
        guard end > 0 else { return nil }
        let last = tokens[end - 1]
        switch last.kind {
        case .name:
            let name = file.text(of: last.range)
            if end >= 2, tokens[end - 2].kind == .dot {
                guard let base = value(endingAt: end - 2) else { return nil }
                return CallReader.field(name, of: base)
            }
            return session.environment[name]
        case .closeBracket:
            guard end >= 4, tokens[end - 2].kind == .number, tokens[end - 3].kind == .openBracket, case .list(let values)? = value(endingAt: end - 3),
                  let place = Int(file.text(of: tokens[end - 2].range)), values.indices.contains(place) else { return nil }
            return values[place]
        default: return nil
        }
    }

    private static func field(_ name: String, of value: Value) -> Value? {
        switch value {
        case .record(let record): record[name]
        case .object(let object): try? object.field(name)
        default: nil
        }
    }

    /// The innermost round bracket that is open, and the arguments in it so far.
    private var call: (callee: Value, given: [String], atStart: Bool, label: String?)? {
        var depth = 0
        var given: [String] = []
        for index in tokens.indices.reversed() {
            let kind = tokens[index].kind
            if kind.isCloser { depth += 1 }
            if kind == .openParenthesis || kind == .openBracket || kind == .openBrace {
                if depth == 0 {
                    guard kind == .openParenthesis, let callee = value(endingAt: index), let last = tokens.last else { return nil }
                    let isLabelled = last.kind == .colon && tokens.count >= 2 && tokens[tokens.count - 2].kind == .name
                    return (callee, given, last.kind == .openParenthesis || last.kind == .comma, isLabelled ? file.text(of: tokens[tokens.count - 2].range) : nil)
                }
                depth -= 1
            }
            if depth == 0, kind == .colon, index > 0, tokens[index - 1].kind == .name { given.append(file.text(of: tokens[index - 1].range)) }
        }
        return nil
    }

    /// Labels that the call can still take, where an argument begins.
    var labels: [String] {
        guard let call, call.atStart else { return [] }
        return call.callee.parameterNames.filter { !call.given.contains($0) }
    }

    /// Words that the argument takes as they are, behind its label.
    var words: [String] {
        guard let call, let label = call.label, case .function(let function) = call.callee, case .builtin(let builtin) = function.body else { return [] }
        return builtin.words[label] ?? []
    }
}

extension Value {
    /// The names by which arguments can be given.
    var parameterNames: [String] {
        switch self {
        case .function(let function):
            switch function.body {
            case .builtin(let builtin): builtin.parameters.filter { !$0.isVariadic }.map(\.name)
            case .closure(let closure): closure.parameters.map(\.name)
            case .term(let term, _): term.parameters.map(\.text)
            case .primitive, .composed: []
            }
        case .task(let task): task.searched.map(\.name) + task.settings.map(\.name) + ["seed"]
        default: []
        }
    }
}
