import Foundation
import NaslExpr
import NaslTensor
import NaslTraining
import Synchronization
import Testing

/// The bits of all weights after training do not depend on the run, nor on what else runs.
@Suite struct DeterminismTests {
    private static func hash(_ number: Int) throws -> UInt64 {
        let settings = TrainingSettings(batch: 16, length: .steps(8), seed: 3)
        let fits = [
            try train(Nets.mlp([32, 10], activation: .swish), on: .digits(), settings),
            try train(Nets.convnet([8, 17], classes: 10, activation: .relu), on: .digits(), settings),
            try train(LayerSequence([Convolution(8), BatchNorm(), Activation(.tanh), Dropout(0.2), Classify()]), on: .digits(), settings),
            try train(CharRNN(width: 20, window: 7), on: .austen(), settings),
            try train(CharRNN(cell: GRU(), width: 20, window: 7), on: .austen(), settings),
        ]
        return fits.reduce(0) { ($0 &* 31) ^ $1.weightsHash }
    }

    @Test func twentyRunsAgree() throws {
        let expected = try Self.hash(0)
        for number in 1...10 { #expect(try Self.hash(number) == expected) }
        // Ten more, two at a time.
        let found = Mutex<[UInt64?]>([])
        for _ in 0..<5 {
            DispatchQueue.concurrentPerform(iterations: 2) { number in
                let own = try? Self.hash(number)
                found.withLock { $0.append(own) }
            }
        }
        #expect(found.withLock { $0 } == Array(repeating: expected, count: 10))
    }
}
