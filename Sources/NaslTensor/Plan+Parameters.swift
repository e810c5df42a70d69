extension Plan {
    /// All parameters as they are at one moment.
    public struct Snapshot: Sendable {
        let bytes: [UInt8]
    }

    /// A copy of all parameters, without the state of update rules.
    public func snapshot() -> Snapshot {
        Snapshot(bytes: Array(UnsafeRawBufferPointer(start: memory.arena + parameterBytes.lowerBound, count: parameterBytes.count)))
    }

    /// Puts back what ``snapshot()`` took, from this plan or from one traced with the same parameters in the same precision.
    public mutating func restore(_ snapshot: Snapshot) {
        precondition(snapshot.bytes.count == parameterBytes.count, "a snapshot of other parameters")
        let target = UnsafeMutableRawBufferPointer(start: memory.arena + parameterBytes.lowerBound, count: parameterBytes.count)
        snapshot.bytes.withUnsafeBytes { target.copyMemory(from: $0) }
    }

    /// Forgets what update rules keep between steps.
    public mutating func resetUpdateState() {
        for range in stateBytes { (memory.arena + range.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: range.count) }
    }

    /// Sets the numbers that the recorded update rules need for a step, counted from 1.
    public mutating func prepareUpdate(step: Int, learningRate: Double) {
        for (rule, variables) in updates {
            for (scalar, variable) in zip(rule.scalars, variables) { set(variable, to: scalar.value(step, learningRate)) }
        }
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
