extension Primitive {
    /// The primitives whose two arguments may change places: `a + b` is `b + a`, also in floating point.
    public static let commutative = Set(table.map(\.primitive).filter(\.isCommutative))

    /// Whether its two arguments may be swapped.
    public var isCommutative: Bool {
        switch self {
        case .add, .mul, .max, .min, .equal, .notEqual: true
        default: false
        }
    }
}
