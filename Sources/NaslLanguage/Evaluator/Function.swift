import NaslExpr
import Synchronization

/// A function value: a built-in, something the user wrote, a program drawn from a grammar, or a composition of these.
public final class Function: Sendable {
    public enum Body: Sendable {
        case primitive(Primitive)
        case builtin(Builtin)
        case closure(Closure)
        /// A term; `derivation` where it was drawn from a grammar.
        case term(FunctionTerm, derivation: DerivationRecord?)
        case composed(Value, Value)
    }

    /// The name it was defined with, if any.
    public let name: String?
    public let body: Body
    /// How many functions it is composed of; a function composed with itself again and again doubles them each time.
    public let partCount: Int
    private let cachedTerm = Mutex<TermResult?>(nil)
    private let cachedProgram = Mutex<TermResult?>(nil)

    public init(name: String? = nil, _ body: Body) {
        self.name = name
        self.body = body
        partCount = if case .composed(let first, let second) = body { first.partCount + second.partCount } else { 1 }
    }

    /// Longer compositions are refused.
    public static let longestComposition = 10_000

    /// What `term` found: a term, or why there is none.
    public enum TermResult: Sendable {
        case term(FunctionTerm)
        case opaque(String)
    }

    /// The function as a term (with captured numbers written in), or the reason why it has none.
    public var term: TermResult {
        if let known = cachedTerm.withLock({ $0 }) { return known }
        let result = Lowering.term(of: self)
        cachedTerm.withLock { $0 = result }
        return result
    }

    /// The function as a drawn program would be: a term that may also call what is built in, such as layers, and compose.
    package var program: TermResult {
        guard case .opaque = term, case .closure(let closure) = body else { return term }
        if let known = cachedProgram.withLock({ $0 }) { return known }
        let result: TermResult
        do { result = .term(try Lowering.term(of: closure, isProgram: true)) } catch { result = .opaque((error as? Fault)?.title ?? "\(error)") }
        cachedProgram.withLock { $0 = result }
        return result
    }

    /// As it would be written: `x -> x * sigmoid(x)`, `tanh`, `fn game(f)`.
    public var source: String {
        switch body {
        case .primitive(let primitive): return primitive.name
        case .builtin(let builtin): return builtin.name
        case .term(let term, _): return term.text
        case .composed(let first, let second): return "\(first.source) >> \(second.source)"
        case .closure(let closure):
            if case .term(let term) = closure.ownName == nil ? program : term { return term.text }
            return "fn \(name ?? "_")(\(closure.parameters.map(\.name).joined(separator: ", ")))"
        }
    }

    /// The derivation, where the function was drawn from a grammar.
    public var derivation: DerivationRecord? {
        if case .term(_, let derivation) = body { derivation } else { nil }
    }
}

/// How a program was drawn.
public struct DerivationRecord: Sendable {
    public let grammar: GrammarValue
    public let choices: [Int]
    public let logProbability: Double

    public init(grammar: GrammarValue, choices: [Int], logProbability: Double) {
        self.grammar = grammar
        self.choices = choices
        self.logProbability = logProbability
    }
}

/// A function of the library that is written in Swift.
public struct Builtin: Sendable {
    public struct Parameter: Sendable {
        public let name: String
        public let isRequired: Bool
        /// Takes all positional arguments that are left.
        public let isVariadic: Bool
    }

    public let name: String
    public let parameters: [Parameter]
    /// One or two sentences for `help`.
    public let summary: String
    /// A line that can be typed as it stands, if one helps.
    public let example: String?
    /// Words that an argument takes as they are, such as `as: pytorch`.
    public let words: [String: [String]]
    public let call: @Sendable (Arguments, Interpreter) throws -> Value

    func words(for label: String) -> [String] { words[label] ?? [] }

    /// `signature` is written as a user would read it: `"list, seed:, weights?, rest..."`; a question mark makes a parameter optional.
    public init(
        _ name: String, _ signature: String, _ summary: String, example: String? = nil, words: [String: [String]] = [:],
        _ call: @escaping @Sendable (Arguments, Interpreter) throws -> Value
    ) {
        self.name = name
        self.parameters = signature.split(separator: ",").map { part in
            var text = part.drop { $0 == " " }
            var required = true
            var variadic = false
            if text.hasSuffix("...") { text = text.dropLast(3); required = false; variadic = true }
            if text.hasSuffix("?") { text = text.dropLast(); required = false }
            return Parameter(name: String(text), isRequired: required, isVariadic: variadic)
        }
        self.summary = summary
        self.example = example
        self.words = words
        self.call = call
    }

    /// `sample(grammar, count?, seed?)`.
    public var signature: String {
        let parts = parameters.map { $0.isVariadic ? "\($0.name)..." : $0.isRequired ? $0.name : "\($0.name)?" }
        return "\(name)(\(parts.joined(separator: ", ")))"
    }
}

extension Value {
    fileprivate var partCount: Int {
        if case .function(let function) = self { function.partCount } else { 1 }
    }
}
