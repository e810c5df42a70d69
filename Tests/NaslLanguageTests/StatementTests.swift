import NaslLanguage
import Testing

struct StatementTests {
    /// A statement in a few words, for comparing.
    private func summary(_ statement: Statement) -> String {
        let mute = statement.isMuted ? ";" : ""
        return switch statement.kind {
        case .binding(let binding): "let \(binding.name) = \(binding.value.explicitText)\(mute)"
        case .function(let function): "fn \(function.name)(\(function.parameters.map(summary).joined(separator: ", "))) = \(body(function.body))\(mute)"
        case .grammar(let grammar): "grammar \(grammar.name)\(mute)"
        case .task(let task): "task \(task.name)(\(task.parameters.map(summary).joined(separator: ", "))) {\(task.body.map(summary).joined(separator: " | "))}\(mute)"
        case .law(let law): "law \(law.left.explicitText) == \(law.right.explicitText)\(law.conditions.map { " if \($0.explicitText)" }.joined())\(mute)"
        case .importFile(let path, _): "import \(path)\(mute)"
        case .loop(let loop): "for \(loop.name) in \(loop.list.explicitText) {\(loop.body.map(summary).joined(separator: " | "))}\(mute)"
        case .reward(let value): "reward \(value.explicitText)\(mute)"
        case .minimize(let value): "minimize \(value.explicitText)\(mute)"
        case .expression(let value): "\(value.explicitText)\(mute)"
        }
    }

    private func summary(_ parameter: Parameter) -> String {
        parameter.name + (parameter.type.map { ": type \($0.text)" } ?? "") + (parameter.defaultValue.map { ": value \($0.explicitText)" } ?? "")
    }

    private func body(_ expression: Expression) -> String {
        if case .block(let statements) = expression.kind { "{\(statements.map(summary).joined(separator: " | "))}" } else { expression.explicitText }
    }

    private func summaries(_ text: String) -> [String] {
        let reading = Reading(text)
        #expect(reading.messages == "")
        return reading.program.map(summary)
    }

    @Test func statementsAndTheirEnds() {
        #expect(summaries("") == [])
        #expect(summaries("\n;\n ;; # nothing\n") == [])
        #expect(summaries("let x = 1\nx\r\nf(x);\n") == ["let x = 1", "x", "f(x);"])
        #expect(summaries("let x = 1; let y = 2;  # muted\nx") == ["let x = 1", "let y = 2;", "x"])
        #expect(summaries("#!/usr/bin/env nasl\nimport \"a.nasl\"") == ["import a.nasl"])
        #expect(summaries("\u{FEFF}let x = 1") == ["let x = 1"])
    }

    @Test func linesGoOn() {
        #expect(summaries("1 +\n  2\n3") == ["(1 + 2)", "3"])
        #expect(summaries("let x =\n\n  # the value\n  3") == ["let x = 3"])
        #expect(summaries("x ->\n  x\n") == ["(x -> x)"])
        #expect(summaries("if a then\n  b else\n  c") == ["(if a then b else c)"])
        #expect(summaries("a and\nb >>\nf") == ["((a and b) >> f)"])
        #expect(summaries("not\na") == ["(not a)"])
        #expect(summaries("-\nx") == ["(-x)"])
        #expect(summaries("1 ..\n4 by\n2") == ["(1..4 by 2)"])
        #expect(summaries("f(\n  1,\n\n  a: 2\n)\n[\n1\n, 2]") == ["f(1, a: 2)", "[1, 2]"])
        #expect(summaries("(a\n + b)") == ["(a + b)"])
        #expect(summaries("(if a\nthen b\nelse c)") == ["(if a then b else c)"])
    }

    @Test func aNewLineEndsAStatement() {
        #expect(summaries("a\n-b") == ["a", "(-b)"])
        #expect(summaries("f\n(x)") == ["f", "x"])
        #expect(summaries("f\n[x]") == ["f", "[x]"])
    }

    @Test func letAtTheStartIsAStatement() {
        #expect(summaries("let x = 1 in xs") == ["let x = (1 in xs)"])
        #expect(summaries("let x = (let y = 1 in y) in xs") == ["let x = ((let y = 1 in y) in xs)"])
        #expect(summaries("fn f(x) = let y = x in y") == ["fn f(x) = (let y = x in y)"])
    }

