#if canImport(CAllocations)
import CAllocations
import NaslTensor
import Testing

@Suite struct AllocationTests {
    @Test func theCounterCounts() {
        var kept: [[Int]] = []
        allocations_watch()
        for size in 1...10 { kept.append([Int](repeating: 1, count: size * 100)) }
        #expect(allocations_seen() >= 10)
        #expect(kept.count == 10)
    }

    /// Running a plan, with its update and the numbers it needs, allocates nothing.
    @Test(arguments: [Precision.float, .double])
    func runningAllocatesNothing(_ precision: Precision) throws {
        var child = try Child(.adam(), precision: precision)
        for step in 1...3 { _ = child.step(step, rate: 0.01) }
        allocations_watch()
        for step in 4...103 {
            child.plan.prepareUpdate(step: step, learningRate: 0.01)
            child.plan.run("train")
        }
        let seen = allocations_seen()
        #expect(seen == 0)
        #expect(child.plan.value(of: child.loss).isFinite)
    }

    /// Nor does running over frames that there is room for.
    @Test func runningOverFramesAllocatesNothing() throws {
        let tracer = Tracer()
        let w = tracer.parameter([8, 32], name: "w"), x = tracer.input([4, 32]), h = tracer.carried([4, 8]), c = tracer.carried([4, 8])
        tracer.section("step") {
            let next = tracer.inFrames { tracer.lstmCell(x: tracer.matmul(h, w, plus: x), c: c) }
            tracer.carry(next.h, to: h)
            tracer.carry(next.c, to: c)
        }
        var plan = tracer.finish()
        plan.reserve(frames: 101)
        let recorded = plan.section("step"), step = try #require(recorded)
        plan.run(step, frame: 1)
        allocations_watch()
        for frame in 1...100 { plan.run(step, frame: frame) }
        let seen = allocations_seen()
        #expect(seen == 0)
    }

    /// Ten thousand children leave no memory behind: what is taken for a child is given back with it.
    @Test func childrenGiveTheirMemoryBack() throws {
        for _ in 0..<100 { _ = try Child(.adam()).plan.parameterCount }
        // Other tests take memory meanwhile; what is lost with each child is lost in every try.
        var least = Int.max
        for _ in 0..<5 where least >= 4096 {
            let before = residentPages()
            for _ in 0..<10_000 { _ = try Child(.adam()).plan.parameterCount }
            least = min(least, residentPages() - before)
        }
        #expect(least < 4096)  // 16 MB
    }
}
#endif
