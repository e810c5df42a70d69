#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Runs `body` on a thread whose stack is deep enough for a session, and waits for it.
public func onLargeStack(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var size = Session.stackSize
    // A machine that allows less gets less.
    while size > 16 << 20, pthread_attr_setstacksize(&attributes, size) != 0 { size /= 2 }
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body)).toOpaque()
    let error = pthread_create(&thread, &attributes, { pointer in
        if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
    }, work)
    guard error == 0 else {
        Unmanaged<Work>.fromOpaque(work).release()
        return body()
    }
    pthread_join(thread, nil)
}
