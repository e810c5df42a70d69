/// What is known of a training while it runs.
struct TrainingProgress {
    private(set) var step = 0
    private(set) var diverged = false
    private(set) var history: [(step: Int, loss: Double)] = []
    var seconds = 0.0
    /// The losses of the last 100 steps, in a ring.
    private var recent: [Double]
    private let stretch: Int
    private let total: Int
    private var sum = 0.0
    private var summed = 0

    init(steps: Int) {
        recent = [Double](repeating: 0, count: min(steps, 100))
        total = steps
        stretch = max(1, (steps + 99) / 100)
        history.reserveCapacity(min(steps, 100))
    }

    /// Notes the loss of one more step; false if it is not finite.
    mutating func note(_ loss: Double) -> Bool {
        recent[step % recent.count] = loss
        step += 1
        sum += loss
        summed += 1
        diverged = !loss.isFinite
        if summed == stretch || step == total || diverged {
            history.append((step, diverged ? .infinity : sum / Double(summed)))
            sum = 0
            summed = 0
        }
        return !diverged
    }

    /// Where there were fewer steps than there might have been, the last stretch is a short one.
    mutating func end() {
        guard summed > 0 else { return }
        history.append((step, sum / Double(summed)))
        summed = 0
    }

    var recentLoss: Double { recent.prefix(step).reduce(0, +) / Double(max(1, min(step, recent.count))) }
}
