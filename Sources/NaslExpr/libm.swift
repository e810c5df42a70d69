import Glibc

/// The C library's functions under one roof, apart from the primitives of the same spelling.
enum libm {
    static let exp: @Sendable (Double) -> Double = { Glibc.exp($0) }
    static let log: @Sendable (Double) -> Double = { Glibc.log($0) }
    static let sin: @Sendable (Double) -> Double = { Glibc.sin($0) }
    static let cos: @Sendable (Double) -> Double = { Glibc.cos($0) }
    static let tan: @Sendable (Double) -> Double = { Glibc.tan($0) }
    static let sinh: @Sendable (Double) -> Double = { Glibc.sinh($0) }
    static let cosh: @Sendable (Double) -> Double = { Glibc.cosh($0) }
    static let tanh: @Sendable (Double) -> Double = { Glibc.tanh($0) }
    static let asinh: @Sendable (Double) -> Double = { Glibc.asinh($0) }
    static let atan: @Sendable (Double) -> Double = { Glibc.atan($0) }
    static let log1p: @Sendable (Double) -> Double = { Glibc.log1p($0) }
    static let erf: @Sendable (Double) -> Double = { Glibc.erf($0) }
    static let erfc: @Sendable (Double) -> Double = { Glibc.erfc($0) }
    static let pow: @Sendable (Double, Double) -> Double = { Glibc.pow($0, $1) }
}
