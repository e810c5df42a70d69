import NaslExpr
import NaslSpace

/// How a value could have been drawn.
extension GrammarValue {
    /// The first derivation of a typed-in program, its own of one that this grammar drew; nil where it is none of the grammar's.
    public func choices(of value: Value) throws -> [Int]? {
        let value = GrammarValue.program(of: value)
        if case .function(let function) = value, let derivation = function.derivation, derivation.grammar === self { return derivation.choices }
        if !parts.isEmpty {
            guard case .record(let record) = value else { return nil }
            return try choices(ofRecord: record)
        }
        return try terms(of: value).lazy.compactMap(self.space.derive).first
    }

    /// The probability with which the grammar draws a program, over all its derivations.
    public func likelihood(of value: Value) throws -> Likelihood {
        let value = GrammarValue.program(of: value)
        let none = Likelihood(logProbability: -.infinity, derivations: 0)
        guard !parts.isEmpty else { return try terms(of: value).lazy.map(self.space.likelihood).first { $0.derivations > 0 } ?? none }
        guard case .record(let record) = value, record.fields.count == parts.count else { return none }
        // The fields are drawn independently.
        return try parts.reduce(Likelihood(logProbability: 0, derivations: 1)) { total, part in
            let field = try record[part.name].map { try part.grammar.likelihood(of: $0) } ?? none
            return Likelihood(logProbability: total.logProbability + field.logProbability, derivations: total.derivations * field.derivations)
        }
    }

    /// All derivations of a program in the order of their choices; nil where there are more than `most`.
    public func derivations(of value: Value, atMost most: Int) throws -> [[Int]]? {
        let value = GrammarValue.program(of: value)
        let likelihood = try likelihood(of: value)
        if likelihood.derivations > most { return nil }
        if likelihood.derivations == 0 { return [] }
        guard !parts.isEmpty, case .record(let record) = value else { 
            return try terms(of: value).lazy.compactMap { self.space.derivations(of: $0, atMost: most) }.first { !$0.isEmpty }
        }
        return try parts.reduce([[0]]) { begun, part in
            let ways = try record[part.name].flatMap { try part.grammar.derivations(of: $0, atMost: most) } ?? []
            return begun.flatMap { first in ways.map { first + $0 } }
        }
    }

    /// The value as a term, and where the grammar has constants the same with `const` for the numbers that its rules do not write.
    private func terms(of value: Value) throws -> [FunctionTerm] {
        guard let term = try term(of: value) else { return [] }
        let written = grammar.rules.flatMap { $0.alternatives.flatMap(\.template.nodes) }
        guard written.contains(where: { $0.kind == .fitted }) else { return [term] }
        let numbers = Set(written.filter { $0.kind == .number }.map(\.value))
        let open = term.body.nodes.map { $0.kind == .number && !numbers.contains($0.value) ? Expr.fitted.nodes[0] : $0 }
        return [term, FunctionTerm(parameters: term.parameters, body: Expr(nodes: open))]
    }

    /// The value as a term over the grammar's parameters, read as a drawn program is; nil where it is none.
    private func term(of value: Value) throws -> FunctionTerm? {
        let count = grammar.parameters.count
        guard case .function(let function) = value, count > 0 else {
            return count == 0 ? (value.plainTerm ?? written(value)).map { FunctionTerm(parameters: [], body: $0) } : nil
        }
        switch function.program {
        case .term(let term): return term.parameters.count == count ? term : nil
        case .opaque(let reason): throw Fault.opaque("`in`", reason: reason)
        }
    }

    /// A value without parameters as its source reads: `(lr: 0.001, optimizer: sgd)`.
    private func written(_ value: Value) -> Expr? {
        let (parsed, mistakes) = Parser.parse(SourceFile(id: -1, name: name, text: value.source))
        guard mistakes.isEmpty, parsed.count == 1, case .expression(let expression) = parsed[0].kind else { return nil }
        return try? Lowering(environment: environment, bound: [], isProgram: true).lower(expression)
    }

    private static func program(of value: Value) -> Value {
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { program } else { value }
    }
}
