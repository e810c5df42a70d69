/// One elementwise operation of the language: a row of ``Primitive/table``.
///
///     Primitive.named("tanh")?.row.arity   // 1
///
/// A primitive is stored as its interpreter opcode, so a term is a flat array of small numbers. Everything else that is known
/// about it stands in its row: adding a primitive is a row there and a kernel in `CKernels`.
public struct Primitive: Hashable, Sendable {
    public let opcode: UInt8

    public init(opcode: UInt8) { self.opcode = opcode }

    /// The primitive of that spelling (`"tanh"`, or `"+"` and its name `"add"`), if there is one.
    public static func named(_ name: String) -> Primitive? { byName[name] }

    public var row: Row { Primitive.rows[Int(opcode)]! }
    public var name: String { row.name }
    public var arity: Int { row.arity }

    /// What is known of a primitive.
    public struct Row: Sendable {
        public let primitive: Primitive
        public let name: String
        public let arity: Int
        /// How it is written between its arguments, if it is: `+`.
        public let infix: String?
        /// Where it is defined; outside it yields NaN or infinity.
        public let domain: Domain
        /// The partial derivative by each argument, as terms in the arguments `a`, `b`, `c` and the result `y`; nil where it is
        /// zero almost everywhere.
        public let derivative: [Expr?]
        /// Arguments of unary primitives at which the derivative jumps or does not exist.
        public let kinks: [Double]
        /// One sentence for `help`.
        public let summary: String
        /// The value in double precision, the reference of every faster kernel.
        public let evaluate: @Sendable (_ a: Double, _ b: Double, _ c: Double) -> Double
    }

    /// Where a primitive is defined, by its arguments.
    public enum Domain: Sendable, Equatable {
        case everywhere
        case firstPositive
        case firstNonnegative
        case secondNonzero
        /// `a ^ b`: a non-negative base, or a whole exponent.
        case power
        /// `tan`: away from the odd multiples of pi/2.
        case cosineNonzero
    }

    private static let rows: [Row?] = {
        var rows = [Row?](repeating: nil, count: 256)
        for row in table { rows[Int(row.primitive.opcode)] = row }
        return rows
    }()

    private static let byName: [String: Primitive] = {
        var names: [String: Primitive] = [:]
        for row in table {
            names[row.name] = row.primitive
            if let infix = row.infix, row.arity == 2 { names[infix] = row.primitive }
        }
        return names
    }()
}
