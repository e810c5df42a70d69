import Foundation
import NaslTensor
import Testing

@Suite struct EngineTests {
    /// The child's losses agree over all instruction sets and with double precision.
    @Test(arguments: Engine.instructionSets)
    func instructionSetsAgree(_ set: String) throws {
        var exact = try Child(.adam(), precision: .double)
        var child = try Child(.adam(), instructionSet: set)
        for step in 1...20 {
            let expected = exact.step(step, rate: 0.01)
            #expect(abs(child.step(step, rate: 0.01) - expected) < 1e-4)
        }
    }

    static func hashAfterTraining(_ rule: UpdateRule, steps: Int) throws -> UInt64 {
        var child = try Child(rule)
        let start = child.plan.parameterHash
        for step in 1...steps { _ = child.step(step, rate: 0.01) }
        #expect(child.plan.parameterHash != start)
        return child.plan.parameterHash
    }

    @Test func twentyRunsGiveTheSameBits() throws {
        let hashes = try (0..<20).map { _ in try Self.hashAfterTraining(.adam(), steps: 30) }
        #expect(Set(hashes).count == 1)
    }

    @Test func twoThreadsAtOnceGiveTheSameBits() async throws {
        let alone = try Self.hashAfterTraining(.momentum(), steps: 200)
        let together = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for _ in 0..<8 { group.addTask { try Self.hashAfterTraining(.momentum(), steps: 200) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(together == [UInt64](repeating: alone, count: 8))
    }

    @Test func snapshotsComeBack() throws {
        var child = try Child(.adam())
        _ = child.step(1, rate: 0.1)
        let (hash, snapshot) = (child.plan.parameterHash, child.plan.snapshot())
        let loss = child.step(2, rate: 0.1)
        #expect(child.plan.parameterHash != hash)
        child.plan.restore(snapshot)
        #expect(child.plan.parameterHash == hash)
        #expect(child.step(2, rate: 0.1) == loss)
    }

    @Test func resettingTheStateStartsAgain() throws {
        var child = try Child(.adam())
        let snapshot = child.plan.snapshot()
        _ = child.step(1, rate: 0.1)
        let hash = child.plan.parameterHash
        child.plan.restore(snapshot)
        child.plan.resetUpdateState()
        _ = child.step(1, rate: 0.1)
        #expect(child.plan.parameterHash == hash)
    }

    /// A child that diverges ends in NaN and goes on running.
    @Test func divergenceIsNoTrap() throws {
        var child = try Child(.sgd())
        var losses: [Double] = []
        for step in 1...30 { losses.append(child.step(step, rate: 1e6)) }
        #expect(losses.last?.isFinite == false)
    }

    @Test func foreignIndicesAreNoTrap() throws {
        var child = try Child(.adam())
        let before = child.step(1, rate: 0)
        #expect(before.isFinite)
        child.plan.withTokens(child.tokens) { $0[0] = 1000 }
        child.plan.run("train")
        #expect(child.plan.value(of: child.loss).isNaN)
        var other = try Child(.adam())
        _ = other.step(1, rate: 0)
        other.plan.withTokens(other.labels) { $0[3] = -5 }
        other.plan.run("train")
        #expect(other.plan.value(of: other.loss).isNaN)
    }

    @Test func unknownSectionsDoNothing() throws {
        var child = try Child(.sgd())
        let hash = child.plan.parameterHash
        child.plan.run("nothing")
        #expect(child.plan.parameterHash == hash)
    }
}
