/// Many numbers, row-major; in single precision where that loses nothing.
package enum Numbers: Sendable {
    case floats([Float])
    case doubles([Double])

    /// No data set may hold more: 536,870,912 numbers are 2 GB in single precision.
    package static let limit = 1 << 29

    package var count: Int {
        switch self {
        case .floats(let numbers): numbers.count
        case .doubles(let numbers): numbers.count
        }
    }

    /// In double precision, whatever they are kept in.
    package var asDoubles: [Double] {
        switch self {
        case .floats(let numbers): numbers.map(Double.init)
        case .doubles(let numbers): numbers
        }
    }

    /// Where the first number is that a net cannot take: NaN, infinite, or too large for single precision.
    func firstUnusable() -> (position: Int, number: Double)? {
        switch self {
        case .floats(let numbers): Numbers.firstUnusable(numbers)
        case .doubles(let numbers): Numbers.firstUnusable(numbers)
        }
    }

    /// The largest number that single precision holds, about 3.4e38.
    static let largest = Double(Float.greatestFiniteMagnitude)

    private static func firstUnusable<Number: BinaryFloatingPoint>(_ numbers: [Number]) -> (position: Int, number: Double)? {
        let bound = Number(largest)
        // Written so that NaN is unusable.
        guard let position = numbers.firstIndex(where: { !($0.magnitude <= bound) }) else { return nil }
        return (position, Double(numbers[position]))
    }
}
