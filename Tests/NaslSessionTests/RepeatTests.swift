import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSession
import NaslSpace
import Testing

/// Programs that are the same are evaluated once, and only those.
@Suite struct RepeatTests {
    private static let grammar = """
        grammar G(x: Tensor) -> Tensor {
            E = x @3 | tanh(E) | sin(E) | -E | E + E | E * E
            limit depth <= 3
        }

        """

    /// Every program is proposed once; as many are evaluated as there are forms by the laws, or printed ones where the task reads how they are written.
    @Test func asManyTrialsAsForms() {
        let text = Self.grammar + """
            task value(f: G) { reward -rmse(f([-2, -1, 0, 1.5]), [1, 2, 3, 4]) }
            task form(f: G) { minimize size(f); reward f(1) }
            let run = search(value, with: exhaustive(), trials: 1000)
            len(run.trials) == count(G, upto: laws)
            run.proposals == count(G)
            len(run.trials) < run.proposals
            run.ending
            let other = search(form, with: exhaustive(), trials: 1000)
            len(other.trials) == count(G, distinct: true)
            print(run)
            """
        let lines = transcript(text).split(separator: "\n").map(String.init)
        #expect(Array(lines.prefix(3)) == ["true", "true", "true"] && lines[3].hasPrefix("\"the space is exhausted: all") && lines[4] == "true", "\(lines)")
        #expect(lines.last?.contains("proposals") == true || lines.dropLast().last?.contains("proposals") == true, "\(lines)")
    }

    @Test func sameTranscriptWithOneWorkerOrMany() {
        let text = Self.grammar + """
            task value(f: G) { reward -rmse(f([-2, -1, 0, 1.5]), [1, 2, 3, 4]) }
            let run = search(value, with: evolution(), trials: 60, seed: 3)
            run.proposals
            map(run.trials, t -> [t.number, t.reward])
            """
        #expect(transcript(text) == transcript([text], workers: 3))
    }

    /// What a run answers from memory has the same values at every point, and none where the other has none.
    @Test func programsThatAreTakenForTheSame() throws {
        let space = try Space(Grammar(
            name: "R", parameters: [("x", "Tensor"), ("y", "Tensor")], resultType: "Tensor",
            rules: [Rule(name: "E", alternatives: [
                Alternative(.variable("x"), weight: 3), Alternative(.variable("y"), weight: 3), Alternative(.number(1)), Alternative(.apply(.div, .hole("E"), .hole("E"))),
                Alternative(.apply(.mul, .hole("E"), .hole("E"))), Alternative(.apply(.sub, .hole("E"), .hole("E"))), Alternative(.apply(.log, .hole("E"))),
                Alternative(.apply(.exp, .hole("E"))), Alternative(.apply(.sqrt, .hole("E"))),
            ])],
            constraints: [Constraint(.size(1...9))]))
        let known = KnownPrograms(try laws(), space)
        var programs: [String: Expr] = [:]
        var repeats = 0
        for number in 0..<4000 {
            var stream = RandomStream(seed: 11, "draw", .number(number))
            let sample = space.sample(&stream)
            let text = FunctionTerm(parameters: ["x", "y"], body: sample.program).text
            let first = known.representative(of: sample.program, text: text)
            #expect(known.representative(of: sample.program, text: text) == first)
            programs[text] = programs[text] ?? sample.program
            guard first != text, let other = programs[first] else { continue }
            repeats += 1
            for x in [-2, -1, -0.3, 0, 0.3, 1, 1.7, 3] {
                for y in [-1.5, -1, 0, 0.3, 1, 2] {
                    let a = try FunctionTerm(parameters: ["x", "y"], body: sample.program).value(at: [x, y])
                    let b = try FunctionTerm(parameters: ["x", "y"], body: other).value(at: [x, y])
                    #expect(a.isFinite == b.isFinite && (!a.isFinite || abs(a - b) <= 1e-9 * max(1, abs(a))), "\(text) and \(first) at \(x), \(y): \(a), \(b)")
                }
            }
        }
        #expect(repeats > 150)
    }

