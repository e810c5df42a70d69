/// Sets of profiles, whole rows at a time.
extension ProfileAlgebra {
    static func contains(_ set: [UInt64], _ code: Int) -> Bool { set[code >> 6] >> UInt64(code & 63) & 1 != 0 }

    /// All profiles from which adding one of `terms` leads into `set`.
    func before(_ set: [UInt64], _ terms: [Int32]) -> [UInt64] {
        if isTrivial { return terms.isEmpty ? emptySet : set }
        var result = emptySet
        for term in terms {
            let row = Int(term) / (words * 64), along = Int(term) % (words * 64)
            for from in 0..<rows {
                let to = Int(rowSums[from * rows + row])
                if to < 0 { continue }
                shiftDown(set, to * words, along, &result, from * words)
            }
        }
        return result
    }

    /// All sums of a profile of `set` and one of `terms`.
    func sums(_ set: [UInt64], _ terms: [Int32]) -> [UInt64] {
        if isTrivial { return terms.isEmpty ? emptySet : set }
        var result = emptySet
        for term in terms {
            let row = Int(term) / (words * 64), along = Int(term) % (words * 64)
            for from in 0..<rows {
                let to = Int(rowSums[from * rows + row])
                if to < 0 { continue }
                shiftUp(set, from * words, along, &result, to * words)
            }
        }
        return result
    }

    /// `to[i] |= from[min(i + by, cap)]` along one row.
    private func shiftDown(_ from: [UInt64], _ source: Int, _ by: Int, _ to: inout [UInt64], _ target: Int) {
        let skip = by / 64, bits = UInt64(by % 64)
        for word in 0..<(words - skip) {
            var value = from[source + word + skip] >> bits
            if bits > 0 && word + skip + 1 < words { value |= from[source + word + skip + 1] << (64 - bits) }
            to[target + word] |= value
        }
        if saturates && by > 0 && from[source + cap / 64] >> UInt64(cap % 64) & 1 != 0 {
            for value in Swift.max(0, cap - by + 1)...cap { to[target + value / 64] |= 1 << UInt64(value % 64) }
        }
    }

    /// `to[min(i + by, cap)] |= from[i]` along one row; what passes the cap is lost unless it saturates.
    private func shiftUp(_ from: [UInt64], _ source: Int, _ by: Int, _ to: inout [UInt64], _ target: Int) {
        let skip = by / 64, bits = UInt64(by % 64)
        for word in skip..<words {
            var value = from[source + word - skip] << bits
            if bits > 0 && word - skip - 1 >= 0 { value |= from[source + word - skip - 1] >> (64 - bits) }
            if word == words - 1 { value &= ~0 >> UInt64(63 - cap % 64) }
            to[target + word] |= value
        }
        guard saturates, by > 0 else { return }
        for value in Swift.max(0, cap - by)...cap where from[source + value / 64] >> UInt64(value % 64) & 1 != 0 {
            to[target + cap / 64] |= 1 << UInt64(cap % 64)
            return
        }
    }

    /// The codes in a set, in rising order.
    func members(_ set: [UInt64]) -> [Int32] {
        var codes: [Int32] = []
        for (word, var bits) in set.enumerated() {
            while bits != 0 {
                codes.append(Int32(word * 64 + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        return codes
    }

    /// Calls `body` with every profile that added to `part` gives `whole`.
    func forEachComplement(of part: Int, in whole: Int, _ body: (Int) -> Void) {
        let width = words * 64
        let partRow = part / width, wholeRow = whole / width
        let along = part % width, target = whole % width
        if along > target { return }
        for row in 0..<rows where Int(rowSums[partRow * rows + row]) == wholeRow {
            body(row * width + target - along)
            if saturates && target == cap && along > 0 {
                for value in (target - along + 1)...cap { body(row * width + value) }
            }
        }
    }
}
