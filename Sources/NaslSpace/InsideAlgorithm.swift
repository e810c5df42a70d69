import NaslExpr

/// The inside algorithm for one program (Baker 1979; Lari and Young 1990): a sum over all its derivations, none of which is listed.
///
/// The probability of a choice depends on the constraints that are still to be met, so an item is not a rule and a piece of the program,
/// as for a context-free grammar, but a pending draw with its state, the sum before it, and the piece. It knows, for each sum after it,
/// what its derivations amount to. Each item is worked out once; the stack is explicit, since programs may be deep.
struct InsideAlgorithm<Sum: DerivationSum> {
    private struct Item: Hashable {
        let state: Int32
        let sum: Int32
        let question: MembershipSearch.Question
    }

    private struct Fit: Hashable {
        let entry: Int
        let question: MembershipSearch.Question
    }

    private let model: Model
    private let search: MembershipSearch
    /// By item, what each sum after it amounts to.
    private var known: [Item: [Int32: Sum]] = [:]
    private var fits: [Fit: MembershipSearch.Answer?] = [:]

    init(_ model: Model, _ program: ResolvedProgram) {
        self.model = model
        search = MembershipSearch(model, program)
    }

    /// Over all derivations of the program; nil where it has none.
    mutating func total(_ automaton: inout Automaton) -> Sum? {
        let root = Item(state: automaton.startState, sum: 0, question: search.root)
        var work = [root]
        var waiting: Set<Item> = []
        while let item = work.last {
            if known[item] != nil {
                work.removeLast()
                continue
            }
            switch sums(of: item, &automaton) {
            case .known(let sums):
                known[item] = sums
                waiting.remove(item)
                work.removeLast()
            case .needs(let part):
                waiting.insert(item)
                // A piece that is made of itself would be a rule that derives itself alone, and no grammar has one.
                if waiting.contains(part) { known[part] = [:] } else { work.append(part) }
            }
        }
        return (known[root] ?? [:]).sorted { $0.key < $1.key }.map(\.value).summed
    }

    private enum Progress {
        case known([Int32: Sum])
        /// Another item has to be worked out first.
        case needs(Item)
    }

    private mutating func sums(of item: Item, _ automaton: inout Automaton) -> Progress {
        // Before its node is read, which asking for it may have added.
        let id = automaton.node(item.state, item.sum)
        let node = automaton.nodes[Int(id)]
        var result: [Int32: Sum] = [:]
        for index in model.cells[Int(item.question.cell)].entries {
            let entry = model.entries[index]
            let option = automaton.options[Int(node.first) + model.productions[Int(entry.production)].alternative]
            guard option.production == entry.production, let answer = answer(index, item.question) else { continue }
            var sums: [Int32: Sum] = [option.sum: Sum(choice: answer.choice, logProbability: option.logPrior)]
            for (slot, question) in answer.questions.enumerated() where !sums.isEmpty {
                switch sumsAfter(automaton.item(Int(option.children) + slot), question, sums, &automaton) {
                case .known(let next): sums = next
                case .needs(let part): return .needs(part)
                }
            }
            for (sum, value) in sums.ordered {
                let after = option.result < 0 ? sum : automaton.closed(Automaton.Item(kind: .result, id: option.result), sum)
                if after >= 0 { result.add(value, at: after) }
            }
        }
        return .known(result)
    }

    /// The sums after one more draw of a template.
    private mutating func sumsAfter(
        _ draw: Automaton.Item, _ question: MembershipSearch.Question, _ sums: [Int32: Sum], _ automaton: inout Automaton
    ) -> Progress {
        var result: [Int32: Sum] = [:]
        for (sum, value) in sums.ordered {
            var start = sum, item = draw
            var back: Automaton.Item?
            if draw.kind == .bordered {
                let opened = automaton.opened(draw, sum)
                (start, item, back) = (0, opened.draw, opened.back)
            }
            let part = Item(state: item.id, sum: start, question: question)
            guard let inner = known[part] else { return .needs(part) }
            for (after, drawn) in inner.ordered {
                let closed = back.map { automaton.closed($0, after) } ?? after
                if closed >= 0 { result.add(value.followed(by: drawn), at: closed) }
            }
        }
        return .known(result)
    }

    private mutating func answer(_ entry: Int, _ question: MembershipSearch.Question) -> MembershipSearch.Answer? {
        let fit = Fit(entry: entry, question: question)
        if let known = fits[fit] { return known }
        let answer = search.fit(model.entries[entry], question)
        fits.updateValue(answer, forKey: fit)
        return answer
    }
}

extension Dictionary where Key == Int32, Value: DerivationSum {
    /// In the order of the sums: sums of floating-point numbers depend on it.
    fileprivate var ordered: [(key: Int32, value: Value)] { count < 2 ? map { $0 } : sorted { $0.key < $1.key } }

    fileprivate mutating func add(_ value: Value, at sum: Int32) {
        if self[sum]?.add(value) == nil { self[sum] = value }
    }
}

extension Array where Element: DerivationSum {
    fileprivate var summed: Element? {
        guard var result = first else { return nil }
        for value in dropFirst() { result.add(value) }
        return result
    }
}
