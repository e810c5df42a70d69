/// Every kind of mistake that nasl knows, by its code. A page for each, `docs/errors/N0107.md`, shows one and its cure.
///
///     DiagnosticCatalogue.title(of: "N0107")   // "draws that may never end"
public enum DiagnosticCatalogue {
    /// In numeric order. See `Diagnostic+Syntax.swift` for the scheme.
    public static let all: [(code: String, title: String)] = [
        // Characters, numbers, texts.
        ("N0001", "bytes that are no UTF-8"),
        ("N0002", "a character without a meaning"),
        ("N0003", "an operator of another language"),
        ("N0004", "a number with an unknown unit"),
        ("N0005", "digits missing beside a decimal point"),
        ("N0006", "a number that is too large"),
        ("N0007", "a text that is not closed"),
        ("N0008", "an unknown escape"),
        ("N0009", "single quotation marks"),
        // Grammars and their spaces.
        ("N0101", "a grammar without what it needs"),
        ("N0102", "two rules of one name"),
        ("N0104", "a weight that is not positive"),
        ("N0105", "a rule that can never end"),
        ("N0106", "a rule that derives itself alone"),
        ("N0107", "draws that may never end"),
        ("N0108", "draws that end, but have no mean size"),
        ("N0109", "constraints that leave nothing"),
        ("N0110", "a rule that is never reached"),
        ("N0111", "an alternative that can never be chosen"),
        ("N0112", "a drawn function with the wrong number of arguments"),
        ("N0113", "something applied that is no function"),
        ("N0114", "a drawn function that ignores a parameter"),
        ("N0115", "function arguments that grow without end"),
        ("N0116", "a rule with the wrong number of arguments"),
        ("N0117", "a limit that cannot be held"),
        ("N0118", "a constraint without effect"),
        ("N0119", "a list that the grammar cannot know"),
        ("N0120", "a kind of value that does not fit"),
        ("N0121", "two alternatives that derive the same program"),
        ("N0122", "an argument that may lie outside of the domain"),
        // Syntax.
        ("N0201", "something else was expected"),
        ("N0202", "a bracket that is not closed"),
        ("N0203", "a closing bracket that fits no opening one"),
        ("N0204", "a statement that does not end"),
        ("N0205", "an unknown kind of statement"),
        ("N0206", "an `=` where it has no meaning"),
        ("N0207", "no tuples, and fields without labels"),
        ("N0208", "alternatives where none can stand"),
        ("N0209", "nesting that is too deep"),
        ("N0210", "comparisons and ranges that chain"),
        ("N0211", "an incomplete `if`"),
        ("N0212", "a capital or small letter in the wrong place"),
        ("N0213", "a parameter with a type or a value where none can stand"),
        ("N0214", "a name that stands twice"),
        ("N0215", "a reserved word as a name"),
        ("N0216", "a placeholder outside of a pattern"),
        ("N0217", "a wrong number of draws"),
        ("N0218", "a weight that is no number, or out of place"),
        ("N0219", "a limit that cannot be read"),
        ("N0220", "a line of a grammar that is neither rule nor constraint"),
        ("N0221", "`reward` or `minimize` outside of a task's body"),
        ("N0222", "a law that is no equation"),
        ("N0223", "a function without parameters"),
        ("N0224", "braces around a value"),
        ("N0225", "too many mistakes"),
        // Evaluation.
        ("N0301", "an unknown name"),
        ("N0302", "the wrong number of arguments"),
        ("N0303", "an unknown label, or an argument given twice"),
        ("N0304", "a value of the wrong kind"),
        ("N0305", "a call of something that is no function"),
        ("N0306", "an element that is not there"),
        ("N0307", "a field that is not there"),
        ("N0308", "shapes that do not fit"),
        ("N0309", "a number that is out of range"),
        ("N0310", "calls that are nested too deep"),
        ("N0311", "stopped by Ctrl-C"),
        ("N0312", "a function that is no expression"),
        ("N0313", "a value that would be too large"),
        ("N0314", "a file that cannot be used"),
        ("N0315", "a task without a reward"),
        ("N0316", "a parameter of a task that cannot be used"),
        ("N0317", "a value that does not do"),
        ("N0318", "layers and data that do not fit"),
        ("N0319", "work that was given up"),
        ("N0320", "out of memory"),
        ("N0321", "a program outside of nasl failed"),
        ("N0322", "a law that neither swaps nor shrinks"),
        ("N0323", "a placeholder that only the right side has"),
        ("N0324", "a law that is not true"),
        ("N0325", "a law about something else than numbers"),
        ("N0326", "constants of a program that cannot be fitted"),
        ("N0330", "a store that cannot be used, or a run that cannot be kept in it"),
    ]

    public static func title(of code: String) -> String? { all.first { $0.code == code }?.title }

    /// The code that is meant by what somebody typed: `N0107`, `n107`, `107`. Nil where there is none.
    public static func code(meant text: String) -> String? {
        let digits = text.first == "N" || text.first == "n" ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.count <= 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let code = "N" + String(repeating: "0", count: 4 - digits.count) + digits
        return title(of: code) == nil ? nil : code
    }
}
