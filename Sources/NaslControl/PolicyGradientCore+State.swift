extension PolicyGradientCore {
    /// Weights, optimizer, baseline: doubles, least byte first, after a line that names the controller and the format.
    func state(of name: String) -> [UInt8] {
        var numbers = [Double(policy.adam.step), scale.baseline == nil ? 0 : 1, scale.baseline ?? 0, scale.variance]
        numbers += policy.weights + policy.adam.first + policy.adam.second
        return StateReader.mark(name) + numbers.flatMap { number in
            withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init)
        }
    }

    func restore(_ state: [UInt8], of name: String) throws {
        let count = policy.weights.count
        let mark = StateReader.mark(name)
        guard state.starts(with: mark) else { throw ControllerStateError(problem: "this is no state of the controller `\(name)`") }
        guard state.count == mark.count + 8 * (4 + 3 * count) else {
            throw ControllerStateError(problem: "this state is of a controller with another space or other settings")
        }
        let numbers = stride(from: mark.count, to: state.count, by: 8).map { start in
            Double(bitPattern: state[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
        guard let step = Int(exactly: numbers[0]), step >= 0, numbers.allSatisfy(\.isFinite) else {
            throw ControllerStateError(problem: "this state is damaged")
        }
        var adam = Adam(count: count)
        adam.step = step
        adam.first = Array(numbers[4 + count..<4 + 2 * count])
        adam.second = Array(numbers[(4 + 2 * count)...])
        policy.set(weights: Array(numbers[4..<4 + count]), adam: adam)
        scale = RewardScale(
            decay: settings.baselineDecay, limit: settings.rewardLimit, baseline: numbers[1] == 1 ? numbers[2] : nil, variance: numbers[3])
    }
}
