/// What a run's trials came to.
extension Run {
    /// Trials that failed for one reason; numbers in reasons are not told apart.
    public struct FailureGroup: Sendable {
        public let status: Status
        /// The reason of the first of them.
        public let reason: String
        public let count: Int
        /// The first of them.
        public let trial: Trial
    }

    /// The most frequent first.
    public var failures: [FailureGroup] { Run.grouped(trials.filter { $0.reward == nil }) }

    /// Programs that a cheap test of the task has given up, by its reason.
    public var rejections: [FailureGroup] { Run.grouped(proposals.filter { $0.status == .rejected && !$0.fromMemory }) }

    private static func grouped(_ trials: [Trial]) -> [FailureGroup] {
        struct Key: Hashable { let status: Status, text: String }
        var order: [Key] = []
        var groups: [Key: (first: Trial, count: Int)] = [:]
        for trial in trials {
            let key = Key(status: trial.status, text: withoutNumbers(trial.reason ?? ""))
            if groups[key] == nil { order.append(key) }
            groups[key, default: (trial, 0)].count += 1
        }
        return order.enumerated().compactMap { place, key in groups[key].map { (place, FailureGroup(status: key.status, reason: $0.first.reason ?? "", count: $0.count, trial: $0.first)) } }
            .sorted { ($1.1.count, $0.0) < ($0.1.count, $1.0) }.map(\.1)
    }

    private static func withoutNumbers(_ text: String) -> String {
        var result = ""
        var isNumber = false
        for character in text {
            let isDigit = character.isASCII && (character.isNumber || isNumber && character == ".")
            if !isDigit { result.append(character) } else if !isNumber { result.append("#") }
            isNumber = isDigit
        }
        return result
    }

    /// Evaluations of one kind.
    public struct TimeAccount: Sendable {
        public let status: Status
        public let evaluations: Int
        public let seconds: Double
        public let longest: Double
    }

    /// Time of evaluation by how it ended.
    public var time: [TimeAccount] {
        Status.allCases.compactMap { status in
            let own = proposals.filter { $0.status == status && !$0.fromMemory }
            guard !own.isEmpty else { return nil }
            return TimeAccount(status: status, evaluations: own.count, seconds: own.reduce(0) { $0 + $1.seconds }, longest: own.map(\.seconds).max() ?? 0)
        }
    }

    /// What one worker of the session evaluated.
    public struct WorkerAccount: Sendable {
        public let worker: Int
        public let evaluations: Int
        public let failures: Int
        public let seconds: Double
    }

    public var workers: [WorkerAccount] {
        var accounts: [Int: (evaluations: Int, failures: Int, seconds: Double)] = [:]
        for trial in proposals {
            guard let worker = trial.worker else { continue }
            accounts[worker, default: (0, 0, 0)].evaluations += 1
            if trial.reward == nil, trial.status != .rejected { accounts[worker, default: (0, 0, 0)].failures += 1 }
            accounts[worker, default: (0, 0, 0)].seconds += trial.seconds
        }
        return accounts.sorted { $0.key < $1.key }.map { WorkerAccount(worker: $0.key, evaluations: $0.value.evaluations, failures: $0.value.failures, seconds: $0.value.seconds) }
    }

    /// Programs to which no other is at least equal in reward and in size and better in one; the smallest first.
    public var sizeFront: [(trial: Trial, size: Int)] {
        var smallest: [Int: Trial] = [:]
        for trial in comparable {
            guard let reward = trial.reward else { continue }
            let size = trial.program.size
            if let known = smallest[size]?.reward, known >= reward { continue }
            smallest[size] = trial
        }
        var front: [(trial: Trial, size: Int)] = []
        for (size, trial) in smallest.sorted(by: { $0.key < $1.key }) {
            if let last = front.last?.trial.reward, let reward = trial.reward, reward <= last { continue }
            front.append((trial, size))
        }
        return front
    }

    /// Proposals whose program, whose choices, or whose canonical form had been proposed before; the last nil where forms are not known.
    public var repeats: (programs: Int, derivations: Int, forms: Int?) {
        let forms = proposals.compactMap(\.canonical)
        // What is tried with another budget is no repeat.
        func different<Key: Hashable>(_ key: (Trial) -> Key) -> Int {
            fullBudget == nil ? Set(proposals.map(key)).count : Dictionary(grouping: proposals, by: \.budget).values.reduce(0) { $0 + Set($1.map(key)).count }
        }
        return (proposals.count - different(\.drawnText), proposals.count - different(\.choices), forms.count == proposals.count ? proposals.count - different(\.canonical) : nil)
    }
}
