import NaslTensor

/// Matrix products of square matrices, by the kernel that a plan picks for the size.
enum Products {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        Dictionary(uniqueKeysWithValues: [64, 128, 256, 512, 1024].map { size in ("sgemm_\(size)", { try product(size) }) })
    }

    private static func product(_ size: Int) throws -> NaslBenchmarks.Measurement {
        let tracer = Tracer()
        let a = tracer.input([size, size]), b = tracer.input([size, size])
        _ = tracer.matmul(a, b)
        let plan = Held(tracer.finish())
        let values = (0..<size * size).map { Double($0 % 17) / 17 - 0.5 }
        plan.plan.write(values, to: a)
        plan.plan.write(values, to: b)
        let repeats = max(1, (1 << 29) / (2 * size * size * size))
        return { NaslBenchmarks.seconds { for _ in 0..<repeats { plan.plan.run() } } / Double(repeats) }
    }

    private final class Held {
        var plan: Plan
        init(_ plan: consuming Plan) { self.plan = plan }
    }
}
