extension Plan {
    /// All parameters and buffers as they are at one moment.
    public struct Snapshot: Sendable {
        let bytes: [UInt8]
    }

    /// A copy of all parameters and buffers, without the state of update rules.
    public func snapshot() -> Snapshot { Snapshot(bytes: bytes([parameterBytes, bufferBytes])) }

    /// Puts back what ``snapshot()`` took, from this plan or from one traced with the same parameters in the same precision.
    public mutating func restore(_ snapshot: Snapshot) {
        precondition(snapshot.bytes.count == parameterBytes.count + bufferBytes.count, "a snapshot of other parameters")
        write(snapshot.bytes, to: [parameterBytes, bufferBytes])
    }

    /// What update rules keep between steps, as it is at one moment.
    public func updateState() -> Snapshot { Snapshot(bytes: bytes(stateBytes)) }

    /// Puts back what ``updateState()`` took, from a plan with the same parameters and the same rules.
    public mutating func restoreUpdateState(_ state: Snapshot) {
        precondition(state.bytes.count == stateBytes.reduce(0) { $0 + $1.count }, "the state of other update rules")
        write(state.bytes, to: stateBytes)
    }

    private func bytes(_ ranges: [Range<Int>]) -> [UInt8] {
        var bytes: [UInt8] = []
        for range in ranges { bytes += UnsafeRawBufferPointer(start: memory.arena + range.lowerBound, count: range.count) }
        return bytes
    }

    private func write(_ bytes: [UInt8], to ranges: [Range<Int>]) {
        bytes.withUnsafeBytes { source in
            var start = 0
            for range in ranges {
                let target = UnsafeMutableRawBufferPointer(start: memory.arena + range.lowerBound, count: range.count)
                target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + range.count]))
                start += range.count
            }
        }
    }

    /// Forgets what update rules keep between steps.
    public mutating func resetUpdateState() {
        for range in stateBytes { (memory.arena + range.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: range.count) }
    }

    /// Sets the numbers that the recorded update rules need for a step, counted from 1, and gives its random draws.
    ///
    /// - Parameter progress: from 0 at the first step to 1.
    public mutating func prepareUpdate(step: Int, learningRate: Double, progress: Double = 0) {
        memory.key[1] = UInt64(step)
        let moment = UpdateRule.Moment(step: step, learningRate: learningRate, progress: progress)
        for (rule, variables) in updates {
            for (scalar, variable) in zip(rule.scalars, variables) { set(variable, to: scalar.value(moment)) }
        }
    }

    /// Sets the derivatives by all parameters to 0.
    package mutating func clearGradients() {
        (memory.arena + gradientBytes.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: gradientBytes.count)
    }

    /// What all random draws of the plan depend on, besides the step.
    public mutating func setRandomKey(_ key: UInt64) { memory.key[0] = key }

    /// Adds the gradient of the last step to `sum`, which has a place for each trainable value, and gives the square of its length.
    public func addGradient(to sum: inout [Double]) -> Double {
        precondition(sum.count == parameterCount, "a sum of other gradients")
        let start = UnsafeRawPointer(memory.arena + gradientBytes.lowerBound)
        var square = 0.0
        sum.withUnsafeMutableBufferPointer { sum in
            switch precision {
            case .float:
                let gradient = start.assumingMemoryBound(to: Float.self)
                for place in sum.indices { let one = Double(gradient[place]); sum[place] += one; square += one * one }
            case .double:
                let gradient = start.assumingMemoryBound(to: Double.self)
                for place in sum.indices { let one = gradient[place]; sum[place] += one; square += one * one }
            }
        }
        return square
    }

    /// The number of trainable values.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.variable.count } }

    /// FNV-1a over the bits of all parameters: equal for equal training.
    public var parameterHash: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for (_, variable) in parameters {
            let place = places[Int(variable.id)]
            for byte in UnsafeRawBufferPointer(start: memory.arena + place.at, count: place.count * place.width) {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
        }
        return hash
    }
}
