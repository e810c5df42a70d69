extension PolicyGradientCore {
    /// What is imitated, the past rewards, then weights, optimizer and baseline, after a line that names the controller and the format.
    func state(of name: String) -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(queue.candidates)
        let past = ranks?.past ?? []
        writer.add(past.count)
        let numbers = past + [Double(policy.adam.step), scale.baseline == nil ? 0 : 1, scale.baseline ?? 0, scale.variance]
        for number in numbers + policy.weights + policy.adam.first + policy.adam.second { writer.add(number) }
        return writer.bytes
    }

    func restore(_ state: [UInt8], of name: String) throws {
        let count = policy.weights.count
        var reader = try StateReader(state, of: name)
        let candidates = try reader.candidates()
        let past = try reader.doubles(reader.count(8))
        guard reader.left == 8 * (4 + 3 * count) else {
            throw ControllerStateError(problem: "this state is of a controller with another space or other settings")
        }
        let numbers = try reader.doubles(4 + 3 * count)
        guard let step = Int(exactly: numbers[0]), step >= 0, numbers.allSatisfy(\.isFinite), past.count <= ranks?.window ?? 0 else {
            throw ControllerStateError(problem: "this state is damaged")
        }
        var adam = Adam(count: count)
        adam.step = step
        adam.first = Array(numbers[4 + count..<4 + 2 * count])
        adam.second = Array(numbers[(4 + 2 * count)...])
        policy.set(weights: Array(numbers[4..<4 + count]), adam: adam)
        queue = PriorityQueue(capacity: settings.queue, candidates)
        ranks = settings.rankWindow.map { RewardRanks(window: $0, past: past) }
        scale = RewardScale(
            decay: settings.baselineDecay, limit: settings.rewardLimit, baseline: numbers[1] == 1 ? numbers[2] : nil, variance: numbers[3])
    }
}
