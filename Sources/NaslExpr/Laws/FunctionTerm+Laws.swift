extension FunctionTerm {
    /// Whether two functions of as many parameters are the same.
    public enum Equality: Sendable, Equatable {
        /// The laws turn both into one form, or multiplying out does, or saturation leads them together.
        case equal
        /// Their values differ at a point.
        case different(at: [Double], Double, Double)
        /// The laws do not show it, and neither do the values: they agree at so many points. Nil where there are no values to compare.
        case unknown(agreeingAt: Int?)
    }

    /// Holds `self` against `other`, first by the laws, then by numbers. A random draw equals nothing.
    ///
    /// - Precondition: both have equally many parameters.
    public func equality(with other: FunctionTerm, under laws: LawTable) -> Equality {
        precondition(parameters.count == other.parameters.count, "functions of \(parameters.count) and \(other.parameters.count) parameters were compared")
        if body.isRandom || other.body.isRandom { return .unknown(agreeingAt: nil) }
        // Arguments are sorted by their names, which are no part of a function.
        let (first, second) = (laws.canonical(positional.body), laws.canonical(other.positional.body))
        if first == second || ExactForm.areEqual(first, second) { return .equal }
        guard let a = try? Fingerprint(of: self), let b = try? Fingerprint(of: other) else { return .unknown(agreeingAt: nil) }
        switch a.comparison(with: b, axes: parameters.count) {
        case .different(let point, let a, let b): return .different(at: point, a, b)
        case .same(let points): return Saturation.joins(first, second, laws.saturationRules) ? .equal : .unknown(agreeingAt: points)
        }
    }

    /// The largest difference from `other`, as a share of the larger value, over the fixed points at which both are defined; nil where these are fewer than
    /// ten, or there are no values to compare. What is below 1e-6 counts as 1e-6.
    public func largestDifference(from other: FunctionTerm) -> Double? {
        if body.isRandom || other.body.isRandom { return nil }
        var (largest, count) = (0.0, 0)
        for index in 0..<Fingerprint.pointCount {
            let point = Fingerprint.point(index, axes: parameters.count)
            guard let a = try? value(at: point), let b = try? other.value(at: point) else { return nil }
            guard a.isFinite, b.isFinite else { continue }
            count += 1
            largest = Swift.max(largest, abs(a - b) / Swift.max(abs(a), abs(b), 1e-6))
        }
        return count >= 10 ? largest : nil
    }

    private var positional: FunctionTerm {
        let names = parameters.indices.map { Symbol("#p\($0)") }
        return FunctionTerm(parameters: names, body: body.substituting(Dictionary(zip(parameters, names.map(Expr.variable)), uniquingKeysWith: { $1 })))
    }
}
