/// The masks: tables filled when they are first needed.
///
/// A derivation is a stack of pending draws and the profile summed so far. Each pending draw is a *state*: its cell and the set
/// `after` of the sums with which everything below it on the stack can still be finished acceptably. For an entry with draws
/// c1 ... ck the sets are chained, `after(ck) = after`, `after(c[i]) = before(after(c[i+1]), reach(c[i+1]))`, and the entry is
/// possible exactly if the sum so far and its template lie in the set before its first draw. So a mask costs one bit test per
/// alternative, is exact, and depends on nothing but (state, sum): a *node*, whose row is kept.
///
/// A draw with a map (see ``Model/slotMaps``) is summed up for itself: it begins at 0, with the set of the sums that the map leads back
/// into `after`, and what was summed up before waits on the stack.
struct Automaton {
    let model: Model
    private let weights: [[Double]]
    private let isTrivial: Bool
    private let span: Int
    /// All of the model's maps, one after the other.
    private let maps: [Int32]
    private var sets: [[UInt64]] = []
    private var setIDs: [[UInt64]: Int32] = [:]
    private var chained: [UInt64: Int32] = [:]
    private var beforeResults: [UInt64: Int32] = [:]
    private let profiles: [Int32]
    private var states: [(cell: Int32, after: Int32)] = []
    private var stateIDs: [UInt64: Int32] = [:]
    private var firstTransition: [Int32] = []
    private var transitions: [(before: Int32, children: Int32)] = []
    /// Draws with a map: the slot, the set of sums that its template may have after it, and the map.
    private var borders: [(slot: Int32, after: Int32, map: Int32)] = []
    private var borderIDs: [UInt64: Int32] = [:]
    private var innerStates: [UInt64: Int32] = [:]
    private var innerTable: [Int32] = []
    private var nodeIDs: [UInt64: Int32] = [:]
    private var nodeOfState: [Int32] = []
    /// By state and sum, where there are few enough of both for a table; -1 where not yet known.
    private var nodeTable: [Int32] = []
    private(set) var nodes: [Node] = []
    private(set) var options: [Option] = []
    /// For each option, the probability of this or an earlier one of its node.
    private(set) var cumulative: [Double] = []
    /// The states of an option's draws, first to last.
    private(set) var childStates: [Int32] = []
    /// What a ``Decision`` shows of a node.
    private(set) var allowed: [[Bool]] = []
    private(set) var priors: [[Double]] = []

    struct Node {
        let site: Int32
        let nonterminal: Int32
        /// Its options are `options[first ..< first + count]`, one per alternative.
        let first: Int32
        let count: Int32
    }

    /// One alternative at a node.
    struct Option {
        /// -1 where it is not possible.
        var production: Int32 = -1
        /// The sum after its template.
        var sum: Int32 = 0
        var children: Int32 = 0
        var childCount: Int32 = 0
        var logPrior: Double = -.infinity
        /// What the sum becomes once its draws are complete; -1 where it stays.
        var result: Int32 = -1
    }

    /// What waits on the stack of a derivation.
    struct Item {
        enum Kind: UInt8 {
            /// A draw, by its state.
            case draw
            /// A draw with a map, by its border.
            case bordered
            /// A template is complete: the sum goes through the map `id`.
            case result
            /// A draw with a map is complete: the sum goes through the map and is added to `sum`.
            case back
        }

        var kind: Kind
        var id: Int32
        var sum: Int32 = 0
    }

    init(_ model: Model) {
        self.model = model
        isTrivial = model.algebra.isTrivial
        span = model.algebra.span
        profiles = (0..<span).filter(model.algebra.isProfile).map(Int32.init)
        maps = model.maps.flatMap { $0 }
        weights = model.sites.map { site in
            let weights = site.weights
            // Only their ratios matter; a sum beyond all doubles would lose them.
            return weights.reduce(0, +) < .infinity ? weights : weights.map { $0 / Double.greatestFiniteMagnitude }
        }
        _ = state(model.start, set(model.accepted))
    }

    private static let tableSize = 1 << 20

    var startState: Int32 { 0 }

