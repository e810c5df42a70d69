/// Holds an equation against numbers: at fixed points where its conditions hold and its left side is defined, the right side has to be
/// defined, too, and equal.
struct LawCheck {
    static let pointCount = 800
    /// For laws that are known to be true, of which only the domain is looked for.
    static let fewerPoints = 150

    let left: Expr
    let right: Expr
    let conditions: [Law.Condition]
    let placeholders: [Symbol]

    init(_ left: Expr, _ right: Expr, _ conditions: [Law.Condition]) {
        self.left = left.namingWildcards()
        self.right = right
        self.conditions = conditions
        placeholders = self.left.holeNames
    }

    /// Whether the conditions have to be proven before the law is used.
    func run(points: Int = LawCheck.pointCount) throws(LawMistake) -> Bool {
        var agreed = 0
        var needsProof = false
        let isSwap = left.partCounts == right.partCounts
        do {
            for index in 0..<points {
                var point: [Symbol: Estimate] = [:]
                for (axis, name) in placeholders.enumerated() { point[name] = .exact(SamplePoints.coordinate(axis, of: index)) }
                let (before, after) = (try left.estimate(point), try right.estimate(point))
                // A law that is used both ways has to keep what is defined both ways.
                guard before != nil || (isSwap && after != nil) else { continue }
                if let before, let after, !before.differs(from: after) {
                    if try holds(point), before.isSignificant, after.isSignificant { agreed += 1 }
                    continue
                }
                guard try holds(point) else {
                    needsProof = true
                    continue
                }
                let named = placeholders.map { (name: $0, value: point[$0]?.value ?? .nan) }
                throw LawMistake.isFalse(at: named, left: before?.value ?? .nan, right: after?.value ?? .nan)
            }
        } catch let mistake as LawMistake {
            throw mistake
        } catch {
            throw .notElementwise("\(error)")
        }
        if agreed == 0 { throw .neverDefined }
        return needsProof
    }

    private func holds(_ point: [Symbol: Estimate]) throws -> Bool {
        for case .comparison(let term) in conditions {
            guard let value = try term.estimate(point), value.value != 0 else { return false }
        }
        return true
    }
}

extension Expr {
    /// Each `_` with a name of its own.
    fileprivate func namingWildcards() -> Expr {
        var term = self
        for position in nodes.indices where nodes[position].isWildcard { term.nodes[position].symbol = Symbol("_\(position)") }
        return term
    }

    fileprivate var holeNames: [Symbol] {
        var names: [Symbol] = []
        for node in nodes where node.kind == .hole && !names.contains(node.symbol) { names.append(node.symbol) }
        return names
    }
}
