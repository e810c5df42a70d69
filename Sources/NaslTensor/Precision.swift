/// The number format of a plan, chosen when it is traced.
public enum Precision: Sendable {
    /// 32 bits, vector kernels: for training.
    case float
    /// 64 bits, the C library's functions: the reference that tests compare with.
    case double

    /// Bytes of one value.
    public var width: Int { self == .float ? 4 : 8 }
}
