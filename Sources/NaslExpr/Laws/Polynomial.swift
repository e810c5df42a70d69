/// What was computed exactly no longer fits its numbers, or became too long.
struct TooLarge: Error {}

/// An exact fraction of whole numbers, in lowest terms with a positive denominator.
struct Rational: Hashable, Comparable {
    let numerator: Int
    let denominator: Int

    static let zero = Rational(0), one = Rational(1)

    init(_ whole: Int) { (numerator, denominator) = (whole, 1) }

    init(_ numerator: Int, _ denominator: Int) throws(TooLarge) {
        guard denominator != 0, numerator != .min, denominator != .min else { throw TooLarge() }
        var (a, b) = (abs(numerator), abs(denominator))
        while b != 0 { (a, b) = (b, a % b) }
        let sign = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / max(a, 1)
        self.denominator = sign * denominator / max(a, 1)
    }

    /// The number as it is written in decimal digits: 0.1 is a tenth.
    init?(_ value: Double) {
        guard value.isFinite, abs(value) < 1e12 else { return nil }
        var (scaled, denominator) = (value, 1)
        for _ in 0..<7 {
            if let whole = Int(exactly: scaled.rounded()), Double(whole) / Double(denominator) == value {
                guard let fraction = try? Rational(whole, denominator) else { return nil }
                self = fraction
                return
            }
            denominator *= 10
            scaled = value * Double(denominator)
        }
        return nil
    }

    static func + (a: Rational, b: Rational) throws(TooLarge) -> Rational {
        let (left, first) = a.numerator.multipliedReportingOverflow(by: b.denominator), (right, second) = b.numerator.multipliedReportingOverflow(by: a.denominator)
        let (sum, third) = left.addingReportingOverflow(right), (bottom, fourth) = a.denominator.multipliedReportingOverflow(by: b.denominator)
        if first || second || third || fourth { throw TooLarge() }
        return try Rational(sum, bottom)
    }

    static func * (a: Rational, b: Rational) throws(TooLarge) -> Rational {
        let (top, first) = a.numerator.multipliedReportingOverflow(by: b.numerator), (bottom, second) = a.denominator.multipliedReportingOverflow(by: b.denominator)
        if first || second { throw TooLarge() }
        return try Rational(top, bottom)
    }

    static func < (a: Rational, b: Rational) -> Bool { Double(a.numerator) / Double(a.denominator) < Double(b.numerator) / Double(b.denominator) }

    var text: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

/// A polynomial in atoms that are known by their texts, with exact coefficients.
struct Polynomial: Hashable {
    /// Powers of atoms, sorted by atom; the exponents are positive.
    typealias Monomial = [Power]

    struct Power: Hashable, Comparable {
        let atom: String
        let exponent: Int
        static func < (a: Power, b: Power) -> Bool { (a.atom, a.exponent) < (b.atom, b.exponent) }
    }

    /// None of them 0.
    private(set) var terms: [Monomial: Rational] = [:]

    private static let mostTerms = 400

    init() {}

    init(_ constant: Rational) { if constant != .zero { terms[[]] = constant } }

    init(atom: String, exponent: Int = 1) { terms[exponent == 0 ? [] : [Power(atom: atom, exponent: exponent)]] = .one }

    init(_ monomial: Monomial, _ coefficient: Rational) { if coefficient != .zero { terms[monomial] = coefficient } }

    var isZero: Bool { terms.isEmpty }

    /// Its value where it has no atoms.
    var constant: Rational? { terms.isEmpty ? .zero : terms.count == 1 ? terms[[]] : nil }

    /// In an order that depends on nothing but the polynomial.
    var sorted: [(monomial: Monomial, coefficient: Rational)] {
        terms.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    }

    var text: String {
        sorted.map { "\($0.coefficient.text)\($0.monomial.map { "*\($0.atom)^\($0.exponent)" }.joined())" }.joined(separator: "+")
    }

    private mutating func add(_ monomial: Monomial, _ coefficient: Rational) throws(TooLarge) {
        let sum = try (terms[monomial] ?? .zero) + coefficient
        terms[monomial] = sum == .zero ? nil : sum
        if terms.count > Polynomial.mostTerms { throw TooLarge() }
    }

    static func + (a: Polynomial, b: Polynomial) throws(TooLarge) -> Polynomial {
        var sum = a
        for (monomial, coefficient) in b.terms { try sum.add(monomial, coefficient) }
        return sum
    }

    static func * (a: Polynomial, b: Polynomial) throws(TooLarge) -> Polynomial {
        var product = Polynomial()
        for (first, x) in a.terms { for (second, y) in b.terms { try product.add(Polynomial.product(first, second), x * y) } }
        return product
    }

    func scaled(by factor: Rational) throws(TooLarge) -> Polynomial { try self * Polynomial(factor) }

    private static func product(_ a: Monomial, _ b: Monomial) throws(TooLarge) -> Monomial {
        var exponents: [String: Int] = [:]
        for power in a + b { exponents[power.atom, default: 0] += power.exponent }
        if exponents.values.contains(where: { $0 > 64 }) { throw TooLarge() }
        return exponents.map { Power(atom: $0.key, exponent: $0.value) }.sorted()
    }
}
