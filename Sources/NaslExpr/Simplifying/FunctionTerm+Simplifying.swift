extension FunctionTerm {
    /// A function that is no larger and has the same values at all points at which all parts of this one are finite; it may be defined at more
    /// points, and of equally small ones it is the cheapest to compute.
    ///
    /// Found by equality saturation over the laws, from the term as it stands and from its canonical form; then held against numbers, and left as
    /// it was where they say otherwise. Terms that are more than elementwise, and draws that are shared, only come to their canonical form.
    public func simplified(under laws: LawTable) -> FunctionTerm {
        let marked = body.marked()
        let canonical = laws.canonical(marked: marked)
        var candidates = [canonical]
        if canonical.isSaturable { candidates = FunctionTerm.saturated(canonical, from: marked.inlined(keepingDraws: false), laws) }
        if body.nodes.contains(where: { $0.kind == .binding }) {
            for candidate in candidates { if let shared = FunctionTerm(parameters: parameters, body: candidate).shared { candidates.append(shared) } }
        }
        let values = try? Fingerprint(marked: FunctionTerm(parameters: parameters, body: marked))
        let ranked = candidates.enumerated().sorted { ($0.element.measure, -$0.offset) < ($1.element.measure, -$1.offset) }
        let best = ranked.first { $0.element.size <= body.size && hasValues($0.element, values) }
        guard let best else { return self }
        return FunctionTerm(parameters: parameters, body: best.element.unmarked())
    }

    /// The canonical form and smaller ones, each found from the one before: from a smaller term the same budget reaches further.
    private static func saturated(_ canonical: Expr, from marked: Expr, _ laws: LawTable) -> [Expr] {
        var forms = [canonical]
        var origin: Expr? = marked
        while let best = forms.last, best.nodes.count > 1 {
            var saturation = Saturation(laws.saturationRules)
            let root = saturation.insert(best)
            if let origin, origin.isSaturable { saturation.merge(root, saturation.insert(origin)) }
            saturation.run()
            guard !saturation.graph.isContradictory, let smallest = saturation.graph.smallest(root), smallest.mentionsDrawsOnce else { break }
            let form = laws.canonical(marked: smallest)
            guard form.measure < best.measure else { break }
            forms.append(form)
            if form.size == best.size { break }
            origin = nil
        }
        return forms
    }

    /// Whether numbers show nothing against a form: where the function is defined it is, and has the same value.
    private func hasValues(_ form: Expr, _ values: Fingerprint?) -> Bool {
        guard let values, let own = try? Fingerprint(marked: FunctionTerm(parameters: parameters, body: form)) else { return true }
        if zip(values.values, own.values).contains(where: { $0 != nil && $1 == nil }) { return false }
        if case .different = values.comparison(with: own, axes: parameters.count) { return false }
        return true
    }

    /// Equal parts bound by `let`.
    private var shared: Expr? {
        guard body.isRepeatable else { return nil }
        var graph = Graph(inputs: parameters.count)
        let names = Dictionary(zip(parameters, parameters.indices.map { graph.input($0) }), uniquingKeysWith: { $1 })
        guard let root = try? graph.insert(body, names) else { return nil }
        let term = graph.term(at: root, names: parameters)
        // A graph computes `log(0)`.
        return term.nodes.allSatisfy { $0.kind != .number || $0.value.isFinite } ? term : nil
    }
}

extension Expr {
    /// Whether no draw, weight or fitted constant, told apart by its mark, stands in two places.
    fileprivate var mentionsDrawsOnce: Bool {
        let marks = nodes.filter(\.drawsAnew).map(\.symbol)
        return Set(marks).count == marks.count
    }
}
