import NaslExpr

/// Finds the first derivation of a program: can this cell draw the subterm at this position, and by which alternative?
///
/// Each question is answered once. A template fits a subterm in at most one way, so an alternative poses one question for each of
/// its draws, and all of those must be answered yes; the stack is explicit, since programs may be deep.
struct MembershipSearch {
    /// What names bound further out stand for in the program, as far as the cell can mention them.
    typealias Scope = [Symbol: Int]

    /// Can this cell draw the subterm at this position?
    struct Question: Hashable {
        let cell: Int32
        let position: Int32
        /// Within a list, where a stretch of it is drawn: the element at which it begins.
        var element: Int32 = 0
        let scope: Scope
    }

    /// An alternative that fits, with its questions in drawing order.
    struct Answer {
        let choice: Int
        let questions: [Question]
    }

    /// A question being worked on: which entry is tried, which of its draws is asked.
    private struct Task {
        let question: Question
        var entry: Int
        var asked = 0
        var answer: Answer?
    }

    private let model: Model
    private let program: ResolvedProgram
    private var answers: [Question: Answer?] = [:]

    init(_ model: Model, _ program: ResolvedProgram) {
        self.model = model
        self.program = program
    }

    /// Whether the start can draw the whole program.
    var root: Question { Question(cell: Int32(model.start), position: Int32(program.term.root), scope: [:]) }

    /// The choices in drawing order, or nil.
    mutating func derivation() -> [Int]? {
        settle(root)
        guard answers[root] ?? nil != nil else { return nil }
        var choices: [Int] = []
        var pending = [root]
        while let question = pending.popLast() {
            guard let answer = answers[question] ?? nil else { return nil }
            choices.append(answer.choice)
            pending += answer.questions.reversed()
        }
        return choices
    }

    private mutating func settle(_ root: Question) {
        var tasks = [Task(question: root, entry: model.cells[Int(root.cell)].entries.lowerBound)]
        while var task = tasks.popLast() {
            if task.answer == nil {
                guard task.entry < model.cells[Int(task.question.cell)].entries.upperBound else {
                    answers.updateValue(nil, forKey: task.question)
                    continue
                }
                task.answer = fit(model.entries[task.entry], task.question)
                task.asked = 0
                if task.answer == nil { task.entry += 1 }
                tasks.append(task)
                continue
            }
            guard let answer = task.answer else { continue }
            if task.asked == answer.questions.count {
                answers.updateValue(answer, forKey: task.question)
                continue
            }
            let next = answer.questions[task.asked]
            switch answers[next] {
            case .some(.some): task.asked += 1
            case .some(.none):
                task.answer = nil
                task.entry += 1
            case .none:
                tasks.append(task)
                tasks.append(Task(question: next, entry: model.cells[Int(next.cell)].entries.lowerBound))
                continue
            }
            tasks.append(task)
        }
    }

