extension Primitive {
    /// Whether the operation on these numbers loses nothing to rounding.
    func isExact(_ a: Double, _ b: Double) -> Bool {
        let result = row.evaluate(a, b, 0)
        guard result.isFinite else { return false }
        switch self {
        case .neg, .abs, .max, .min, .sign, .relu, .floor, .round: return true
        case .add: return isExactSum(a, b)
        case .sub: return isExactSum(a, -b)
        case .mul: return (-result).addingProduct(a, b) == 0
        case .div: return a.addingProduct(-result, b) == 0
        default: return false
        }
    }
}
