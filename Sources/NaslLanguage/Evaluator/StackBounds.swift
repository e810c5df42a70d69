#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much of the present thread's stack is left.
///
/// Calls are counted, but a call may be small or large, and a trial that starts another begins a count of its own: only the stack
/// itself tells when recursion must be given up.
struct StackBounds {
    private let owner: pthread_t
    private let low: UInt
    private let high: UInt
    private let reserve: UInt

    /// Of the thread that asks.
    init() {
        owner = pthread_self()
        #if canImport(Glibc)
        var attributes = pthread_attr_t()
        var base: UnsafeMutableRawPointer?
        var size = 0
        // A GNU extension, which the module of the C library does not declare.
        typealias GetAttributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
        if let symbol = dlsym(nil, "pthread_getattr_np"), unsafeBitCast(symbol, to: GetAttributes.self)(owner, &attributes) == 0 {
            pthread_attr_getstack(&attributes, &base, &size)
            pthread_attr_destroy(&attributes)
        }
        low = UInt(bitPattern: base)
        #else
        let size = pthread_get_stacksize_np(owner)
        low = UInt(bitPattern: pthread_get_stackaddr_np(owner)) - UInt(size)
        #endif
        high = low + UInt(size)
        reserve = UInt(min(size / 4, 64 << 20))
    }

    var isOfThisThread: Bool { pthread_equal(owner, pthread_self()) != 0 }

    /// Whether what is left should be kept for what a call may need inside.
    var isNearlyUsed: Bool {
        var here: UInt8 = 0
        let address = withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) }
        // An address elsewhere (a checking compiler may move variables) says nothing.
        guard address >= low, address < high else { return false }
        return address - low < reserve
    }
}
