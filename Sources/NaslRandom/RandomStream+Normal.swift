#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RandomStream {
    /// A standard normal draw (Box and Muller 1958), one pair of uniforms for each.
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// The indices `0 ..< count` in random order (Fisher and Yates).
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        var last = count - 1
        while last > 0 {
            order.swapAt(last, below(last + 1))
            last -= 1
        }
        return order
    }
}
