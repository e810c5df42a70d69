import NaslLanguage
import Testing

/// What the language's documentation shows can be read, and is read as what it is.
struct LanguagePageTests {
    @Test(arguments: LanguagePage.session + LanguagePage.lines)
    func everyLineReads(source: String) {
        let reading = Reading(source)
        #expect(reading.messages == "")
        #expect(!reading.program.isEmpty)
        #expect(isComplete(source) == .complete)
    }

    @Test func everyProgramReads() throws {
        let reading = Reading(LanguagePage.programs)
        #expect(reading.messages == "")
        let names = reading.program.map { statement -> String in
            switch statement.kind {
            case .grammar(let grammar): "grammar \(grammar.name) \(grammar.rules.count) \(grammar.constraints.count)"
            case .task(let task): "task \(task.name) \(task.body.count)"
            default: "?"
            }
        }
        #expect(names == [
            "grammar UpdateRule 6 0", "task trains_a_convnet 3", "grammar ConvNet 5 0", "grammar Cell 5 0", "grammar Loss 1 3", "grammar BatchSize 1 0",
            "grammar BatchSchedule 1 1", "grammar Schedule 1 1", "grammar Recipe 3 0", "grammar Equation 1 2", "task nguyen5 2",
        ])
    }

    @Test func partsOfThePrograms() throws {
        let reading = Reading(LanguagePage.programs)
        guard case .grammar(let update) = reading.program[0].kind, case .grammar(let cell) = reading.program[3].kind,
              case .grammar(let net) = reading.program[2].kind, case .grammar(let recipe) = reading.program[8].kind
        else {
            Issue.record("the programs are not what they were")
            return
        }
        #expect(update.documentation == "Update rules in the space of Neural Optimizer Search (Bello et al., ICML 2017).")
        #expect(update.parameters.map(\.name) == ["w", "g", "m", "v", "t"])
        #expect(update.parameters.map { $0.type?.text } == ["Tensor", "Tensor", "Tensor", "Tensor", "Scalar"])
        #expect(update.rules.map(\.alternatives.count) == [1, 1, 17, 8, 6, 4])
        #expect(update.rules[0].alternatives[0].value.explicitText == "(last(chain([], int((1..3)), (earlier -> Unit(earlier)))) * Decay)")
        #expect(update.rules[2].parameters.map(\.name) == ["earlier"])
        #expect(update.rules[2].alternatives.map { reading.text($0.value.range) }[14] == "m / (sqrt(v) + 1e-8)")
        #expect(update.rules[4].alternatives.map { $0.value.text }.last == "(a, b) -> a / (b + 1e-8)")

        #expect(cell.result?.text == "(h: Tensor, c: Tensor)")
        #expect(cell.rules[0].alternatives[0].value.text == """
            let l = Leaf{4} in let a = Act(Combine(Node(l[0], l[1]), c)) in let b = Node(l[2], l[3]) in let top = Node(a, b) in (h: top, c: pick([a, b, top]))
            """)

        #expect(net.rules[4].alternatives.map(\.weight) == [3, nil])
        #expect(net.rules[1].alternatives[0].value.explicitText == """
            ((conv(Filters, size: [Side, Side], stride: Stride)(concat(subset(earlier))) >> relu) >> batch_norm)
            """)

        #expect(recipe.parameters.isEmpty)
        #expect(recipe.result == nil)
        #expect(recipe.rules[0].alternatives[0].value.text == "(lr: log_real(1e-5..0.1), batch: BatchSize, width: Width, optimizer: Opt)")
    }
}
