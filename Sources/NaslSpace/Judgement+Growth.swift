import NaslExpr

extension Judgement {
    /// Whether draws end: the expected number of new draws per draw, for rules that draw one another.
    ///
    /// Drawing is a branching process with one type per cell; it ends with probability 1 exactly if the spectral radius of the matrix
    /// of mean offspring is at most 1 (Harris: "The Theory of Branching Processes", 1963, chapter II), and has a finite mean size
    /// below 1. Only grammars with infinitely many programs are asked.
    static func growth(_ model: Model) -> [GrammarIssue] {
        let cells = drawnCells(model)
        var issues: [GrammarIssue] = []
        let mentions = model.cells.indices.map { cell in
            cells[cell] ? model.entries[model.cells[cell].entries].filter(model.canEnd).flatMap { $0.slots.map { Int(model.slotCells[$0]) } } : []
        }
        for component in components(mentions) where component.count > 1 || mentions[component[0]].contains(component[0]) {
            let weights = model.sites.map(\.weights)
            let radius = meanOffspring(of: component, model, weights)
            if radius < 1 - 1e-9 { continue }
            let names = rules(of: component, model)
            let isCritical = radius <= 1 + 1e-9
            var labels: [(SourceRange, String)] = []
            for rule in names {
                for (index, alternative) in model.grammar.rules[rule].alternatives.enumerated()
                where draws(rule, index, component, model) { labels.append((alternative.range, "")) }
            }
            let rule = model.grammar.rules[names[0]]
            let number = isCritical ? "1" : shown(radius)
            let reason = names.count == 1
                ? "on average \(number) new \(rule.name) per \(rule.name)"
                : "on average \(number) new draws of \(quoted(names, model.grammar)) per draw"
            issues.append(GrammarIssue(
                isCritical ? .endsSlowly : .mayNeverEnd,
                isCritical ? "drawing `\(rule.name)` ends, but its size has no mean" : "drawing `\(rule.name)` may never end",
                labels: labelLast(labels, reason), help: cure(component, names, model, weights)))
        }
        return issues
    }

    /// "add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83": the smallest whole weight of one leaf that brings the mean below 1.
    private static func cure(_ component: [Int], _ names: [Int], _ model: Model, _ weights: [[Double]]) -> String {
        let limit = "add `limit depth <= 6`"
        var best: (weight: Int, rule: Int, index: Int, radius: Double)?
        for rule in names {
            let alternatives = model.grammar.rules[rule].alternatives
            guard let leaf = alternatives.indices.first(where: { !draws(rule, $0, component, model) }) else { continue }
            func radius(_ weight: Int) -> Double {
                var changed = weights
                changed[rule][leaf] = Double(weight)
                return meanOffspring(of: component, model, changed)
            }
            var low = 0, high = 1_000
            guard radius(high) < 1 - 1e-9 else { continue }
            while high - low > 1 {
                let middle = (low + high) / 2
                if radius(middle) < 1 - 1e-9 { high = middle } else { low = middle }
            }
            if best == nil || high < best?.weight ?? 0 { best = (high, rule, leaf, radius(high)) }
        }
        guard let best else { return limit }
        let leaf = model.grammar.rules[best.rule].alternatives[best.index].template.text
        return "\(limit), or weight a leaf: `\(leaf) @\(best.weight)` gives \(shown(best.radius))"
    }

    /// Two decimals, or as many as tell the number from 1.
    private static func shown(_ value: Double) -> String {
        var scale = 100.0
        while scale < 1e9, (value * scale).rounded() == scale { scale *= 10 }
        return numberText((value * scale).rounded() / scale)
    }

    /// Whether an alternative draws any of these cells when it is taken in one of them.
    private static func draws(_ rule: Int, _ index: Int, _ component: [Int], _ model: Model) -> Bool {
        component.contains { cell in
            let nonterminal = model.nonterminals[Int(model.cells[cell].nonterminal)]
            return nonterminal.isRule && nonterminal.rule == rule && model.entries[model.cells[cell].entries].contains { entry in
                model.productions[Int(entry.production)].alternative == index && entry.slots.contains { component.contains(Int(model.slotCells[$0])) }
            }
        }
    }

    /// The cells that a derivation can come to.
    private static func drawnCells(_ model: Model) -> [Bool] {
        var isDrawn = model.cells.map { _ in false }
        var work = [model.start]
        isDrawn[model.start] = true
        while let cell = work.popLast() {
            for entry in model.entries[model.cells[cell].entries] where model.canEnd(entry) {
                for slot in entry.slots where !isDrawn[Int(model.slotCells[slot])] {
                    isDrawn[Int(model.slotCells[slot])] = true
                    work.append(Int(model.slotCells[slot]))
                }
            }
        }
        return isDrawn
    }

    /// The spectral radius of the matrix of mean offspring among these cells, by power iteration on M + 1, which is primitive because
    /// the cells are strongly connected; the bounds of Collatz and Wielandt say when to stop.
    static func meanOffspring(of component: [Int], _ model: Model, _ weights: [[Double]]) -> Double {
        let places = Dictionary(component.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var means: [(from: Int, to: Int, mean: Double)] = []
        for (place, cell) in component.enumerated() {
            let site = model.nonterminals[Int(model.cells[cell].nonterminal)].site
            let entries = model.entries[model.cells[cell].entries].filter(model.canEnd)
            func weight(_ entry: Model.Entry) -> Double { weights[site][model.productions[Int(entry.production)].alternative] }
            let total = entries.reduce(0) { $0 + weight($1) }
            for entry in entries {
                for slot in entry.slots {
                    if let child = places[Int(model.slotCells[slot])] { means.append((place, child, weight(entry) / total)) }
                }
            }
        }
        var vector = [Double](repeating: 1, count: component.count)
        var radius = 0.0
        for _ in 0..<10_000 {
            var next = vector
            for (from, to, mean) in means { next[from] += mean * vector[to] }
            let ratios = zip(next, vector).map { $0 / $1 }
            let low = ratios.min() ?? 1, high = ratios.max() ?? 1
            radius = (low + high) / 2 - 1
            if high - low < 1e-13 { break }
            let scale = next.max() ?? 1
            vector = next.map { $0 / scale }
        }
        return radius
    }
}
