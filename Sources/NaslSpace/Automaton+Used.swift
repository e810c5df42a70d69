/// Which alternatives some program uses.
extension Automaton {
    /// By production of a rule, whether a derivation can come to it or to another one of the same alternative; nil where more than `most` nodes
    /// would have to be looked at.
    ///
    /// Every node (a draw and the sum so far) is opened once; after a draw every sum that it can leave and that the rest can live with is
    /// followed, until nothing is left to find.
    mutating func usedAlternatives(atMost most: Int) -> [Bool]? {
        var isUsed = model.productions.map { _ in false }
        let ofSameAlternative = model.productionsOfSameAlternative
        var unused = ofSameAlternative.count { !$0.isEmpty }
        var seen = Set<UInt64>()
        // A draw or border, the sum before it, and the draws of the same template after it.
        var work: [(item: Item, sum: Int32)] = [(Item(kind: .draw, id: startState), 0)]
        while let (item, sum) = work.popLast() {
            if item.kind == .bordered {
                work.append((opened(item, sum).draw, 0))
                continue
            }
            guard seen.insert(UInt64(item.id) << 32 | UInt64(sum)).inserted else { continue }
            if seen.count > most { return nil }
            let id = self.node(item.id, sum)
            let node = nodes[Int(id)]
            for alternative in 0..<Int(node.count) {
                let option = options[Int(node.first) + alternative]
                if option.production < 0 { continue }
                if !isUsed[Int(option.production)], !ofSameAlternative[Int(option.production)].isEmpty {
                    for production in ofSameAlternative[Int(option.production)] { isUsed[production] = true }
                    unused -= ofSameAlternative[Int(option.production)].count
                    if unused == 0 { return isUsed }
                }
                var sums: Set<Int32> = [option.sum]
                for child in Int(option.children)..<Int(option.children + option.childCount) {
                    let draw = self.item(child)
                    for sum in sums { work.append((draw, sum)) }
                    sums = sumsAfter(draw, sums)
                }
            }
        }
        return isUsed
    }

    /// The sums after a draw with which its template and all that waits can still be finished.
    private func sumsAfter(_ item: Item, _ sums: Set<Int32>) -> Set<Int32> {
        let (counted, after) = outlook(item)
        var result = Set<Int32>()
        for sum in sums {
            for part in counted {
                let total = model.algebra.add(Int(sum), Int(part))
                if total >= 0, ProfileAlgebra.contains(after, total) { result.insert(Int32(total)) }
            }
        }
        return result
    }
}

extension Model {
    /// For each production of a rule, all those of the same alternative; for others none.
    fileprivate var productionsOfSameAlternative: [[Int]] {
        let keys = productions.map { production in
            let nonterminal = nonterminals[production.nonterminal]
            return nonterminal.isRule ? [nonterminal.rule, production.alternative] : nil
        }
        let groups = Dictionary(grouping: keys.indices) { keys[$0] }
        return keys.map { key in key == nil ? [] : groups[key] ?? [] }
    }
}
