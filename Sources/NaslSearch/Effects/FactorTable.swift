import NaslSpace

/// The derivations of many programs as rows of factor levels: what the analysis of variance works on.
struct FactorTable {
    /// Those that occur most often, parents before their children.
    let factors: [Factor]
    /// By factor, the level in each row; -1 where it is absent.
    let columns: [[Int32]]
    /// How often an alternative was taken anywhere in the program (0, 1, more), by row, of rules that are drawn at several places. They
    /// help to predict and have no share of their own.
    let uses: [[Int32]]
    let rows: Int

    private static let mostFactors = 24
    private static let mostUses = 32
    /// Draws further below the start are no factors of their own.
    private static let deepest = 6
    private static let mostPlaces = 4096
    static let levelsOfUses = 3

    private struct Place: Hashable {
        let parent: Int
        let slot: Int
        let site: Int
    }

    /// - Parameters:
    ///   - derivations: a row each; those that are none of the space give rows without factors.
    ///   - reference: the rows from here on say how often a draw occurs; it must in one of fifty of them at least.
    init(_ derivations: [[Int]], in space: Space, reference: Int, bins: Int) {
        let levels = space.sites.map { FactorLevels($0, bins: bins) }
        var known: [Place: Int] = [:]
        var places: [(place: Place, depth: Int)] = []
        var sparse: [[(place: Int, level: Int32)]] = []
        var taken: [[Int]: Int] = [:]
        var counts: [[(use: Int, count: Int32)]] = []
        for choices in derivations {
            var row: [(place: Int, level: Int32)] = []
            var used: [Int: Int32] = [:]
            var own: [Int] = []
            for placed in space.placed(choices) ?? [] {
                let level = levels[placed.site].level(placed.choice)
                if let level {
                    let key = [placed.site, level]
                    let use = taken[key] ?? taken.count
                    taken[key] = use
                    used[use, default: 0] += 1
                }
                let above = placed.parent.map { own[$0] }
                var number = -1
                if above != -1, above.map({ places[$0].depth + 1 }) ?? 0 <= FactorTable.deepest {
                    let place = Place(parent: above ?? -1, slot: placed.slot, site: placed.site)
                    if let found = known[place] { number = found } else if places.count < FactorTable.mostPlaces {
                        number = places.count
                        known[place] = number
                        places.append((place, above.map { places[$0].depth + 1 } ?? 0))
                    }
                }
                own.append(number)
                if number >= 0, let level { row.append((number, Int32(level))) }
            }
            sparse.append(row)
            counts.append(used.map { (use: $0.key, count: $0.value) })
        }
        let rows = derivations.count
        self.rows = rows
        var presence = [Int](repeating: 0, count: places.count)
        var varies = [Bool](repeating: false, count: places.count)
        var first = [Int32](repeating: -1, count: places.count)
        for (number, row) in sparse.enumerated() {
            for entry in row {
                if number >= reference { presence[entry.place] += 1 }
                if first[entry.place] < 0 { first[entry.place] = entry.level } else if first[entry.place] != entry.level { varies[entry.place] = true }
            }
        }
        let least = max(2, (derivations.count - reference) / 50)
        let kept = places.indices.filter { varies[$0] && presence[$0] >= least }
            .sorted { (presence[$1], $0) < (presence[$0], $1) }.prefix(FactorTable.mostFactors).sorted()
        let names = FactorTable.names(kept, places.map(\.place), space.sites)
        factors = zip(kept, names).map { Factor(site: places[$0].place.site, name: $1, levels: levels[places[$0].place.site].names) }
        var column = [Int](repeating: -1, count: places.count)
        for (slot, place) in kept.enumerated() { column[place] = slot }
        var columns = kept.map { _ in [Int32](repeating: -1, count: derivations.count) }
        for (number, row) in sparse.enumerated() { for entry in row where column[entry.place] >= 0 { columns[column[entry.place]][number] = entry.level } }
        self.columns = columns
        // Rules at one place are told by their factor alone.
        let several = places.reduce(into: [Int: Int]()) { $0[$1.place.site, default: 0] += 1 }.filter { $0.value > 1 }
        var frequency = [Int](repeating: 0, count: taken.count)
        for row in counts { for use in row { frequency[use.use] += 1 } }
        let frequent = taken.filter { several[$0.key[0]] != nil && frequency[$0.value] >= 5 && frequency[$0.value] < rows }
            .sorted { (frequency[$1.value], $0.key[0], $0.key[1]) < (frequency[$0.value], $1.key[0], $1.key[1]) }.prefix(FactorTable.mostUses).map(\.value)
        var useColumn = [Int](repeating: -1, count: taken.count)
        for (slot, use) in frequent.enumerated() { useColumn[use] = slot }
        var useColumns = frequent.map { _ in [Int32](repeating: 0, count: derivations.count) }
        for (number, row) in counts.enumerated() { for use in row where useColumn[use.use] >= 0 { useColumns[useColumn[use.use]][number] = min(2, use.count) } }
        self.uses = useColumns
    }

    /// The rule's name alone where it is unambiguous, else with the way from the start.
    private static func names(_ kept: [Int], _ places: [Place], _ sites: [Site]) -> [String] {
        func way(_ place: Int) -> String {
            var steps: [String] = []
            var place = place
            while places[place].parent >= 0 {
                steps.append("\(places[place].slot + 1)")
                place = places[place].parent
            }
            return steps.reversed().joined(separator: ".")
        }
        let names = kept.map { place -> String in
            let site = places[place].site
            let parent = places[place].parent
            // A rule that is nothing but a draw of numbers lends it its name.
            let isWrapped = parent >= 0 && sites[site].kind != .rule && sites[places[parent].site].alternatives == [sites[site].name.text]
            let name = sites[isWrapped ? places[parent].site : site].name.text
            if !places.indices.contains(where: { $0 != place && places[$0].site == site }) { return name }
            let way = way(place)
            return way.isEmpty ? name : "\(name) \(way)"
        }
        return names.indices.map { slot in
            guard names.indices.contains(where: { $0 != slot && names[$0] == names[slot] }), places[kept[slot]].parent >= 0 else { return names[slot] }
            return "\(names[slot]) in \(sites[places[places[kept[slot]].parent].site].name)"
        }
    }
}
