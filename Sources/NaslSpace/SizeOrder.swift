import BigInt

/// The order of the programs: by size, then by their choices.
///
/// The tables tell programs apart by their size up to some bound, which grows when a number asks for it, so that the first programs of a
/// huge or infinite space are at hand at once.
struct SizeOrder: Sendable {
    private let nonterminals: Nonterminals
    private let constraints: [Constraint]
    /// How many there are; nil where that is not known or infinite.
    private let total: BigInt?
    private(set) var model: Model
    private var counting: Counting
    /// The sizes that occur, with the number of the first program and how many there are.
    private var sizes: [(size: Int, first: BigInt, count: BigInt)] = []
    private var counted: BigInt = 0
    private var numberings: [Int: AnyNumbering] = [:]
    private var bound: Int

    /// Programs of more names, numbers and operators than this have no number.
    static let greatestSize = 1_023

    /// nil where it is given up.
    init?(_ grammar: Grammar, _ total: Count, _ isGivenUp: () -> Bool) {
        nonterminals = Nonterminals(grammar)
        constraints = grammar.constraints
        if case .finite(let total) = total { self.total = total } else { self.total = nil }
        bound = 31
        model = Model(nonterminals, constraints, sizes: bound, isGivenUp)
        counting = Counting(model, isGivenUp)
        if isGivenUp() { return nil }
        list()
    }

    /// The choices of a program by its number.
    mutating func choices(at index: BigInt, _ isGivenUp: () -> Bool) -> [Int]? {
        while index >= counted, !isGivenUp() { guard grow(isGivenUp) else { return nil } }
        guard let row = sizes.last(where: { $0.first <= index }) else { return nil }
        return numbering(ofSize: row.size, row.count) { $0.choices(at: index - row.first) }
    }

    /// The number of a derivation; nil where it is none or too large.
    mutating func index(of choices: [Int], _ isGivenUp: () -> Bool) -> BigInt? {
        while !isGivenUp() {
            if let slot = sizeCounter, let sum = model.sum(of: choices) {
                let size = model.algebra.value(sum, slot)
                guard let row = sizes.first(where: { $0.size == size }) else { return nil }
                return numbering(ofSize: size, row.count) { $0.index(of: choices) }.map { $0 + row.first }
            }
            guard grow(isGivenUp) else { return nil }
        }
        return nil
    }

    /// The smallest size above `size` of which there is a program, and what such programs sum up to.
    mutating func size(after size: Int, _ isGivenUp: () -> Bool) -> Int? {
        while !isGivenUp() {
            if let row = sizes.first(where: { $0.size > size }) { return row.size }
            guard grow(isGivenUp) else { return nil }
        }
        return nil
    }

    /// Whether all programs are counted.
    var isWhole: Bool { counted == total }

    /// The acceptable sums of one size.
    func accepted(ofSize size: Int) -> [UInt64] {
        var set = model.accepted
        guard let slot = sizeCounter else { return set }
        for code in model.algebra.members(set) where model.algebra.value(Int(code), slot) != size { set[Int(code) / 64] &= ~(1 << UInt64(code % 64)) }
        return set
    }

    private var sizeCounter: Int? { model.limits.counters.firstIndex { $0.head == nil && $0.scope == 0 } }

    private mutating func grow(_ isGivenUp: () -> Bool) -> Bool {
        if isWhole || bound >= SizeOrder.greatestSize { return false }
        let larger = Model(nonterminals, constraints, sizes: bound * 2 + 1, isGivenUp)
        let recounted = Counting(larger, isGivenUp)
        if isGivenUp() { return false }
        bound = bound * 2 + 1
        (model, counting) = (larger, recounted)
        list()
        return true
    }

    private mutating func list() {
        numberings = [:]
        sizes = []
        counted = 0
        guard let slot = sizeCounter else { return }
        var bySize: [Int: BigInt] = [:]
        for profile in model.reach[model.start] where ProfileAlgebra.contains(model.accepted, Int(profile)) {
            bySize[model.algebra.value(Int(profile), slot), default: 0] += counting.count(ofCell: model.start, profile: Int(profile))
        }
        for (size, count) in bySize.sorted(by: { $0.key < $1.key }) where count > 0 {
            sizes.append((size, counted, count))
            counted += count
        }
    }

    private mutating func numbering<Result>(ofSize size: Int, _ count: BigInt, _ body: (inout AnyNumbering) -> Result) -> Result {
        var numbering = numberings.removeValue(forKey: size) ?? AnyNumbering(model, counting, accepted: accepted(ofSize: size), count)
        defer { numberings[size] = numbering }
        return body(&numbering)
    }
}
