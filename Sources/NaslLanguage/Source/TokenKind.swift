/// What a token is. The raw value is its spelling where it has only one, else a description in angle brackets.
public enum TokenKind: String, Sendable, CaseIterable {
    // Statements begin with these.
    case `let`, fn, grammar, task, law, `import`, `for`
    // Reserved besides.
    case `in`, `if`, then, `else`, and, or, not, `true`, `false`, none

    case arrow = "->"
    case compose = ">>"
    case bar = "|"
    case at = "@"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case dots = ".."
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case caret = "^"
    case assign = "="

    case colon = ":"
    case comma = ","
    case dot = "."
    case semicolon = ";"
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"

    case name = "<name>"
    case underscore = "_"
    case placeholder = "<placeholder>"
    case number = "<number>"
    case duration = "<duration>"
    case text = "<text>"

    case newline = "<newline>"
    case comment = "<comment>"
    case documentation = "<documentation>"
    /// Nothing the language knows; the lexer has said so.
    case unknown = "<unknown>"
    case end = "<end>"
}

extension TokenKind {
    /// What a token is for the eye; enough to colour a line.
    public enum Category: Sendable {
        case keyword, constant, operatorSign, punctuation, bracket, name, number, text, comment, space, unknown
    }

    public var category: Category {
        switch self {
        case .let, .fn, .grammar, .task, .law, .import, .for, .in, .if, .then, .else, .and, .or, .not: .keyword
        case .true, .false, .none: .constant
        case .arrow, .compose, .bar, .at, .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater, .dots, .plus, .minus, .star,
             .slash, .percent, .caret, .assign: .operatorSign
        case .colon, .comma, .dot, .semicolon: .punctuation
        case .openParenthesis, .closeParenthesis, .openBracket, .closeBracket, .openBrace, .closeBrace: .bracket
        case .name, .underscore, .placeholder: .name
        case .number, .duration: .number
        case .text: .text
        case .comment, .documentation: .comment
        case .newline, .end: .space
        case .unknown: .unknown
        }
    }

    /// A reserved word.
    public var isWord: Bool { category == .keyword || category == .constant }

    /// A line that ends in one of these goes on in the next.
    package var continuesLine: Bool {
        switch self {
        case .in, .then, .else, .and, .or, .not: true
        default: category == .operatorSign
        }
    }

    /// The other half of a bracket.
    package var closer: TokenKind? {
        switch self {
        case .openParenthesis: .closeParenthesis
        case .openBracket: .closeBracket
        case .openBrace: .closeBrace
        default: nil
        }
    }

    package var isCloser: Bool { self == .closeParenthesis || self == .closeBracket || self == .closeBrace }

    /// A statement of its own kind begins here.
    package var beginsStatement: Bool {
        switch self {
        case .let, .fn, .grammar, .task, .law, .import, .for: true
        default: false
        }
    }

    /// Reserved words by their spelling.
    package static let words: [String: TokenKind] = Dictionary(uniqueKeysWithValues: allCases.filter(\.isWord).map { ($0.rawValue, $0) })
}