    /// The cell of a pending draw and the sums that it may leave.
    func meaning(of state: Int32) -> (cell: Int, after: [UInt64]) {
        let (cell, after) = states[Int(state)]
        return (Int(cell), sets[Int(after)])
    }

    /// What a draw that waits may count in its template, and the sums after it that can be finished.
    func outlook(_ item: Item) -> (counted: [Int32], after: [UInt64]) {
        if item.kind == .draw { return (model.reach[Int(states[Int(item.id)].cell)], sets[Int(states[Int(item.id)].after)]) }
        let (slot, after, _) = borders[Int(item.id)]
        return (model.counted[Int(slot)], sets[Int(after)])
    }

    /// The cell of a draw that waits.
    func cell(of item: Item) -> Int {
        item.kind == .draw ? Int(states[Int(item.id)].cell) : Int(model.slotCells[Int(borders[Int(item.id)].slot)])
    }

    private mutating func set(_ bits: [UInt64]) -> Int32 {
        if let id = setIDs[bits] { return id }
        let id = Int32(sets.count)
        setIDs[bits] = id
        sets.append(bits)
        return id
    }

    private mutating func state(_ cell: Int, _ after: Int32) -> Int32 {
        let key = UInt64(cell) << 32 | UInt64(after)
        if let id = stateIDs[key] { return id }
        let id = Int32(states.count)
        stateIDs[key] = id
        states.append((Int32(cell), after))
        firstTransition.append(-1)
        nodeOfState.append(-1)
        return id
    }

    /// The set from which drawing `cell` can lead into `after`.
    private mutating func before(_ after: Int32, _ cell: Int) -> Int32 {
        let key = UInt64(cell) << 32 | UInt64(after)
        if let id = chained[key] { return id }
        let id = set(model.algebra.before(sets[Int(after)], model.reach[cell]))
        chained[key] = id
        return id
    }

    /// The set that a map leads into `after`. What was drawn before may be part of the sum, so all sums are looked at.
    private mutating func beforeResult(_ map: Int32, _ after: Int32) -> Int32 {
        let key = UInt64(map) << 32 | UInt64(after)
        if let id = beforeResults[key] { return id }
        let id = set(model.sums(of: profiles, leading: map, into: sets[Int(after)]))
        beforeResults[key] = id
        return id
    }

    /// The node of a pending draw when the program sums up to `sum` so far.
    mutating func node(_ state: Int32, _ sum: Int32) -> Int32 {
        if isTrivial {
            let known = nodeOfState[Int(state)]
            if known >= 0 { return known }
            let id = addNode(state, sum)
            nodeOfState[Int(state)] = id
            return id
        }
        let place = Int(state) * span + Int(sum)
        if place < Automaton.tableSize {
            if place < nodeTable.count, nodeTable[place] >= 0 { return nodeTable[place] }
            let id = addNode(state, sum)
            if place >= nodeTable.count { nodeTable.append(contentsOf: repeatElement(-1, count: (Int(state) + 1) * span - nodeTable.count)) }
            nodeTable[place] = id
            return id
        }
        let key = UInt64(state) << 32 | UInt64(sum)
        if let id = nodeIDs[key] { return id }
        let id = addNode(state, sum)
        nodeIDs[key] = id
        return id
    }

    private mutating func border(_ slot: Int, _ after: Int32) -> Int32 {
        let key = UInt64(slot) << 32 | UInt64(after)
        if let id = borderIDs[key] { return id }
        let id = Int32(borders.count)
        borderIDs[key] = id
        borders.append((Int32(slot), after, model.slotMaps[slot]))
        return id
    }

    /// The state of a draw with a map after `sum`.
    private mutating func innerState(_ border: Int32, _ sum: Int32) -> Int32 {
        let place = Int(border) * span + Int(sum)
        if place < innerTable.count, innerTable[place] >= 0 { return innerTable[place] }
        let key = UInt64(border) << 32 | UInt64(sum)
        if let id = innerStates[key] { return id }
        let (slot, after, map) = borders[Int(border)]
        let cell = Int(model.slotCells[Int(slot)])
        let leading = set(model.sums(of: model.reach[cell], leading: map, into: sets[Int(after)], after: Int(sum)))
        let id = state(cell, leading)
        if place < Automaton.tableSize {
            if place >= innerTable.count { innerTable.append(contentsOf: repeatElement(-1, count: (Int(border) + 1) * span - innerTable.count)) }
            innerTable[place] = id
        } else {
            innerStates[key] = id
        }
        return id
    }

