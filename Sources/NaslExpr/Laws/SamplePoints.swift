/// Fixed points at which terms are compared: the same in every run.
///
/// Numbers of every size and sign, whole ones among them, since many equations break at 0, at 1 or between whole numbers.
package enum SamplePoints {
    private static let special: [Double] = [0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 0.25, 1.5, -1.5, 4, -4, 10]

    /// Coordinate `axis` of point `index`.
    static func coordinate(_ axis: Int, of index: Int) -> Double {
        if axis > 0, index % 11 == 3 { return coordinate(0, of: index) }
        let site = Double(index)
        let draw = { (salt: UInt32) in RandomDraw.uniform(site: site, salt: 16 + salt, element: UInt32(clamping: axis)) }
        let choice = draw(0), u = draw(1), sign = draw(2) < 0.5 ? -1.0 : 1
        switch choice {
        case ..<0.25: return special[Swift.min(Int(u * Double(special.count)), special.count - 1)]
        case ..<0.5: return sign * u
        case ..<0.85: return 4 * u * sign
        default: return sign * libm.exp(6 * u - 3)
        }
    }

    /// Without the special numbers, at which functions are rarely compared by chance: for fingerprints.
    package static func generic(_ axis: Int, of index: Int) -> Double {
        let site = Double(index)
        let u = RandomDraw.uniform(site: site, salt: 32, element: UInt32(clamping: axis))
        let v = RandomDraw.uniform(site: site, salt: 33, element: UInt32(clamping: axis))
        // A third each: inside of 0..1, where most functions are defined; around 0; wider.
        switch index % 3 {
        case 0: return u
        case 1: return 4 * u - 2
        default: return (v < 0.5 ? -1 : 1) * libm.exp(4 * u - 2)
        }
    }
}
