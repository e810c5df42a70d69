import NaslLanguage

/// The loop of a search with its own names (Zoph & Le 2017, figure 1): the controller writes a candidate, a child is made of it, and its
/// reward says how the controller changes. Plain data; ``TerminalOverview``, ``SVGOverview`` and the LaTeX writer draw it.
struct Overview: Sendable, Hashable {
    /// What chooses, in lines.
    var controller: [String]
    /// Above: what goes to the child.
    var sampled: String
    /// What earns the reward, in lines.
    var child: [String]
    /// Below: what comes back.
    var learned: String

    static let caption: Prose = "The loop of this search: what is drawn, what becomes of it, and what comes back."

    init(_ task: TaskValue, method: Method) {
        let chooser = method.rungs?.inner.name ?? method.name
        controller = [Overview.title(of: chooser), method.written]
        let candidates = task.searched.map { "\($0.name): \($0.grammar.name)" }
        sampled = "sample \(Overview.joined(candidates)) with probability p"
        let mentioned = MentionedNames.of(task.declaration)
        let data = mentioned.filter { if case .object(let object)? = task.environment[$0] { object is DataValue || object is SplitValue } else { false } }.sorted()
        let names = Overview.joined(task.searched.map(\.name))
        let verb = mentioned.contains("train") ? "a child is trained with \(names)" : "a child is made of \(names)"
        child = ["the task \(task.name)", verb + (data.isEmpty ? "" : " on \(Overview.joined(data))")]
        for statement in task.declaration.body {
            if case .reward(let expression) = statement.kind { child.append("reward R = \(expression.text)") }
        }
        learned = Overview.learning(of: chooser)
        if method.rungs != nil { learned += "; small budgets first" }
        if !task.costNames.isEmpty { learned += "; \(Overview.joined(task.costNames)) minimized" }
    }

    private static func title(of method: String) -> String {
        switch method {
        case "random": "random draws"
        case "exhaustive": "all programs in turn"
        case "evolution": "a population"
        case "growing": "shallow programs first"
        default: "the controller (LSTM)"
        }
    }

    private static func learning(of method: String) -> String {
        switch method {
        case "random", "exhaustive": "R is kept; nothing is learned from it"
        case "growing": "the method inside learns from R; programs grow where nothing better comes"
        case "evolution": "those of high R become parents, the oldest leave"
        case "risk_seeking", "neural_guided": "gradient of log p of the round's best, scaled by R, updates the controller"
        case "priority_queue": "gradient of log p of the best so far updates the controller"
        default: "gradient of log p, scaled by R, updates the controller"
        }
    }

    private static func joined(_ names: [String]) -> String {
        names.count < 2 ? names.first ?? "" : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }

    /// A text in lines of at most `width` columns, at its words where it can be.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var word = word[...]
            while true {
                let room = line.isEmpty ? width : width - line.shownWidth - 1
                if String(word).shownWidth <= room {
                    line += (line.isEmpty ? "" : " ") + word
                    break
                }
                if !line.isEmpty {
                    lines.append(line)
                    line = ""
                    continue
                }
                let part = word.prefix(max(1, width))
                lines.append(String(part))
                word = word.dropFirst(part.count)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}

/// What `overview` gives: shown, it is the drawing.
final class OverviewValue: LanguageObject {
    let overview: Overview
    let shown: String

    init(_ overview: Overview, shown: String) {
        self.overview = overview
        self.shown = shown
    }

    let kind = "an overview"
}
