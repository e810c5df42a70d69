import NaslExpr

/// The constraints of a grammar, sorted by how the tables carry them.
///
/// Depth and `forbid .. within ..` are inherited: what stands above a draw decides. Size, counts and `require` are counters that are
/// summed over a whole program; patterns are a mark that the root of each piece leaves (see ``PatternTable``).
struct Limits {
    /// Of the whole program, and of each program of an included grammar; `Int.max` where nothing limits it.
    var depth: [Int]
    var depthOfRule: [Symbol: Int] = [:]
    var forbidden: [(inner: Head, outer: Head, scope: Int)] = []
    /// What is counted.
    var counters: [Counter] = []
    /// Limits on what each draw of a rule counts, by the counter's index.
    var ofRules: [Symbol: [(counter: Int, range: ClosedRange<Int>)]] = [:]
    var patterns: [(pattern: Expr, scope: Int, range: SourceRange)] = []
    /// Two limits leave no value between them.
    var isImpossible = false
    /// For each scope itself and the scopes it stands in.
    let ancestors: [Set<Int>]

    struct Counter {
        /// nil for the size.
        let head: Head?
        /// The grammar whose programs it counts in; it begins anew for each of them.
        let scope: Int
        /// What a whole program of that grammar may have, ends included.
        var lowest = 0
        var highest = Int.max
        /// The highest value that limits on rules tell apart.
        var watched = 0

        /// The highest value that needs to be told apart: above it all is the same (`saturates`) or lost.
        var cap: Int { highest == Int.max ? max(lowest, watched) : highest }
        var saturates: Bool { highest == Int.max }
        var isUseless: Bool { lowest <= 0 && highest == Int.max && watched == 0 }
    }

    /// - Parameter sizes: programs larger than this are left out, and all others told apart by their size.
    init(_ constraints: [Constraint], _ scopes: [Grammar.Scope], sizes: Int? = nil) {
        depth = scopes.map { _ in Int.max }
        ancestors = scopes.indices.map { scope in
            var chain: Set<Int> = [scope, 0]
            var next = scope
            while next != 0, scopes[next].parent < next {
                next = scopes[next].parent
                chain.insert(next)
            }
            return chain
        }
        if let sizes { limit(nil, 0, 0...sizes) }
        for constraint in constraints {
            let scope = constraint.scope
            switch constraint.kind {
            case .depth(let most, of: nil): depth[scope] = min(depth[scope], most)
            case .depth(let most, of: let rule?): depthOfRule[rule] = min(depthOfRule[rule] ?? Int.max, most)
            case .size(let range, of: nil): limit(nil, scope, range)
            case .size(let range, of: let rule?): watch(nil, scope, range, rule)
            case .count(let head, let range, of: nil): limit(head, scope, range)
            case .count(let head, let range, of: let rule?): watch(head, scope, range, rule)
            case .require(let head): limit(head, scope, 1...Int.max)
            case .forbidWithin(let inner, let outer): forbidden.append((inner, outer, scope))
            case .forbid(let pattern): patterns.append((pattern, scope, constraint.range))
            }
        }
        for slot in counters.indices where counters[slot].lowest > counters[slot].highest {
            isImpossible = true
            counters[slot].highest = counters[slot].lowest
        }
    }

    private mutating func counter(_ head: Head?, _ scope: Int) -> Int {
        if let slot = counters.firstIndex(where: { $0.head == head && $0.scope == scope }) { return slot }
        counters.append(Counter(head: head, scope: scope))
        return counters.count - 1
    }

    private mutating func limit(_ head: Head?, _ scope: Int, _ range: ClosedRange<Int>) {
        if range.lowerBound <= 0, range.upperBound == Int.max { return }
        let slot = counter(head, scope)
        counters[slot].lowest = max(counters[slot].lowest, range.lowerBound)
        counters[slot].highest = min(counters[slot].highest, range.upperBound)
    }

    private mutating func watch(_ head: Head?, _ scope: Int, _ range: ClosedRange<Int>, _ rule: Symbol) {
        // A single name or number that a `let` prints elsewhere counts nothing where it is drawn; it has size 1 all the same.
        let range = head == nil && range.lowerBound <= 1 ? 0...range.upperBound : range
        if range.lowerBound <= 0, range.upperBound == Int.max { return }
        let slot = counter(head, scope)
        counters[slot].watched = max(counters[slot].watched, range.lowerBound, range.upperBound == Int.max ? 0 : range.upperBound + 1)
        ofRules[rule, default: []].append((slot, range))
    }

    /// Whether every program has a bounded size, whatever its rules.
    var boundsSize: Bool { counters.contains { $0.head == nil && $0.scope == 0 && !$0.saturates } }

    /// Whether a rule of one grammar takes part in what is said about another.
    func concerns(_ scope: Int, _ constraintScope: Int) -> Bool { ancestors[scope].contains(constraintScope) }
}
