/// A term as a fraction of two polynomials with exact coefficients, whose atoms are its variables and what no ring operation can look into,
/// such as `sin(x)`. Multiplied out, so that terms are the same that no directed law leads to each other: `(x + 1)^2` and `x^2 + 2 * x + 1`.
///
/// Powers, roots and logarithms go by the laws of positive arguments: as with all laws, two terms that are found equal have equal values wherever
/// all parts of both are defined.
struct ExactForm {
    private let numerator: Polynomial
    private let denominator: Polynomial
    private let atoms: Atoms

    /// Of what the logarithms among the atoms are.
    private final class Atoms {
        var arguments: [String: Polynomial] = [:]
    }

    private init(_ polynomial: Polynomial, _ atoms: Atoms) throws(TooLarge) { try self.init(polynomial, Polynomial(.one), atoms) }

    private init(_ numerator: Polynomial, _ denominator: Polynomial, _ atoms: Atoms) throws(TooLarge) {
        self.atoms = atoms
        // A constant below is a factor above.
        if let below = denominator.constant, below != .zero {
            self.numerator = try numerator.scaled(by: Rational(below.denominator, below.numerator))
            self.denominator = Polynomial(.one)
        } else {
            if denominator.isZero { throw TooLarge() }
            (self.numerator, self.denominator) = (numerator, denominator)
        }
    }

    /// Whether both are seen to have the same values; false says nothing.
    static func areEqual(_ a: Expr, _ b: Expr) -> Bool {
        let atoms = Atoms()
        guard a.nodes.count <= ExactForm.largest, b.nodes.count <= ExactForm.largest, let first = try? ExactForm(a, atoms), let second = try? ExactForm(b, atoms),
            let difference = try? first - second else { return false }
        return difference.numerator.isZero || (try? difference.isLogarithmOfOne()) == true
    }

    /// Whether it is a sum of logarithms with whole factors whose arguments multiply to 1.
    private func isLogarithmOfOne() throws(TooLarge) -> Bool {
        var (above, below) = (Polynomial(.one), Polynomial(.one))
        let common = numerator.terms.values.reduce(1) { $0 * min($1.denominator, 100) }
        guard common <= 100 else { return false }
        for (monomial, coefficient) in numerator.terms {
            guard monomial.count == 1, monomial[0].exponent == 1, let argument = atoms.arguments[monomial[0].atom] else { return false }
            let factor = coefficient.numerator * (common / coefficient.denominator)
            guard abs(factor) <= 8 else { return false }
            for _ in 0..<abs(factor) { if factor > 0 { above = try above * argument } else { below = try below * argument } }
        }
        return above == below
    }

    private static let largest = 200

    private init(_ term: Expr, _ atoms: Atoms) throws(TooLarge) {
        var stack: [ExactForm] = []
        for node in term.nodes {
            let arguments = Array(stack.suffix(Int(node.arity)))
            stack.removeLast(arguments.count)
            stack.append(try ExactForm.form(node, arguments, atoms))
        }
        guard stack.count == 1 else { throw TooLarge() }
        self = stack[0]
    }

    private static func form(_ node: Expr.Node, _ arguments: [ExactForm], _ atoms: Atoms) throws(TooLarge) -> ExactForm {
        switch node.kind {
        case .number:
            guard let number = Rational(node.value) else { throw TooLarge() }
            return try ExactForm(Polynomial(number), atoms)
        case .variable: return try ExactForm(Polynomial(atom: node.symbol.text), atoms)
        case .primitive: break
        default: throw TooLarge()
        }
        switch node.primitive {
        case .neg: return try -arguments[0]
        case .add: return try arguments[0] + arguments[1]
        case .sub: return try arguments[0] - arguments[1]
        case .mul: return try arguments[0] * arguments[1]
        case .div: return try arguments[0] / arguments[1]
        case .square: return try arguments[0].power(2)
        case .cube: return try arguments[0].power(3)
        case .pow:
            if let exponent = arguments[1].constant { return try arguments[0].power(exponent) }
            return try (arguments[0].logarithm() * arguments[1]).exponential()
        case .sqrt: return try arguments[0].power(Rational(1, 2))
        case .exp: return try arguments[0].exponential()
        case .log: return try arguments[0].logarithm()
        case .sin, .tan, .sinh, .tanh, .asinh, .atan, .erf: return try atom(node.primitive, arguments[0], isOdd: true)
        case .cos, .cosh, .abs: return try atom(node.primitive, arguments[0], isOdd: false)
        default: return try ExactForm(Polynomial(atom: "\(node.primitive.row.name)(\(arguments.map(\.text).joined(separator: ", ")))"), atoms)
        }
    }

