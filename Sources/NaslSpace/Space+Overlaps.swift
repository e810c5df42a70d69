import NaslExpr

extension Space {
    /// Alternatives of one rule that derive the same program, with the smallest such program; three at most.
    public var overlaps: [GrammarIssue] {
        guard var ambiguity = Ambiguity(model) else { return [] }
        var issues: [GrammarIssue] = []
        var told: Set<[Int]> = []
        for overlap in ambiguity.overlaps() where issues.count < 3 {
            let (first, second) = (model.productions[overlap.productions.first].alternative, model.productions[overlap.productions.second].alternative)
            let rule = grammar.rules[model.nonterminals[overlap.nonterminal].rule]
            guard !told.contains([model.nonterminals[overlap.nonterminal].rule, first, second]), let path = path(to: overlap.nonterminal),
                  let program = program(path, overlap.choices.first), program == self.program(path, overlap.choices.second) else { continue }
            told.insert([model.nonterminals[overlap.nonterminal].rule, first, second])
            let parameters = grammar.parameters.map(\.name)
            let text = parameters.isEmpty ? program.text : FunctionTerm(parameters: parameters, body: program).text
            issues.append(GrammarIssue(
                .sameProgram, "two alternatives of `\(rule.name)` derive the same program",
                labels: [(rule.alternatives[first].range, "`\(text)` can be drawn by this"), (rule.alternatives[second].range, "and by this")],
                help: "it counts twice and is drawn the more often; if that is not meant, leave one of them out"))
        }
        return issues
    }

    /// A program in which the draw at the end of a path is made by these choices, and every other by the fewest.
    private func program(_ path: [(production: Int, slot: Int)], _ choices: [Int]) -> Expr? {
        var derivation = derivation()
        for step in path {
            guard derivation.choose(model.productions[step.production].alternative) else { return nil }
            for _ in 0..<step.slot { derivation.finishNext() }
        }
        for choice in choices { guard derivation.choose(choice) else { return nil } }
        derivation.finish()
        return derivation.program
    }

    /// The fewest productions that lead from the start to a draw of a nonterminal, and the slots at which they do.
    private func path(to nonterminal: Int) -> [(production: Int, slot: Int)]? {
        let start = Int(model.cells[model.start].nonterminal)
        var arrivals: [Int: (production: Int, slot: Int)] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count, queue[next] != nonterminal {
            for (number, production) in model.productions.enumerated() where production.nonterminal == queue[next] && production.numbers == nil {
                for (slot, draw) in production.slots.enumerated() where draw.nonterminal != start && arrivals[draw.nonterminal] == nil {
                    arrivals[draw.nonterminal] = (number, slot)
                    queue.append(draw.nonterminal)
                }
            }
            next += 1
        }
        var path: [(production: Int, slot: Int)] = []
        var place = nonterminal
        while place != start {
            guard let arrival = arrivals[place] else { return nil }
            path.append(arrival)
            place = model.productions[arrival.production].nonterminal
        }
        return path.reversed()
    }
}