    /// The questions an entry poses where its template fits.
    func fit(_ entry: Model.Entry, _ question: Question) -> Answer? {
        let production = model.productions[Int(entry.production)]
        var places = [Int](repeating: -1, count: production.slots.count)
        var scopes = [Scope](repeating: [:], count: production.slots.count)
        let draws = production.template.holes.map(\.draw).sorted()
        func slot(_ hole: Template) -> Int { draws.firstIndex(of: hole.draw) ?? 0 }
        /// Slots of vanished lets, by their names.
        var vanished: [Symbol: Int] = [:]

        /// The element at which each draw begins, where it is a stretch of a list.
        var elements = [Int32](repeating: 0, count: production.slots.count)
        var drawnNumber: Double?

        func ask(_ hole: Template, _ position: Int, _ scope: Scope, _ element: Int = 0) -> Bool {
            places[slot(hole)] = position
            scopes[slot(hole)] = scope
            elements[slot(hole)] = Int32(element)
            return true
        }

        /// Elements of a list from one on: single ones, then perhaps a drawn stretch.
        func matchStretch(_ templates: [Template], _ position: Int, _ first: Int, _ scope: Scope) -> Bool {
            let parts = program.children[position]
            for (offset, template) in templates.enumerated() {
                if template.drawn == .subset { return ask(template, position, scope, first + offset) }
                guard first + offset < parts.count, match(template, parts[first + offset], scope) else { return false }
            }
            return first + templates.count == parts.count
        }

        func match(_ template: Template, _ position: Int, _ scope: Scope) -> Bool {
            let node = program.term.nodes[position]
            let parts = program.children[position]
            switch template.kind {
            case .hole: return ask(template, position, scope, template.drawn == .subset ? Int(question.element) : 0)
            case .list where template.isStretch: return matchStretch(template.children, position, Int(question.element), scope)
            case .list where template.isUnused: return node.kind == .list
            case .list where template.children.contains { $0.drawn == .subset }:
                return node.kind == .list && matchStretch(template.children, position, 0, scope)
            case .binding where template.dissolves:
                let slot = slot(template.children[0])
                if node.kind == .binding, !isAtom(parts[0]) {
                    let outer = vanished.removeValue(forKey: template.symbol)
                    defer { vanished[template.symbol] = outer }
                    var inner = scope
                    inner[template.symbol] = position
                    if match(template.children[0], parts[0], scope), match(template.children[1], parts[1], inner) { return true }
                }
                let outer = vanished.updateValue(slot, forKey: template.symbol)
                defer { vanished[template.symbol] = outer }
                places[slot] = -1
                scopes[slot] = scope
                return match(template.children[1], position, scope)
            case .variable:
                if let slot = vanished[template.symbol] {
                    guard isAtom(position) else { return false }
                    if places[slot] < 0 { places[slot] = position }
                    return sameAtom(places[slot], position)
                }
                guard node.kind == .variable else { return false }
                return program.meanings[position] == meaning(template.symbol, scope)
            case .number:
                if let numbers = production.numbers, node.kind == .number {
                    drawnNumber = node.value
                    return numbers.contains(node.value)
                }
                return node.kind == .number && node.value == template.node.value
            case .fitted: return node.kind == .fitted
            case .parameter: return node.kind == .parameter && node.value == template.node.value
            case .text: return node.kind == .text && node.symbol == template.symbol
            case .binding:
                guard node.kind == .binding, match(template.children[0], parts[0], scope) else { return false }
                let outer = vanished.removeValue(forKey: template.symbol)
                defer { vanished[template.symbol] = outer }
                var inner = scope
                inner[template.symbol] = position
                return match(template.children[1], parts[1], inner)
            case .lambda:
                guard node.kind == .lambda, parts.count == template.children.count else { return false }
                let saved = vanished
                defer { vanished = saved }
                var inner = scope
                for (parameter, part) in zip(template.children.dropLast(), parts) {
                    inner[parameter.symbol] = part
                    vanished[parameter.symbol] = nil
                }
                return match(template.children[parts.count - 1], parts[parts.count - 1], inner)
            case .primitive, .call, .list, .record, .compose, .index, .labelled, .field:
                guard node.kind == template.kind, node.opcode == template.node.opcode, parts.count == template.children.count else { return false }
                if template.kind == .labelled || template.kind == .field, node.symbol != template.symbol { return false }
                return zip(template.children, parts).allSatisfy { match($0, $1, scope) }
            }
        }

        guard match(production.template, Int(question.position), question.scope) else { return nil }
        var questions: [Question] = []
        for (index, slot) in entry.slots.enumerated() {
            guard places[index] >= 0, fulfilsLimits(production.slots[index], places[index]) else { return nil }
            let names = model.outerNames[production.slots[index].nonterminal]
            questions.append(Question(
                cell: model.slotCells[slot], position: Int32(places[index]), element: elements[index], scope: scopes[index].filter { names.contains($0.key) }))
        }
        return Answer(choice: drawnNumber.map(RealRange.choice) ?? production.alternative, questions: questions)
    }

    /// Whether the term at `position` keeps to the limits of the rule, or of the included grammar, that is drawn there. They make one
    /// derivation of a program possible and another not, so they cannot be judged on the whole.
    private func fulfilsLimits(_ slot: Production.Slot, _ position: Int) -> Bool {
        let limits = model.limits
        if let rule = slot.rule, let watched = limits.ofRules[model.grammar.rules[rule].name] {
            guard watched.allSatisfy({ $0.range.contains(value(of: limits.counters[$0.counter], position)) }) else { return false }
        }
        guard let scope = slot.scope else { return true }
        return limits.counters.allSatisfy { counter in
            counter.scope != scope || (counter.lowest...max(counter.lowest, counter.highest)).contains(value(of: counter, position))
        }
    }

    /// What a counter counts in the term at `position`.
    private func value(of counter: Limits.Counter, _ position: Int) -> Int {
        let first = position - Int(program.term.nodes[position].length) + 1
        guard let head = counter.head else { return program.term.subterm(at: position).size }
        return (first...position).count { place in
            let node = program.term.nodes[place]
            switch head {
            case .primitive(let primitive): return node.kind == .primitive && node.primitive == primitive
            case .constant: return node.kind == .fitted
            case .parameter: return node.kind == .parameter
            case .number(let number): return node.kind == .number && node.value == number
            case .name(let name):
                guard node.kind == .variable, let meaning = program.meanings[place] else { return false }
                return meaning == self.meaning(name, [:])
            }
        }
    }

    private func isAtom(_ position: Int) -> Bool {
        let kind = program.term.nodes[position].kind
        return kind == .variable || kind == .number
    }

    private func sameAtom(_ a: Int, _ b: Int) -> Bool {
        let first = program.term.nodes[a], second = program.term.nodes[b]
        return first.kind == second.kind && first.value == second.value && program.meanings[a] == program.meanings[b]
    }

    private func meaning(_ name: Symbol, _ scope: Scope) -> ResolvedProgram.Meaning {
        if let position = scope[name] { return .bound(position) }
        if let index = model.grammar.parameters.firstIndex(where: { $0.name == name }) { return .parameter(index) }
        return .free(name)
    }
}
