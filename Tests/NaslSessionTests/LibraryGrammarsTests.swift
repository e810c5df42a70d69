import NaslLibrary
import Testing

/// The grammars of the library: importable from anywhere, sound, and their programs read back.
@Suite struct LibraryGrammarsTests {
    /// By file; how many derivations each has.
    static let grammars: [(file: String, name: String, count: String)] = [
        ("nasl/activation.nasl", "Activation", "781"),
        ("nasl/update_rule.nasl", "UpdateRule", "5429251667263488"),
        ("nasl/update_rule.nasl", "NeuralOptimizer", "72825219247005792"),
        ("nasl/conv_net.nasl", "ConvNet", "1435653922458980634140344320"),
        ("nasl/cell.nasl", "Cell", "50331648"),
        ("nasl/cell.nasl", "Cell4", "352321536"),
        ("nasl/core_unit.nasl", "CoreUnit", "6250"),
        ("nasl/core_unit.nasl", "CoreUnits", "156256250"),
        ("nasl/loss.nasl", "Loss", "286430213524258680"),
        ("nasl/batch_size.nasl", "BatchSize", "7"),
        ("nasl/batch_size.nasl", "BatchSchedule", "429685"),
        ("nasl/schedule.nasl", "Schedule", "15788673649251"),
        ("nasl/recipe.nasl", "Recipe", "63"),
        ("nasl/equation.nasl", "Equation", "517646683002648870407223"),
        ("nasl/equations.nasl", "Koza", "11671789899479446893886"),
        ("nasl/equations.nasl", "Koza2", "19372830298967826021617852"),
        ("nasl/equations.nasl", "KozaConst", "801016718046752847589054"),
        ("nasl/equations.nasl", "KozaConst2", "365467635575827576322823036"),
    ]

    @Test func allAreHere() {
        #expect(Set(LibraryGrammarsTests.grammars.map(\.file)) == Set(NaslLibrary.scripts.keys))
    }

    @Test(arguments: grammars) func counts(_ grammar: (file: String, name: String, count: String)) {
        #expect(transcript("import \"\(grammar.file)\"\nprint(count(\(grammar.name)))") == grammar.count)
    }