    /// Prints of forms part programs as their canonical forms and those of the parts that decide where they are defined do.
    @Test func printsPartAsFormsDo() throws {
        let space = try Space(Grammar(
            name: "R", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [Rule(name: "E", alternatives: [
                Alternative(.variable("x"), weight: 4), Alternative(.number(0)), Alternative(.number(-2)), Alternative(.apply(.div, .hole("E"), .hole("E"))),
                Alternative(.apply(.mul, .hole("E"), .hole("E"))), Alternative(.apply(.add, .hole("E"), .hole("E"))), Alternative(.apply(.sub, .hole("E"), .hole("E"))),
                Alternative(.apply(.log, .hole("E"))), Alternative(.apply(.sqrt, .hole("E"))), Alternative(.apply(.pow, .hole("E"), .hole("E"))),
            ])],
            constraints: [Constraint(.size(1...7))]))
        struct Form: Hashable { let whole: Expr, guards: Set<Expr> }
        let table = try laws()
        var normal = NormalForms(table), prints: [Form: FormPrint] = [:], forms: [FormPrint: Form] = [:]
        for number in 0..<6000 {
            var stream = RandomStream(seed: 5, "draw", .number(number))
            let program = space.sample(&stream).program
            var guards: Set<Expr> = []
            for position in program.nodes.indices where program.nodes[position].kind == .primitive {
                let part = program.subterm(at: position)
                switch part.nodes[part.root].primitive.row.domain {
                case .everywhere: break
                case .secondNonzero: guards.insert(table.canonical(part.arguments[1]))
                case .firstPositive: guards.insert(table.canonical(.apply(.log, part.arguments[0])))
                case .firstNonnegative: guards.insert(table.canonical(.apply(.sqrt, part.arguments[0])))
                case .power, .cosineNonzero: guards.insert(table.canonical(part))
                }
            }
            let form = Form(whole: table.canonical(program), guards: guards), print = normal.print(of: program)
            #expect(prints.updateValue(print, forKey: form).map { $0 == print } ?? true, "\(program)")
            #expect(forms.updateValue(form, forKey: print).map { $0 == form } ?? true, "\(program)")
        }
        #expect(prints.count > 500 && prints.count < 5000)
    }

    @Test func programsThatAreNot() throws {
        let space = try Space(Grammar(name: "R", parameters: [("x", "Tensor")], resultType: "Tensor", rules: [Rule(name: "E", alternatives: [Alternative(.variable("x"))])]))
        let known = KnownPrograms(try laws(), space)
        let x = Expr.variable("x"), x0 = Expr.apply(.sub, x, .number(0.3))
        func isNew(_ program: Expr) -> Bool { known.representative(of: program, text: program.text) == program.text }
        #expect(isNew(.number(1)) && isNew(.apply(.div, x, x)) && isNew(.apply(.div, x0, x0)) && isNew(.apply(.mul, .apply(.exp, x), .apply(.exp, .apply(.neg, x)))))
        #expect(isNew(x) && isNew(.apply(.exp, .apply(.log, x))) && isNew(.apply(.square, .apply(.sqrt, x))))
        #expect(isNew(.apply(.add, x, x)) && !isNew(.apply(.mul, .number(2), x)) && !isNew(.apply(.mul, x, .number(2))) && !isNew(.apply(.id, x)))
        // What is drawn anew or fitted is no one function.
        #expect(isNew(.apply(.add, .apply(.noise, .number(1)), x)) && isNew(.apply(.add, x, .apply(.noise, .number(1)))))
        #expect(isNew(.apply(.mul, .fitted, x)) && isNew(.apply(.mul, x, .fitted)))
    }

    /// Cheap tests are counted apart, and a task that rejects everything ends.
    @Test func rejections() {
        let text = Self.grammar + """
            task t(f: G) {
                reject(when: abs(f(1) - f(2)) < 0.5, "it hardly changes")
                reward f(1)
            }
            t(tanh)
            t(x -> x * x).reward
            let run = search(t, with: random(), trials: 30, seed: 1)
            len(run.trials)
            run.rejected > 0 and run.rejected + len(run.trials) <= run.proposals
            all(run.trials, t -> t.status == "ok")
            print(run)
            task never(f: G) { reject(when: true); reward 1 }
            let empty = search(never, with: random(), trials: 30, seed: 1)
            len(empty.trials)
            empty.ending
            reject(when: true)
            """
        let lines = transcript(text).split(separator: "\n").map(String.init)
        guard lines.count > 6 else {
            Issue.record("\(lines)")
            return
        }
        #expect(lines[0].hasPrefix("rejected: it hardly changes") && lines[1] == "1" && lines[2] == "30" && lines[3] == "true" && lines[4] == "true", "\(lines)")
        #expect(lines[5].contains(" rejected"), "\(lines)")
        #expect(lines.contains("0") && lines.contains { $0.contains("50 rounds in a row brought no new program") || $0.contains("exhausted") }, "\(lines)")
        #expect(lines.contains { $0.contains("`reject` can only be used in a task") }, "\(lines)")
    }

