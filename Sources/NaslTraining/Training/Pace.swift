import NaslTensor

/// How far a training is, and how large its steps are. Without a schedule of batches all steps are alike; with one it is asked at every
/// sixty-fourth of the examples.
struct Pace {
    private static let questions = 64

    private let settings: TrainingSettings
    /// Examples in a step.
    private(set) var batch: Int
    /// Examples seen, and those to be seen in all.
    private var seen = 0
    private var total = 0
    private var next = 0
    private var hasFailed = false

    init(_ net: any Layer, _ data: DataSet, _ settings: TrainingSettings) throws(TrainingError) {
        self.settings = settings
        batch = settings.batch
        guard let schedule = settings.batches else { return }
        if net.window != nil { throw TrainingError("a recurrent net carries the state of each stream, so that its batch cannot change") }
        if case .steps = settings.length { throw TrainingError("where the batch changes, `examples:` or `epochs:` says how long training takes, not `steps:`") }
        guard let first = schedule.size(0, Double(settings.batch)) else { throw TrainingError("the batch is no number at the beginning") }
        batch = first
    }

    /// The steps that it will take, or with changing batches the most that it may take.
    mutating func begin(examples: Int) throws(TrainingError) -> Int {
        let steps = try settings.steps(examples: examples, size: batch)
        guard settings.batches != nil else {
            total = steps &* batch
            return steps
        }
        total = switch settings.length {
        case .examples(let count): count
        case .epochs(let epochs): Int(exactly: (epochs * Double(examples)).rounded(.up)) ?? steps &* batch
        case .steps(let steps): steps &* batch
        }
        return try settings.steps(examples: examples, size: BatchSchedule.sizes.first)
    }

    var progress: Double { Double(seen) / Double(total) }

    /// Whether there is more to do, with `batch` examples in each step until ``isSteady`` ends.
    mutating func step(_ noise: inout NoiseScale?) -> Bool {
        guard seen < total, !hasFailed else { return false }
        guard let schedule = settings.batches else {
            next = total
            return true
        }
        next = min(total, seen + max(1, total / Pace.questions))
        guard let size = schedule.size(progress, noise?.value ?? Double(settings.batch)) else {
            hasFailed = true
            return false
        }
        batch = size
        return true
    }

    var isSteady: Bool { seen < next }

    mutating func count() { seen += batch }
}
