#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Statistics {
    /// The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in 0...1, to about 1e-13.
    ///
    /// The continued fraction of DLMF 8.17.22, evaluated by Lentz's method as modified by Thompson and Barnett (J. Comput. Phys. 64,
    /// 1986); it converges fast for x below (a + 1) / (a + b + 2), and I_x(a, b) = 1 - I_{1-x}(b, a) serves above.
    public static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
        let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
        return front * betaFraction(x, a, b) / a
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...500 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }

    /// log Gamma(x) for x > 0: Stirling's series (DLMF 5.11.1) after x has been raised above 10 by the recurrence.
    static func logGamma(_ x: Double) -> Double {
        var x = x
        var product = 1.0
        while x < 10 {
            product *= x
            x += 1
        }
        let inverse = 1 / (x * x)
        let series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
        return (x - 0.5) * log(x) - x + 0.5 * log(2 * .pi) + series - log(product)
    }
}
