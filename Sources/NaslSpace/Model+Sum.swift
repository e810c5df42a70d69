extension Model {
    /// What a derivation sums up to; nil where it is none, or passes a limit on the way.
    func sum(of choices: [Int]) -> Int? {
        enum Waiting { case draw(cell: Int32, map: Int32), result(Int32), back(Int32, sum: Int) }
        var waiting: [Waiting] = [.draw(cell: Int32(start), map: -1)]
        var sum = 0, next = 0
        while let item = waiting.popLast() {
            switch item {
            case .result(let map): sum = Int(maps[Int(map)][sum])
            case .back(let map, let before):
                sum = Int(maps[Int(map)][sum])
                if sum >= 0 { sum = algebra.add(before, sum) }
            case .draw(let cell, let map):
                guard next < choices.count else { return nil }
                if map >= 0 {
                    waiting.append(.back(map, sum: sum))
                    sum = 0
                }
                guard let entry = entry(ofCell: Int(cell), choice: choices[next]) else { return nil }
                next += 1
                sum = algebra.add(sum, Int(entry.fixed))
                if entry.result >= 0 { waiting.append(.result(entry.result)) }
                for slot in entry.slots.reversed() { waiting.append(.draw(cell: slotCells[slot], map: slotMaps[slot])) }
            }
            if sum < 0 { return nil }
        }
        return next == choices.count && ProfileAlgebra.contains(accepted, sum) ? sum : nil
    }

    /// The entry that a choice takes in a cell; nil where it does not fit.
    private func entry(ofCell cell: Int, choice: Int) -> Entry? {
        entries[cells[cell].entries].first { entry in
            let production = productions[Int(entry.production)]
            return production.numbers.map { $0.contains(RealRange.number(choice)) } ?? (production.alternative == choice)
        }
    }
}
