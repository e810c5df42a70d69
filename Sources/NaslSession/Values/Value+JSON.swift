import NaslExpr
import NaslLanguage

extension Value {
    /// As JSON (RFC 8259): records as objects, lists, ranges and tensors as arrays, programs as the text of their source, numbers that
    /// are not finite as null.
    var json: String {
        switch self {
        case .none: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number), .duration(let number): return number.isFinite ? numberText(number) : "null"
        case .text(let text): return Value.quoted(text)
        case .record(let record): return "{\(record.fields.map { "\(Value.quoted($0.name)): \($0.value.json)" }.joined(separator: ", "))}"
        case .list, .range, .tensor: return "[\((elements ?? []).map(\.json).joined(separator: ", "))]"
        case .function(let function): return Value.quoted(function.source)
        case .grammar(let grammar): return Value.quoted(grammar.name)
        case .task(let task): return Value.quoted(task.name)
        case .object(let object):
            if let program = (object as? any ProgramObject)?.program { return program.json }
            return Value.quoted(object.shown)
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value >= 0x20 { result.unicodeScalars.append(scalar); continue }
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
