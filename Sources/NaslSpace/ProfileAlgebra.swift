/// Counters of a program, packed into one number, and their sum.
///
/// A *profile* holds the size (where it is limited) and how often each counted head stands in a piece of a program. Profiles of
/// pieces add up to the profile of the whole: a counter with an upper limit is exact and a sum above its limit is lost (-1); a counter
/// with only a lower limit stays at it. Where patterns are forbidden it also holds a *mark* of some bits, whose sum is their union. All
/// make a commutative monoid, so the pieces may be summed in any order.
///
/// Sets of profiles are bit sets (`[UInt64]`). The counter with the widest range runs along the words of a *row*, so adding a profile
/// to a whole set is a shift of each row; the other counters number the rows. A profile's code is its bit's position.
struct ProfileAlgebra: Sendable {
    /// Words in a row, rows in a set.
    let words: Int
    let rows: Int
    /// The bit set of all acceptable profiles of whole programs.
    let accepted: [UInt64]
    /// The counter along a row, as an index into the limits' counters; its cap, and whether it stays there.
    private let wide: Int?
    let cap: Int
    let saturates: Bool
    /// Multiplier of each counter in the number of a row; 0 for the wide one.
    private let strides: [Int]
    private let caps: [Int]
    private let saturating: [Bool]
    /// `rowSums[a * rows + b]`; -1 where a counter passes its limit.
    let rowSums: [Int32]

    /// Bits of the mark.
    let markBits: Int
    /// Rows for each mark.
    private let markStride: Int

    init(_ limits: Limits, markBits: Int = 0) {
        let counters = limits.counters
        self.markBits = markBits
        caps = counters.map(\.cap)
        saturating = counters.map(\.saturates)
        let wide = counters.indices.max { counters[$0].cap < counters[$1].cap }
        self.wide = wide
        cap = wide.map { counters[$0].cap } ?? 0
        saturates = wide.map { counters[$0].saturates } ?? false
        words = cap / 64 + 1
        var strides: [Int] = [], rows = 1
        for slot in counters.indices {
            strides.append(slot == wide ? 0 : rows)
            if slot != wide { rows *= counters[slot].cap + 1 }
        }
        self.strides = strides
        markStride = rows
        rows <<= markBits
        self.rows = rows
        var sums = [Int32](repeating: 0, count: rows * rows)
        for a in 0..<rows where rows > 1 {
            for b in 0..<rows {
                var sum = 0
                for slot in counters.indices where slot != wide && sum >= 0 {
                    let radix = counters[slot].cap + 1
                    let value = a / strides[slot] % radix + b / strides[slot] % radix
                    if value <= counters[slot].cap { sum += value * strides[slot] }
                    else if counters[slot].saturates { sum += counters[slot].cap * strides[slot] }
                    else { sum = -1 }
                }
                if sum >= 0 { sum += (a / markStride | b / markStride) * markStride }
                sums[a * rows + b] = Int32(sum)
            }
        }
        rowSums = sums
        var accepted = [UInt64](repeating: 0, count: rows * words)
        for row in 0..<rows {
            let fits = counters.indices.allSatisfy { slot in
                slot == wide || counters[slot].scope != 0 || (counters[slot].lowest...counters[slot].cap).contains(row / strides[slot] % (counters[slot].cap + 1))
            }
            guard fits else { continue }
            let lowest = wide.map { counters[$0].scope == 0 ? counters[$0].lowest : 0 } ?? 0
            for value in lowest...cap { accepted[row * words + value / 64] |= 1 << UInt64(value % 64) }
        }
        self.accepted = accepted
    }

    /// Bits of a set, so an upper bound of codes.
    var span: Int { rows * words * 64 }
    /// Whether there is but one profile.
    var isTrivial: Bool { caps.isEmpty && markBits == 0 }
    var emptySet: [UInt64] { Array(repeating: 0, count: rows * words) }

    /// The value of one counter in a profile.
    func value(_ code: Int, _ slot: Int) -> Int {
        let width = words * 64
        return slot == wide ? code % width : code / width / strides[slot] % (caps[slot] + 1)
    }

    /// The mark of a profile.
    func mark(_ code: Int) -> Int { code / (words * 64) / markStride }

    /// The profile with another mark.
    func marking(_ code: Int, _ mark: Int) -> Int { code + (mark - self.mark(code)) * markStride * words * 64 }

    /// The profile with these counters at 0.
    func clearing(_ code: Int, _ slots: [Int]) -> Int {
        slots.reduce(code) { code, slot in
            code - value(code, slot) * (slot == wide ? 1 : strides[slot] * words * 64)
        }
    }

    /// Whether a code is one of a profile: along a row there may be room beyond the cap.
    func isProfile(_ code: Int) -> Bool { code % (words * 64) <= cap }

    /// The code of these values of the counters, or nil above a limit.
    func code(_ values: [Int]) -> Int? {
        var row = 0, along = 0
        for (slot, value) in values.enumerated() {
            if value > caps[slot] && !saturating[slot] { return nil }
            let value = Swift.min(value, caps[slot])
            if slot == wide { along = value } else { row += value * strides[slot] }
        }
        return row * words * 64 + along
    }

    /// The sum of two profiles, or -1 above a limit.
    @inline(__always)
    func add(_ a: Int, _ b: Int) -> Int {
        if rows == 1 {
            let sum = a + b
            return sum <= cap ? sum : saturates ? cap : -1
        }
        let width = words * 64
        let row = Int(rowSums[a / width * rows + b / width])
        if row < 0 { return -1 }
        let along = a % width + b % width
        if along <= cap { return row * width + along }
        return saturates ? row * width + cap : -1
    }
}