    /// Whether a node has that alternative, and it is possible.
    @inline(__always)
    func isAllowed(_ alternative: Int, at node: Node) -> Bool {
        alternative >= 0 && alternative < Int(node.count) && options[Int(node.first) + alternative].production >= 0
    }

    /// The item of one of an option's draws.
    @inline(__always)
    func item(_ child: Int) -> Item {
        let id = childStates[child]
        return id >= 0 ? Item(kind: .draw, id: id) : Item(kind: .bordered, id: -1 - id)
    }

    /// The item that a draw with a map becomes when its turn has come: what waits below it, and the draw itself.
    mutating func opened(_ item: Item, _ sum: Int32) -> (back: Item, draw: Item) {
        let back = Item(kind: .back, id: borders[Int(item.id)].map, sum: sum)
        return (back, Item(kind: .draw, id: innerState(item.id, sum)))
    }

    /// The sum after an item that is no draw.
    @inline(__always)
    func closed(_ item: Item, _ sum: Int32) -> Int32 {
        let mapped = maps[Int(item.id) * span + Int(sum)]
        return item.kind == .result ? mapped : Int32(model.algebra.add(Int(item.sum), Int(mapped)))
    }

    private mutating func expand(_ state: Int32) -> Int {
        let known = firstTransition[Int(state)]
        if known >= 0 { return Int(known) }
        let (cell, after) = states[Int(state)]
        var rows: [(before: Int32, children: Int32)] = []
        for entry in model.entries[model.cells[Int(cell)].entries] {
            var set = entry.result < 0 ? after : beforeResult(entry.result, after)
            var children: [Int32] = []
            for slot in entry.slots.reversed() {
                let cell = Int(model.slotCells[slot])
                if model.slotMaps[slot] < 0 {
                    children.append(self.state(cell, set))
                    set = before(set, cell)
                } else {
                    children.append(-1 - border(slot, set))
                    set = self.set(model.algebra.before(sets[Int(set)], model.counted[slot]))
                }
            }
            rows.append((set, Int32(childStates.count)))
            childStates += children.reversed()
        }
        firstTransition[Int(state)] = Int32(transitions.count)
        transitions += rows
        return transitions.count - rows.count
    }

    private mutating func addNode(_ state: Int32, _ sum: Int32) -> Int32 {
        let first = expand(state)
        let cell = model.cells[Int(states[Int(state)].cell)]
        let site = model.nonterminals[Int(cell.nonterminal)].site
        let weights = weights[site]
        var row = [Option](repeating: Option(), count: weights.count)
        var total = 0.0
        for (offset, entry) in model.entries[cell.entries].enumerated() {
            let transition = transitions[first + offset]
            let after = model.algebra.add(Int(sum), Int(entry.fixed))
            guard after >= 0, ProfileAlgebra.contains(sets[Int(transition.before)], after) else { continue }
            let alternative = model.productions[Int(entry.production)].alternative
            row[alternative].production = entry.production
            row[alternative].sum = Int32(after)
            row[alternative].children = transition.children
            row[alternative].childCount = Int32(entry.slots.count)
            row[alternative].result = entry.result
            total += weights[alternative]
        }
        var passed = 0.0
        var priors = [Double](repeating: 0, count: row.count)
        for alternative in row.indices {
            if row[alternative].production >= 0 {
                priors[alternative] = weights[alternative] / total
                row[alternative].logPrior = logarithm(priors[alternative])
                passed += priors[alternative]
            }
            cumulative.append(passed)
        }
        nodes.append(Node(site: Int32(site), nonterminal: cell.nonterminal, first: Int32(options.count), count: Int32(row.count)))
        options += row
        allowed.append(row.map { $0.production >= 0 })
        self.priors.append(priors)
        return Int32(nodes.count - 1)
    }
}