    /// `repeats:` and `racing:`.
    @Test func repeatedEvaluations() {
        let text = """
            grammar N { N = int(0..49) }
            task t(n: N) { reward n + normal(0, 3, count: 50)[n] }
            let run = search(t, with: exhaustive(), trials: 50, repeats: 4, seed: 1)
            run.evaluations
            run.deviation > 2 and run.deviation < 4
            run.trials[7].evaluations
            run.top(1)
            let raced = search(t, with: exhaustive(), trials: 50, racing: true, seed: 1)
            raced.evaluations
            raced.best.program >= 45
            raced.best.evaluations > 3
            print(raced)
            print(search(t, with: exhaustive(), trials: 50).deviation)
            search(t, trials: 50, repeats: 1, racing: true)
            """
        let lines = transcript(text).split(separator: "\n").map(String.init)
        #expect(Array(lines.prefix(3)) == ["200", "true", "4"], "\(lines)")
        #expect(lines.contains { $0.contains("deviation") && $0.contains("evaluations") && $0.contains("reward") }, "\(lines)")
        #expect(lines.contains("150") && lines.filter { $0 == "true" }.count == 3, "\(lines)")
        #expect(lines.contains { $0.contains("50 trials in 150 evaluations") }, "\(lines)")
        #expect(lines.contains { $0.contains("`repeats`") } && lines.contains("none"), "\(lines)")
        // What is printed of a run says how long it took, and so does a trial.
        let timeless = text.replacing("print(raced)", with: "map(raced.trials, t -> [t.number, t.reward, t.evaluations])").replacing("run.top(1)\n", with: "map(run.top(1), t -> t.reward)\n")
        #expect(transcript(timeless) == transcript([timeless], workers: 3))
    }

    private func laws() throws -> LawTable { try StandardLaws.table.get() }

    /// By the body of a task over `f: G`, `u: U`.
    @Test func whatATaskSees() {
        let head = Self.grammar + """
            grammar U(w: Tensor, g: Tensor) -> Tensor { R = g | sign(g) | w + g }
            fn twice(h, x) = h(h(x))
            fn longer(h) = size(h) > 3
            fn again(h, n) = if n == 0 then h(1) else again(h, n - 1)
            fn held(h) = (x -> h(x) + 1)
            let other = x -> x

            """
        let seeing = [
            "reward size(f)", "minimize depth(f); reward f(1)", "reward if f == sin then 1 else 0", "reward if f in G then 1 else 0", "reward if longer(f) then 1 else 0",
            "let h = f; reward size(h)", "let h = x -> f(x); reward size(h)", "reward size(held(f))", "reward len([f, f])", "let r = (f: f); reward r.f(1)", "reward map([f], h -> size(h))[0]",
            "reward grad(f)(1)", "fn h(x) = f(x)\n reward size(h)", "reward size(f >> f)", "reward if simplify(f)(1) > 0 then 1 else 0", "reward again(f, 3)", "for h in [f] { print(h) }\n reward 1",
            "reward size(if f(1) > 0 then f else other)",
        ]
        let values = [
            "reward f(1)", "reward -rmse(f([1, 2]), [0, 0])", "reward twice(f, 1)", "reward held(f)(2)", "let h = f; reward h(1)", "reward (f >> f)(1)", "reward sum([1, 2], x -> f(x))", "reward sum([1, 2], f)",
            "fn h(x) = f(x) + 1\n reward h(1)", "reward size(other)", "reward fold(1..3, 0, (s, x) -> s + f(x))", "let x = uniform(-1, 1, count: 5); reward mean(f(x))", "for x in 1..2 { print(f(x)) }\n reward 1",
            "let net = mlp([4, 10], activation: f); let fit = train(net, digits, epochs: 1); reward -fit.validation.loss",
            "let net = dense(4) >> f >> classify(); reward -train(net, digits, epochs: 1).validation.loss",
            "fn fit(lr) = train(mlp([4, 10], activation: f), digits, optimizer: adam(lr: lr), epochs: 1)\n let lr = argmin([1e-3, 1e-2], lr -> fit(lr).validation.loss)\n reward -fit(lr).validation.loss",
            "reward (if f(1) > 0 then f else other)(2)",
        ]
        for (bodies, expected) in [(seeing, false), (values, true)] {
            for body in bodies { #expect(seesValuesOnly(head + "task t(f: G) { \(body.replacing("; ", with: "\n")) }") == expected, "\(body)") }
        }
        #expect(seesValuesOnly(head + "task t(f: G, u: U) { reward f(1) + u(1, 2) }") == true)
        #expect(seesValuesOnly(head + "task t(f: G, u: U) { reward -train(mlp([4, 10], activation: f), digits, optimizer: optimizer(u, 0.1), epochs: 1).validation.loss }") == true)
        #expect(seesValuesOnly(head + "task t(f: G, u: U) { reward f(1) + size(u) }") == false)
        #expect(seesValuesOnly("grammar B { S = 8 | 16 }\ntask t(b: B) { reward b }") == false)
        #expect(seesValuesOnly("import \"nasl/equations.nasl\"\nlet p = nguyen(5)\ntask t(f: Koza) { reward score(f, p) }") == true)
    }

    private func seesValuesOnly(_ script: String) -> Bool? {
        nonisolated(unsafe) var result: Bool?
        onLargeStack {
            guard let session = try? Session(SessionOptions(), SessionFaces { print($0) }), session.evaluate(script, name: "test.nasl", echo: .nothing),
                case .task(let task)? = session.environment["t"] else { return }
            result = ProgramUses.seeValuesOnly(task)
        }
        return result
    }
}
