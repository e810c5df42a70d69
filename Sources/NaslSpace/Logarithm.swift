#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The natural logarithm of the C library.
func logarithm(_ value: Double) -> Double { log(value) }
