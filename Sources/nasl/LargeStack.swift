import Glibc
import NaslSession

private final class Work: Sendable {
    let body: @Sendable () -> Int32
    nonisolated(unsafe) var result: Int32 = 1
    init(_ body: @escaping @Sendable () -> Int32) { self.body = body }
}

/// Runs `body` on a thread whose stack is deep enough for the evaluator, and waits for it.
func onLargeStack(_ body: @escaping @Sendable () -> Int32) -> Int32 {
    let work = Work(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var size = Session.stackSize
    // A machine that allows less gets less.
    while size > 16 << 20, pthread_attr_setstacksize(&attributes, size) != 0 { size /= 2 }
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(work).toOpaque()
    let error = pthread_create(&thread, &attributes, { pointer in
        guard let pointer else { return nil }
        let work = Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
        work.result = work.body()
        return nil
    }, pointer)
    guard error == 0 else {
        Unmanaged<Work>.fromOpaque(pointer).release()
        return body()
    }
    pthread_join(thread, nil)
    return work.result
}
