/// The little JSON that stands in columns: lists of whole numbers, and named numbers in their order.
///
/// JSON has no infinities: they are the texts "inf", "-inf" and "nan".
package enum JSONText {
    static func list(_ numbers: [Int]) -> String { "[\(numbers.map(String.init).joined(separator: ","))]" }

    /// nil where the text is no such list.
    static func list(_ text: String) -> [Int]? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: true)
        let numbers = parts.compactMap { Int($0) }
        return numbers.count == parts.count ? numbers : nil
    }

    /// Finite numbers; nil where there are none.
    static func numbers(_ numbers: [Double]) -> String? { numbers.isEmpty ? nil : "[\(numbers.map { "\($0)" }.joined(separator: ","))]" }

    /// nil where the text is no list of numbers.
    static func numbers(_ text: String?) -> [Double]? {
        guard let text else { return [] }
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: true)
        let numbers = parts.compactMap { Double($0) }
        return numbers.count == parts.count ? numbers : nil
    }

    /// nil where there are none.
    static func record(_ numbers: [(name: String, value: Double)]) -> String? {
        if numbers.isEmpty { return nil }
        return "{\(numbers.map { "\(quoted($0.name)):\($0.value.isFinite ? "\($0.value)" : "\"\($0.value)\"")" }.joined(separator: ","))}"
    }

    static func record(_ text: String) -> [(name: String, value: Double)]? {
        var rest = Substring(text)
        func take(_ prefix: Character) -> Bool {
            guard rest.first == prefix else { return false }
            rest.removeFirst()
            return true
        }
        var fields: [(name: String, value: Double)] = []
        guard take("{") else { return nil }
        if take("}") { return fields }
        repeat {
            guard let name = unquoted(&rest), take(":") else { return nil }
            if rest.first == "\"" {
                guard let word = unquoted(&rest), let number = Double(word) else { return nil }
                fields.append((name, number))
            } else {
                let digits = rest.prefix { $0 != "," && $0 != "}" }
                guard let number = Double(digits) else { return nil }
                fields.append((name, number))
                rest = rest.dropFirst(digits.count)
            }
        } while take(",")
        return take("}") && rest.isEmpty ? fields : nil
    }

    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// A text as `quoted` writes it, taken from the front.
    private static func unquoted(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else { return nil }
        rest.removeFirst()
        var text = ""
        while let next = rest.popFirst() {
            if next == "\"" { return text }
            guard next == "\\" else {
                text.append(next)
                continue
            }
            guard let escaped = rest.popFirst() else { return nil }
            switch escaped {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            case "u":
                guard let value = UInt32(rest.prefix(4), radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(4)
            default: text.append(escaped)
            }
        }
        return nil
    }
}
