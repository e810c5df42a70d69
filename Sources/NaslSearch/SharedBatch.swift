#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the caller and the workers of a `WorkerPool` share; every field is read and written under the mutex.
final class SharedBatch: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var body: (@Sendable (_ item: Int, _ worker: Int) -> Void)?
    private var started = 0
    private var next = 0
    private var count = 0
    private var finished = 0
    private var isClosing = false
    private var ended = 0

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(wake, nil)
        pthread_cond_init(done, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(wake)
        pthread_cond_destroy(done)
        mutex.deallocate()
        wake.deallocate()
        done.deallocate()
    }

    func begin(_ count: Int, _ body: @escaping @Sendable (_ item: Int, _ worker: Int) -> Void) {
        pthread_mutex_lock(mutex)
        (self.body, self.count, next, finished) = (body, count, 0, 0)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(mutex)
    }

    /// Whether the whole batch is done, after so many seconds at most.
    func wait(atMost seconds: Double) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        let nanoseconds = Int(deadline.tv_nsec) + Int(min(seconds, 3600) * 1e9)
        deadline.tv_sec += nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        while finished < count {
            if pthread_cond_timedwait(done, mutex, &deadline) != 0 { break }
        }
        guard finished >= count else { return false }
        body = nil
        return true
    }

    /// Tells `workers` threads to end and waits until they have.
    func close(_ workers: Int) {
        pthread_mutex_lock(mutex)
        isClosing = true
        pthread_cond_broadcast(wake)
        while ended < workers { pthread_cond_wait(done, mutex) }
        pthread_mutex_unlock(mutex)
    }

    /// The life of one worker.
    fileprivate func work() {
        pthread_mutex_lock(mutex)
        started += 1
        let worker = started
        while true {
            if let body, next < count {
                let item = next
                next += 1
                pthread_mutex_unlock(mutex)
                body(item, worker)
                pthread_mutex_lock(mutex)
                finished += 1
                if finished == count { pthread_cond_broadcast(done) }
            } else if isClosing {
                break
            } else {
                pthread_cond_wait(wake, mutex)
            }
        }
        ended += 1
        pthread_cond_broadcast(done)
        pthread_mutex_unlock(mutex)
    }
}

/// A detached thread that works on `batch` until it is closed; false where the system gives no more threads.
func startThread(_ batch: SharedBatch, stackBytes: Int) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let held = Unmanaged.passRetained(batch)
    #if canImport(Glibc)
    var thread = pthread_t()
    let result = pthread_create(&thread, &attributes, { argument in
        guard let argument else { return nil }
        Unmanaged<SharedBatch>.fromOpaque(argument).takeRetainedValue().work()
        return nil
    }, held.toOpaque())
    #else
    var thread: pthread_t?
    let result = pthread_create(&thread, &attributes, { argument in
        Unmanaged<SharedBatch>.fromOpaque(argument).takeRetainedValue().work()
        return nil
    }, held.toOpaque())
    #endif
    if result != 0 { held.release() }
    return result == 0
}
