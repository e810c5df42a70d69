import NaslLanguage
import Testing

struct GrammarSyntaxTests {
    private func grammar(_ text: String) throws -> GrammarDeclaration {
        let reading = Reading(text)
        #expect(reading.messages == "")
        guard case .grammar(let grammar)? = reading.program.first?.kind else { throw NotAGrammar() }
        return grammar
    }

    private struct NotAGrammar: Error {}

    private func summary(_ rule: RuleDeclaration) -> String {
        let parameters = rule.parameters.isEmpty ? "" : "(\(rule.parameters.map(\.name).joined(separator: ", ")))"
        let alternatives = rule.alternatives.map { $0.value.explicitText + ($0.weight.map { " @\($0)" } ?? "") }
        return "\(rule.name)\(parameters) = \(alternatives.joined(separator: " | "))"
    }

    private func summary(_ constraint: ConstraintDeclaration) -> String {
        switch constraint.kind {
        case .limit(let limit):
            let subject = limit.subject.map { "(\($0.explicitText))" } ?? ""
            return switch limit.bound {
            case .atMost(let bound): "limit \(limit.measure)\(subject) <= \(bound.explicitText)"
            case .within(let bound): "limit \(limit.measure)\(subject) in \(bound.explicitText)"
            }
        case .forbidWithin(let inner, let outer): return "forbid \(inner.explicitText) within \(outer.explicitText)"
        case .forbidPattern(let pattern): return "forbid \(pattern.explicitText)"
        case .require(let head): return "require \(head.explicitText)"
        }
    }

    @Test func alternativesAndWeights() throws {
        let grammar = try grammar("""
            grammar A(x: Tensor) -> Tensor {
                E = x @4 | -E | E + E @0.5

                  | max(E, E) |
                    v -> v^3 @2
                F(a, b) = a | let s = F(a, b) in s + s | if a then b else F(b, a)
                G =
                  | 1 @0
                  | 2
            }
            """)
        #expect(grammar.rules.map(summary) == [
            "E = x @4.0 | (-E) | (E + E) @0.5 | max(E, E) | (v -> (v^3)) @2.0",
            "F(a, b) = a | (let s = F(a, b) in (s + s)) | (if a then b else F(b, a))",
            "G = 1 @0.0 | 2",
        ])
        #expect(grammar.name == "A")
        #expect(grammar.result?.text == "Tensor")
    }

    @Test func constraints() throws {
        let grammar = try grammar("""
            grammar A(x: Tensor) -> Tensor {
                E = x | -E
                limit depth <= 3; limit depth(Core) <= n + 1
                limit size in 4..15
                limit size <= 30
                limit count(const) <= 3
                limit count(sin) in 1..2
                forbid sin within sin
                forbid -(-_)
                forbid ?a - ?a
                forbid max(_, 0) within exp
                require x
            }
            """)
        #expect(grammar.constraints.map(summary) == [
            "limit depth <= 3", "limit depth(Core) <= (n + 1)", "limit size in (4..15)", "limit size <= 30", "limit count(const) <= 3",
            "limit count(sin) in (1..2)", "forbid sin within sin", "forbid (-(-_))", "forbid (?a - ?a)", "forbid max(_, 0) within exp", "require x",
        ])
    }

    @Test func onOneLine() throws {
        let size = try grammar("grammar BatchSize { Size = 8 | 16 | 32 }")
        #expect(size.rules.map(summary) == ["Size = 8 | 16 | 32"])
        let two = try grammar("grammar G { A = B; B = 1 | 2; limit depth <= 3 }")
        #expect(two.rules.map(summary) == ["A = B", "B = 1 | 2"])
        #expect(two.constraints.count == 1)
    }

    @Test func ranges() throws {
        let text = "grammar G(x: Tensor) -> (a: Tensor, b: Scalar) {\n  E = (x + 1) @4\n    | f(E)  # more\n  limit count(x) <= 2\n}"
        let reading = Reading(text)
        guard case .grammar(let grammar)? = reading.program.first?.kind else { throw NotAGrammar() }
        let rule = grammar.rules[0]
        #expect(reading.text(rule.range) == "E = (x + 1) @4\n    | f(E)")
        #expect(reading.text(rule.nameRange) == "E")
        #expect(rule.alternatives.map { reading.text($0.range) } == ["(x + 1) @4", "f(E)"])
        #expect(rule.alternatives.map { reading.text($0.value.range) } == ["(x + 1)", "f(E)"])
        #expect(reading.text(rule.alternatives[0].weightRange) == "4")
        #expect(rule.alternatives[1].weightRange.isNone)
        #expect(reading.text(grammar.constraints[0].range) == "limit count(x) <= 2")
        #expect(grammar.result.map { reading.text($0.range) } == "(a: Tensor, b: Scalar)")
    }

    @Test func draws() throws {
        let grammar = try grammar("grammar G { E = Leaf{4} | Layer{0..2}\n Leaf = 1\n Layer = 2 }")
        let counts = grammar.rules[0].alternatives.map { alternative -> [Int] in
            if case .repeated(_, _, let least, let most) = alternative.value.kind { [least, most] } else { [] }
        }
        #expect(counts == [[4, 4], [0, 2]])
    }
}