    /// A function that keeps or drops the sign of its argument.
    private static func atom(_ primitive: Primitive, _ argument: ExactForm, isOdd: Bool) throws(TooLarge) -> ExactForm {
        let isNegative = argument.numerator.sorted.first.map { $0.coefficient < .zero } ?? false
        let positive = isNegative ? try -argument : argument
        let atom = try ExactForm(Polynomial(atom: "\(primitive.row.name)(\(positive.text))"), argument.atoms)
        return isNegative && isOdd ? try -atom : atom
    }

    private var text: String { denominator.constant == .one ? numerator.text : "(\(numerator.text))/(\(denominator.text))" }

    private var constant: Rational? { denominator.constant == .one ? numerator.constant : nil }

    static prefix func - (a: ExactForm) throws(TooLarge) -> ExactForm { try ExactForm(a.numerator.scaled(by: Rational(-1)), a.denominator, a.atoms) }

    static func + (a: ExactForm, b: ExactForm) throws(TooLarge) -> ExactForm {
        if a.denominator == b.denominator { return try ExactForm(a.numerator + b.numerator, a.denominator, a.atoms) }
        return try ExactForm(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator, a.atoms)
    }

    static func - (a: ExactForm, b: ExactForm) throws(TooLarge) -> ExactForm { try a + (-b) }
    static func * (a: ExactForm, b: ExactForm) throws(TooLarge) -> ExactForm { try ExactForm(a.numerator * b.numerator, a.denominator * b.denominator, a.atoms) }
    static func / (a: ExactForm, b: ExactForm) throws(TooLarge) -> ExactForm { try ExactForm(a.numerator * b.denominator, a.denominator * b.numerator, a.atoms) }

    private func power(_ exponent: Int) throws(TooLarge) -> ExactForm {
        if abs(exponent) > 16 { throw TooLarge() }
        let one = try ExactForm(Polynomial(.one), atoms)
        var result = one
        for _ in 0..<abs(exponent) { result = try result * self }
        return exponent < 0 ? try one / result : result
    }

    private func power(_ exponent: Rational) throws(TooLarge) -> ExactForm {
        if exponent.denominator == 1 { return try power(exponent.numerator) }
        return try (logarithm() * ExactForm(Polynomial(exponent), atoms)).exponential()
    }

    /// exp of a sum as a product, each factor a power of an atom or of what stands in a logarithm.
    private func exponential() throws(TooLarge) -> ExactForm {
        guard denominator.constant == .one else { return try ExactForm(Polynomial(atom: "exp(\(text))"), atoms) }
        var product = try ExactForm(Polynomial(.one), atoms)
        for (monomial, coefficient) in numerator.sorted {
            let base: Polynomial
            if monomial.count == 1, monomial[0].exponent == 1, let argument = atoms.arguments[monomial[0].atom] {
                base = coefficient.denominator == 1 ? argument : Polynomial(atom: "root(\(argument.text), \(coefficient.denominator))")
            } else {
                base = Polynomial(atom: "exp(\(Polynomial(monomial, try Rational(1, coefficient.denominator)).text))")
            }
            product = try product * ExactForm(base, atoms).power(coefficient.numerator)
        }
        return product
    }

    /// log of a product as a sum.
    private func logarithm() throws(TooLarge) -> ExactForm {
        func atom(_ argument: Polynomial) throws(TooLarge) -> ExactForm {
            let name = "log(\(argument.text))"
            atoms.arguments[name] = argument
            return try ExactForm(Polynomial(atom: name), atoms)
        }
        func part(_ polynomial: Polynomial) throws(TooLarge) -> ExactForm {
            guard let (monomial, coefficient) = polynomial.sorted.first, polynomial.terms.count == 1, coefficient > .zero else { return try atom(polynomial) }
            var sum = try coefficient == .one ? ExactForm(Polynomial(), atoms) : atom(Polynomial(coefficient))
            for power in monomial { sum = try sum + atom(Polynomial(atom: power.atom)) * ExactForm(Polynomial(Rational(power.exponent)), atoms) }
            return sum
        }
        return try part(numerator) - part(denominator)
    }
}
