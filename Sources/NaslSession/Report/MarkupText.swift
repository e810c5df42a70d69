/// What a user has written, as text or attribute of a page or a picture.
extension String {
    /// Of an XML file: in one line.
    var xml: String { markup { _ in " " } }

    /// Of a page of HTML: line breaks stay.
    var html: String { markup { $0 == "\r" ? "\u{FFFD}" : $0 } }

    /// Neither controls nor the code points that are no characters may stand there: they become U+FFFD.
    private func markup(_ blank: (Unicode.Scalar) -> Unicode.Scalar) -> String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result.unicodeScalars.append(blank(scalar))
            default:
                let isForbidden = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
                result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}
