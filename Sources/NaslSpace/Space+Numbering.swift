import BigInt
import NaslExpr
import NaslRandom

/// Programs by number.
extension Space {
    /// The number of printed programs, each counted once however many derivations it has; with `commutative` primitives, of programs that
    /// differ not only by the order of their arguments. Computed without going through them. Nil where that cannot be: lists of unknown
    /// length are printed, there are more than 10^300000 derivations, or terms of more than `mostClasses` kinds would have to be told apart.
    public func countPrinted(upToSwapsOf commutative: Set<Primitive> = [], mostClasses: Int = 100_000) -> Count? {
        switch count() {
        case .infinite: return .infinite
        case .huge: return nil
        case .finite:
            guard let counting = counting.withLock({ $0 }) else { return nil }
            return TermClasses.count(model, counting, upToSwapsOf: commutative, mostClasses, isGivenUp).map(Count.finite)
        }
    }

    /// The choices of the program with this number, from 0, in the order of the programs: by size, then by their choices. Numbers on a
    /// continuous scale are the middles of their ranges. Nil where there are not so many programs, or where it would be one of more than
    /// 1,023 names, numbers and operators.
    public func choices(at index: BigInt) -> [Int]? {
        index.sign == .minus ? nil : withOrder { $0.choices(at: index, isGivenUp) }
    }

    /// The number of a derivation; nil where it is none, or where its program has more than 1,023 names, numbers and operators.
    public func index(of choices: [Int]) -> BigInt? { withOrder { $0.index(of: choices, isGivenUp) } }

    /// The choices of a derivation, each with the same probability; nil where the space is infinite or has more than 10^300000.
    public func uniformChoices(_ stream: inout RandomStream) -> [Int]? {
        guard case .finite(let total) = count() else { return nil }
        let index = BigInt(stream.below(total.magnitude))
        return withNumbering { $0.choices(at: index) }.map { hasNumbers ? scattered($0, &stream) : $0 }
    }

    /// The numbers of all derivations, in the order of their choices alone.
    func withNumbering<Result: Sendable>(_ body: (inout AnyNumbering) -> Result?) -> Result? {
        guard case .finite(let total) = count(), let counting = counting.withLock({ $0 }) else { return nil }
        return numbering.withLock { numbering in
            var made = numbering ?? AnyNumbering(model, counting, accepted: model.accepted, total)
            numbering = nil
            defer { numbering = made }
            return body(&made)
        }
    }

    func withOrder<Result: Sendable>(_ body: (inout SizeOrder) -> Result?) -> Result? {
        let total = count()
        return order.withLock { order in
            guard var made = order ?? SizeOrder(grammar, total, isGivenUp) else { return nil }
            // Taken out, so that it is changed in place.
            order = nil
            defer { order = made }
            return body(&made)
        }
    }

    /// The same derivation with each number on a continuous scale drawn anew.
    private func scattered(_ choices: [Int], _ stream: inout RandomStream) -> [Int] {
        var derivation = derivation()
        for choice in choices {
            let numbers = derivation.decision?.numbers
            derivation.choose(numbers.map { RealRange.choice($0.number(at: stream.uniform())) } ?? choice)
        }
        return derivation.choices
    }
}

extension RandomStream {
    /// Uniform in `0 ..< bound` without bias; `bound` must be positive.
    mutating func below(_ bound: BigUInt) -> BigUInt {
        let bits = (bound - 1).bitWidth
        while true {
            var number = BigUInt(words: (0..<((bits + 63) / 64)).map { _ in UInt(next()) })
            let excess = number.bitWidth - bits
            if excess > 0 { number = number & ((BigUInt(1) << bits) - 1) }
            if number < bound { return number }
        }
    }
}
