/// Compares what was expected with what was found, line by line.
///
/// `...` stands for anything within a line and, alone on a line, for any lines. Numbers may differ by a relative tolerance; runs of
/// spaces count as one, and spaces at the end of a line not at all.
package struct DoctestMatcher {
    let tolerance: Double

    package init(tolerance: Double = Doctest.usualTolerance) { self.tolerance = tolerance }

    /// Nil where all fits, else the first line of `expected` that nothing fits, counted from 0.
    package func mismatch(_ expected: [String], _ found: [String]) -> Int? {
        let wanted = trimmed(expected), given = trimmed(found)
        // The counts of found lines that can fit the lines so far.
        var reached: Set<Int> = [0]
        for (slot, line) in wanted.enumerated() {
            var next: Set<Int> = []
            if line.allSatisfy(\.isWhitespace) == false, line.trimmed == "..." {
                if let least = reached.min() { next = Set(least...given.count) }
            } else {
                for count in reached where count < given.count && fits(line, given[count]) { next.insert(count + 1) }
            }
            if next.isEmpty { return slot }
            reached = next
        }
        return reached.contains(given.count) ? nil : wanted.count
    }

    /// Whether one line fits.
    package func fits(_ expected: String, _ found: String) -> Bool {
        matches(tokens(expected, hasWildcards: true)[...], tokens(found, hasWildcards: false)[...])
    }

    /// Empty lines at the end do not count.
    private func trimmed(_ lines: [String]) -> [String] {
        Array(lines.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed())
    }

    private enum Token {
        case space
        case number(Double, String)
        /// The first digits of a number that goes on as it likes: `2...`.
        case beginning(String)
        case character(Character)
        case anything
    }

    private func matches(_ expected: ArraySlice<Token>, _ found: ArraySlice<Token>) -> Bool {
        var expected = expected, found = found
        while let first = expected.first {
            expected = expected.dropFirst()
            if case .anything = first {
                if expected.isEmpty { return true }
                while true {
                    if matches(expected, found) { return true }
                    if found.isEmpty { return false }
                    found = found.dropFirst()
                }
            }
            guard let given = found.first, fits(first, given) else { return false }
            found = found.dropFirst()
        }
        return found.isEmpty
    }

    private func fits(_ expected: Token, _ found: Token) -> Bool {
        switch (expected, found) {
        case (.space, .space): return true
        case (.character(let a), .character(let b)): return a == b
        case (.number(let a, let text), .number(let b, let other)):
            return text == other || abs(a - b) <= tolerance * max(abs(a), abs(b)) || abs(a - b) <= 1e-12
        case (.beginning(let digits), .number(_, let text)): return text.hasPrefix(digits)
        default: return false
        }
    }

    private func tokens(_ line: String, hasWildcards: Bool) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(line)
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        var previous: Character = " "
        while let character = rest.first {
            if character.isWhitespace {
                tokens.append(.space)
                rest = rest.drop(while: \.isWhitespace)
                previous = " "
            } else if hasWildcards, rest.hasPrefix("...") {
                tokens.append(.anything)
                rest = rest.drop { $0 == "." }
                previous = " "
            } else if character.isNumber, !(previous.isLetter || previous == "_"), let (number, text) = DoctestMatcher.number(at: rest) {
                rest = rest.dropFirst(text.count)
                tokens.append(hasWildcards && rest.hasPrefix("...") ? .beginning(String(text)) : .number(number, String(text)))
                previous = "0"
            } else {
                tokens.append(.character(character))
                rest = rest.dropFirst()
                previous = character
            }
        }
        return tokens
    }

    /// `14,200`, `0.25`, `1e-05`: the longest number here.
    private static func number(at text: Substring) -> (Double, Substring)? {
        func digits(_ from: Substring) -> Substring { from.prefix { $0.isASCII && $0.isNumber } }
        var length = digits(text).count
        guard length > 0 else { return nil }
        // Groups of three.
        while text.dropFirst(length).first == ",", digits(text.dropFirst(length + 1)).count == 3 { length += 4 }
        let behind = text.dropFirst(length)
        if behind.first == ".", !digits(behind.dropFirst()).isEmpty { length += 1 + digits(behind.dropFirst()).count }
        var exponent = text.dropFirst(length)
        if exponent.first == "e" || exponent.first == "E" {
            exponent = exponent.dropFirst()
            let sign = exponent.first == "-" || exponent.first == "+" ? 1 : 0
            let count = digits(exponent.dropFirst(sign)).count
            if count > 0 { length += 1 + sign + count }
        }
        let written = text.prefix(length)
        return Double(String(written.filter { $0 != "," })).map { ($0, written) }
    }
}