    /// A thousand draws, printed and typed in again: programs of the grammar, the same ones.
    @Test(arguments: grammars) func drawsReadBack(_ grammar: (file: String, name: String, count: String)) {
        let head = "import \"\(grammar.file)\"\n"
        let drawn = transcript(head + "for f in sample(\(grammar.name), 1000, seed: 8) { print(f) }").split(separator: "\n")
        #expect(drawn.count == 1000)
        // What stands for a number yet to be fitted cannot be typed in.
        if grammar.name.hasPrefix("KozaConst") { return }
        let again = transcript(head + drawn.map { "let p = \($0)\nprint(p, p in \(grammar.name))" }.joined(separator: "\n")).split(separator: "\n")
        #expect(again.count == 1000)
        for (first, second) in zip(drawn, again) { #expect(second == "\(first) true") }
    }

    /// What the papers found stands in the papers' spaces.
    @Test func foundProgramsAreHere() {
        #expect(transcript("import \"nasl/cell.nasl\"\nprint(nas_cell in Cell8, count(Cell8), log_prob(Cell8, nas_cell) < -20)") == "true 16888498602639360 true")
        let powersign = "(w, g, m, v, q, t) -> let unit1 = id(sign(g)) * id(sign(m)) in let unit2 = exp(unit1) * id(g) in unit2"
        #expect(transcript("import \"nasl/update_rule.nasl\"\nprint((\(powersign)) in NeuralOptimizer)") == "true")
        let activations = ["sigmoid(param(1.0) * x) * id(x)", "max(id(x), sigmoid(x))", "cos(x) - id(x)", "min(id(x), sin(x))", "max(id(x), tanh(x))", "sinc(x) + id(x)"]
        let script = "import \"nasl/core_unit.nasl\"\n" + activations.map { "print((x -> \($0)) in CoreUnit, (x -> let unit1 = \($0) in unit1) in CoreUnits)" }.joined(separator: "\n")
        #expect(transcript(script) == Array(repeating: "true true", count: 6).joined(separator: "\n"))
    }

    /// Every problem is solved by its own function, and known however it is written.
    @Test func problemsHaveTheirAnswers() {
        let solved = transcript("""
            import "nasl/equations.nasl"
            for n in 1..13 { print(score(nguyen(n).target, nguyen(n)), recovered(nguyen(n).target, nguyen(n))) }
            for n in 1..5 { print(score(nguyen_const(n).target, nguyen_const(n)), recovered(nguyen_const(n).target, nguyen_const(n))) }
            for n in 1..6 { print(score(jin(n).target, jin(n)), recovered(jin(n).target, jin(n))) }
            """)
        #expect(solved.split(separator: "\n").count == 24 && solved.split(separator: "\n").allSatisfy { $0 == "1 true" })
        let others = transcript("""
            import "nasl/equations.nasl"
            print(recovered(x -> x * (x * x + x + x / x), nguyen(1)), recovered(x -> sin(x * x) * cos(x) - x / x, nguyen(5)))
            print(recovered(x -> log((x + x / x) * (x * x + x / x)), nguyen(7)), recovered(x -> exp(log(x) / (x / x + x / x)), nguyen(8)))
            print(recovered((x, y) -> sin(x) * cos(y) + cos(y) * sin(x), nguyen(10)), recovered((x, y) -> exp(y * log(x)), nguyen(11)))
            print(recovered(x -> x^3 + x^2 + 1.0001 * x, nguyen(1)), score(x -> x, nguyen(1)) < 1)
            """)
        let fitted = transcript("""
            import "nasl/equations.nasl"
            print(recovered(x -> ((x + x * (x - 1.374631268436578)) * x + (x + 0.525073746312684) * x) * 3.39, nguyen_const(1)))
            print(recovered(x -> exp(0.5 * log(x) + 0.10350708469216307), nguyen_const(4)), recovered(x -> 1.1090536506409418 * sqrt(x), nguyen_const(4)))
            print(recovered(x -> 1.10905 * sqrt(x), nguyen_const(4)), recovered(x -> sin(x^2) * cos(x) - 0.7500000000001, nguyen_const(2)))
            print(recovered((x, y) -> 6.0001 * sin(x) * cos(y), jin(5)), recovered((x, y) -> cos(y) * sin(x) * 5.9999999999997, jin(5)))
            """)
        #expect(fitted == "true\ntrue true\nfalse true\nfalse true")
        #expect(others == "true true\ntrue true\ntrue true\nfalse true")
        for wrong in ["nguyen(0)", "nguyen(-1)", "nguyen(14)", "jin(0)", "jin(7)", "nguyen_const(6)", "nguyen(1.5)"] {
            let found = transcript("import \"nasl/equations.nasl\"\n\(wrong)")
            // The place in the library, and the user's own.
            #expect(found.contains("error[N0306]") && found.contains("--> <library>/nasl/equations.nasl:"), "\(found)")
            #expect(found.contains("::: test.nasl:2:1") && found.contains("called here"), "\(found)")
        }
    }

    /// The equations that the shortest search finds.
    @Test func aSearchFindsThem() {
        let found = transcript("""
            import "nasl/equations.nasl"
            task find(f: Koza) { reward score(f, nguyen(1)) }
            let run = search(find, with: neural_guided(batch: 200), trials: 20000, goal: 0.999999, seed: 1);
            recovered(run.best.program, nguyen(1))
            run.ending
            len(run.trials) <= run.proposals and len(run.trials) < 20000
            """)
        #expect(found == "true\n\"a reward of 0.999999 was reached\"\ntrue")
    }

    @Test func checked() {
        for file in Set(LibraryGrammarsTests.grammars.map(\.file)).sorted() { #expect(titles("import \"\(file)\"\n") == [], "\(file)") }
    }

    /// Once each, also by one another; a name that is nearly right is answered with the right one.
    @Test func imports() {
        #expect(transcript("import \"nasl/activation.nasl\"\nimport \"nasl/recipe.nasl\"\nprint(count(Recipe), count(BatchSize), count(Activation))") == "63 7 781")
        #expect(transcript("import \"nasl/activations.nasl\"") == """
            error[N0314]: there is no file `nasl/activations.nasl`
              --> test.nasl:1:8
              |
            1 | import "nasl/activations.nasl"
              |        ^^^^^^^^^^^^^^^^^^^^^^^
              = help: the library has `nasl/activation.nasl`
            """)
        #expect(transcript("import \"cell.nasl\"").hasSuffix("= help: the library has `nasl/cell.nasl`"))
    }
}

/// The tasks of the reference with the library's grammars.
@Suite struct LibraryTasksTests {
    @Test func nguyen5() {
        let text = """
            import "nasl/equation.nasl"
            task nguyen5(f: Equation) {
                let x = uniform(-1, 1, count: 20)
                reward 1 / (1 + nrmse(f(x), sin(x^2) * cos(x) - 1))
            }
            print(nguyen5(x -> sin(x * x) * cos(x) - x / x).reward > 0.999999)
            let run = search(nguyen5, with: random, trials: 100, seed: 1)
            print(len(run.trials), run.best.reward > 0.1)
            """
        #expect(transcript(text) == "true\n100 true")
    }

    @Test func updateRules() {
        let text = """
            import "nasl/update_rule.nasl"
            task trains(rule: UpdateRule) {
                fn fit(lr, steps) = train(mlp([16, 10]), digits, loss: cross_entropy, optimizer: optimizer(rule, lr), batch: 32, steps: steps)
                let lr = argmin([1e-4, 1e-3, 1e-2, 1e-1, 1], lr -> fit(lr, 5).validation.loss)
                reward -fit(lr, 20).validation.loss
            }
            let run = search(trains, with: random, trials: 40, seed: 2)
            print(len(run.trials), len(filter(run.trials, t -> t.status == "failed")))
            """
        #expect(transcript(text) == "40 0")
    }

    @Test func convolutionalNets() {
        let text = """
            import "nasl/conv_net.nasl"
            task reads(net: ConvNet) { reward -train(net, digits, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 16, steps: 1).validation.loss }
            let run = search(reads, with: random, trials: 4, seed: 1)
            print(all(run.trials, t -> t.status == "ok" or t.status == "invalid"), run.best.reward < 0)
            """
        #expect(transcript(text, workers: 2) == "true true")
    }

    @Test func losses() {
        let text = """
            import "nasl/loss.nasl"
            task learns(loss: Loss) { reward train(mlp([10]), digits, loss: loss, optimizer: adam(lr: 1e-2), batch: 32, steps: 20).validation.accuracy }
            print(learns((p, y) -> -(y * log(p))).reward > 0.3)
            let run = search(learns, with: random, trials: 20, seed: 1)
            print(len(run.trials), len(filter(run.trials, t -> t.status == "failed")))
            """
        #expect(transcript(text) == "true\n20 0")
    }

    /// Settings by name, as a record.
    @Test func recipes() {
        let text = """
            import "nasl/recipe.nasl"
            task learns(r: Recipe) { reward -train(mlp([r.width, 10]), digits, loss: cross_entropy, optimizer: r.optimizer(lr: r.lr), batch: r.batch, steps: 5).validation.loss }
            let run = search(learns, with: random, trials: 12, seed: 1)
            print(len(filter(run.trials, t -> t.status == "failed")), run.best.program in Recipe)
            """
        #expect(transcript(text) == "0 true")
    }
}
