import NaslExpr
import NaslLanguage
import NaslSearch

extension Builtins {
    /// Runs as pages and pictures.
    static let reporting: [Builtin] = [
        Builtin("report", "run, to, beside?",
                "Writes a run as a page: `to: \"run.html\"` one file with its pictures inside, `\"run.md\"` Markdown, `\"run.tex\"` the skeleton of a paper. `beside:` takes what belongs to it: a comparison on fresh seeds, a run by `random`, runs with other seeds, or a list of them.",
                example: "report(run, to: \"run.html\", beside: compare(reads_austen, [relu, run.best], repeats: 10))") { arguments, interpreter in
            let run = try arguments.object("run", RunValue.self, expected: "a run")
            let file = try arguments.text("to")
            let range = arguments.range(of: "to")
            guard let form = ReportForm(file) else { throw Fault.file("`report` writes .html, .md and .tex, and `\(file)` ends in none of them", at: range) }
            if interpreter.isTrial { throw Fault.file("a task cannot write a report", at: range) }
            let (others, comparisons) = try besides(arguments)
            let (task, method) = try run.definition()
            let report = Report(
                explanation: try explanation(of: run, beside: others.first { $0.method == "random" }, interpreter), task: task, method: method,
                others: try others.map { ($0.name ?? "seed \($0.seed)", try $0.facts().method, try $0.run()) }, comparisons: comparisons)
            try OutputFile.write(form.text(of: report.document), to: file, at: range)
            return .object(DrawnText("a report", "wrote \(file)"))
        },
        Builtin("overview", "task, with?, to?",
                "The loop of a search as a picture, with the task's own names: what is sampled, what earns the reward, what comes back. Of a run by its method; `to: \"file.svg\"` writes it.",
                example: "overview(reads_austen, with: ppo())") { arguments, interpreter in
            let overview: Overview
            switch arguments.value("task") {
            case .task(let task): overview = Overview(task, method: try method(arguments))
            case .object(let object as RunValue):
                if arguments.given("with") { throw Fault.value("a run has its own method; `with:` goes with a task", at: arguments.range(of: "with")) }
                let (task, method) = try object.definition()
                overview = Overview(task, method: method)
            default: throw arguments.wrongType("task", expected: "a task or a run")
            }
            guard let file = try pictureFile(arguments, interpreter) else {
                return .object(OverviewValue(overview, shown: TerminalOverview(overview, style(interpreter)).lines.joined(separator: "\n")))
            }
            try OutputFile.write(SVGOverview(overview).text, to: file, at: arguments.range(of: "to"))
            return .object(OverviewValue(overview, shown: "wrote \(file)"))
        },
    ]

    static func style(_ interpreter: Interpreter) -> OutputStyle { SessionHost.behind(interpreter.host)?.options.drawing ?? OutputStyle() }

    /// `explain` of a run.
    static func explained(_ run: RunValue, _ arguments: Arguments, _ interpreter: Interpreter) throws -> Value {
        let explanation = try explanation(of: run, beside: try randomRun(arguments), interpreter)
        return .object(RunExplanationValue(explanation, style(interpreter)) { try run.program(of: $0) })
    }

    private static func explanation(of run: RunValue, beside random: RunValue?, _ interpreter: Interpreter) throws -> RunExplanation {
        let controller = try ["adaptive", "growing", "hyperband", "neural_guided"].contains(run.method) ? run.controller() : nil
        let explanation = RunExplanation(
            try run.run(), of: run.taskName, facts: try run.facts(), in: try run.grammar().space, laws: try laws(interpreter),
            random: try random.map { ($0.name ?? "a run by `random`, seed \($0.seed)", try $0.run()) },
            controller: controller, budget: run.budgetName)
        try interpreter.checkInterrupt()
        return explanation
    }

    /// The runs and comparisons of `beside:`.
    private static func besides(_ arguments: Arguments) throws -> (runs: [RunValue], comparisons: [ComparisonValue]) {
        var (runs, comparisons): ([RunValue], [ComparisonValue]) = ([], [])
        let given = arguments.given("beside") ? arguments.value("beside") : .list([])
        for value in given.elements ?? [given] {
            switch value {
            case .object(let run as RunValue): runs.append(run)
            case .object(let comparison as ComparisonValue): comparisons.append(comparison)
            default: throw Fault.type("what is set beside a run", expected: "a run or a comparison", found: value, at: arguments.range(of: "beside"))
            }
        }
        return (runs, comparisons)
    }

    /// The run of `beside:`.
    private static func randomRun(_ arguments: Arguments) throws -> RunValue? {
        guard arguments.given("beside") else { return nil }
        let run = try arguments.object("beside", RunValue.self, expected: "a run by `random`")
        guard run.method == "random" else {
            throw Fault.value("`beside:` takes a run by `random`, but this one is by `\(run.method)`", at: arguments.range(of: "beside"))
        }
        return run
    }
}

/// What a report is written as, by the end of the file's name.
private enum ReportForm {
    case html, markdown, latex

    init?(_ file: String) {
        let name = file.lowercased()
        if name.hasSuffix(".html") { self = .html } else if name.hasSuffix(".md") { self = .markdown } else if name.hasSuffix(".tex") { self = .latex } else { return nil }
    }

    func text(of document: Document) -> String {
        switch self {
        case .html: HTMLWriter().text(document)
        case .markdown: MarkdownWriter().text(document)
        case .latex: LaTeXWriter().text(document)
        }
    }
}