    @Test func functions() {
        #expect(summaries("fn f() = 1") == ["fn f() = 1"])
        #expect(summaries("fn f(a, b: 2, c: Tensor, d: [1, 2]) = a") == ["fn f(a, b: value 2, c: type Tensor, d: value [1, 2]) = a"])
        #expect(summaries("fn f(s: (h: Tensor, c: Tensor), r: (h: 1)) = s") == ["fn f(s: type (h: Tensor, c: Tensor), r: value (h: 1)) = s"])
        #expect(summaries("fn f(g: x -> x + 1, n: Size + 1) = g") == ["fn f(g: value (x -> (x + 1)), n: value (Size + 1)) = g"])
        #expect(summaries("fn f(a) {\n  let b = a\n\n  b * 2\n}") == ["fn f(a) = {let b = a | (b * 2)}"])
        #expect(summaries("fn f(a) { let b = a; b }; f(1)") == ["fn f(a) = {let b = a | b}", "f(1)"])
        #expect(summaries("fn f(\n  a,\n  b: 2,\n) = a") == ["fn f(a, b: value 2) = a"])
        #expect(summaries("fn f() { }") == ["fn f() = {}"])
    }

    @Test func tasks() {
        #expect(summaries("task t(f: Activation, width: 64) {\n  fn g(x) = reward + x\n  minimize size(f)\n  reward -g(width)\n}") == [
            "task t(f: type Activation, width: value 64) {fn g(x) = (reward + x) | minimize size(f) | reward (-g(width))}",
        ])
        #expect(summaries("task t(f: Equation) { reward 1 / (1 + nrmse(f(x), y)) }") == ["task t(f: type Equation) {reward (1 / (1 + nrmse(f(x), y)))}"])
        #expect(summaries("let reward = 1\nreward - 1\nminimize(reward)") == ["let reward = 1", "(reward - 1)", "minimize(reward)"])
    }

    @Test func loopsAndLaws() {
        #expect(summaries("for f in programs(G) { print(f); }") == ["for f in programs(G) {print(f);}"])
        #expect(summaries("for _ in 1..3 { for x in Xs { x } }") == ["for _ in (1..3) {for x in Xs {x}}"])
        #expect(summaries("law ?a * (?b + ?c) == ?a * ?b + ?a * ?c") == ["law (?a * (?b + ?c)) == ((?a * ?b) + (?a * ?c))"])
        #expect(summaries("law log(exp(?a)) == ?a where ?a > 0 and number(?n) and (?b or ?c)\nlet where = 1") ==
            ["law log(exp(?a)) == ?a if (?a > 0) if number(?n) if (?b or ?c)", "let where = 1"])
    }

    @Test func documentation() {
        func documented(_ text: String) -> [String?] {
            Reading(text).program.map { statement in
                switch statement.kind {
                case .function(let function): function.documentation
                case .task(let task): task.documentation
                case .grammar(let grammar): grammar.documentation
                default: "?"
                }
            }
        }
        #expect(documented("## One.\nfn f() = 1\nfn g() = 2") == ["One.", nil])
        #expect(documented("##One\n##  two.\nfn f() = 1") == ["One\n two."])
        #expect(documented("## The file.\n\n## One.\n# aside\nfn f() = 1") == ["One."])
        #expect(documented("## Far.\n\nfn f() = 1 ## behind\nfn g() = 2") == [nil, nil])
        #expect(documented("### line\n## T.\ntask t() { ## in\n reward 1 }\n## G.\ngrammar G { A = 1 }") == ["T.", "G."])
    }

    @Test func ranges() {
        let source = "let long = (a + b) * c;\nfor x in [1] { f(x)[0].y }\nfn g(lr: 2) = 1"
        let reading = Reading(source)
        #expect(reading.program.map { reading.text($0.range) } == ["let long = (a + b) * c", "for x in [1] { f(x)[0].y }", "fn g(lr: 2) = 1"])
        guard case .binding(let binding) = reading.program[0].kind, case .binary(_, let sign, let left, _) = binding.value.kind,
              case .loop(let loop) = reading.program[1].kind, case .expression(let inner) = loop.body[0].kind,
              case .field(let base, _, let nameRange) = inner.kind, case .function(let function) = reading.program[2].kind
        else {
            Issue.record("another tree than was written")
            return
        }
        #expect(reading.text(binding.nameRange) == "long")
        #expect(reading.text(binding.value.range) == "(a + b) * c")
        #expect(reading.text(sign) == "*")
        #expect(reading.text(left.range) == "(a + b)")
        #expect(reading.text(inner.range) == "f(x)[0].y")
        #expect(reading.text(base.range) == "f(x)[0]")
        #expect(reading.text(nameRange) == "y")
        #expect(function.parameters.map { reading.text($0.range) } == ["lr: 2"])
    }
}
