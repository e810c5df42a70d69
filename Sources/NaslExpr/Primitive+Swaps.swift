extension Primitive {
    /// The primitives whose two arguments may change places: `a + b` is `b + a`, also in floating point.
    public static let commutative: Set<Primitive> = [.add, .mul, .max, .min, .equal, .notEqual]

    /// Whether its two arguments may be swapped.
    public var isCommutative: Bool { Primitive.commutative.contains(self) }
}
