/// Primitives that draw: `noise(0.1)`, `drop(u, 0.1)`. Two mentions are two draws, so in a ``Graph`` each has a site, a number that no
/// other has, as one more argument. What is drawn is a function of the key of the run, the site and the element: a backward pass meets
/// the draws of its forward pass again. The kernels in `CKernels/kernels/random.h` draw the same.
extension Primitive {
    public static var noise: Primitive { Primitive(opcode: 57) }
    public static var drop: Primitive { Primitive(opcode: 58) }

    /// Whether it draws: such a term has no fingerprint, equals nothing and is never computed ahead.
    public var isRandom: Bool { self == .noise || self == .drop }
}

/// The draws of element 0 under the key 0, the reference of the kernels.
enum RandomDraw {
    /// Uniform above 0 and below 1.
    static func uniform(site: Double, salt: UInt32 = 1, element: UInt32 = 0) -> Double {
        (Double(mixed(element ^ key(site, salt)) >> 8) + 0.5) / 16_777_216
    }

    /// By the transformation of Box & Muller (1958).
    static func normal(site: Double) -> Double {
        let angle = Double(mixed(key(site, 2)) >> 8) * (2 * .pi / 16_777_216)
        return (-2 * libm.log(uniform(site: site))).squareRoot() * libm.cos(angle)
    }

    private static func key(_ site: Double, _ salt: UInt32) -> UInt32 {
        var h = mixed(salt &* 0x9e37_79b9)
        h = mixed(mixed(h))
        return mixed(h ^ UInt32(truncatingIfNeeded: Int64(exactly: site) ?? 0))
    }

    /// A permutation of 32 bits (T. Ettinger & C. Wellons, "triple32", 2018).
    private static func mixed(_ bits: UInt32) -> UInt32 {
        var x = bits
        x ^= x >> 17
        x = x &* 0xed5a_d4bb
        x ^= x >> 11
        x = x &* 0xac4c_1b51
        x ^= x >> 15
        x = x &* 0x3184_8bab
        return x ^ x >> 14
    }
}
