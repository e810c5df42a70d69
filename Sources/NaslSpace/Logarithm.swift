#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The C library's, under names of our own.
func logarithm(_ value: Double) -> Double { log(value) }
func logarithm10(_ value: Double) -> Double { log10(value) }
func exponential(_ value: Double) -> Double { exp(value) }
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
