import Foundation
import GRDB
import NaslSearch

/// Writes the rounds of a run that this process holds.
///
/// Rounds are gathered for 50 ms or 256 trials and written in one transaction, which is on the disk when it returns (group commit). The
/// controller's state goes along every two seconds: rounds behind it are gone through again when the run is taken up.
public final class RunRecorder: Recorder {
    public let store: Store
    public let name: String
    private let run: Int64
    private var waiting: [StoredTrial] = []
    private var repetitions: [Repetition] = []
    private var early: [EarlyEvaluation] = []
    /// Written so far.
    private var trials: Int
    private var progress: RecordedProgress
    private var checkpoint: (rounds: Int, trials: Int, state: [UInt8])?
    private var lastWrite = ContinuousClock.now
    private var lastCheckpoint = ContinuousClock.now
    private var dependsOnTime = false
    /// Whether nothing of the run has come of this process: then there is nothing to keep.
    public private(set) var isEmpty = true

    private static let longestWait = Duration.milliseconds(50)
    private static let mostTrials = 256
    private static let checkpointInterval = Duration.seconds(2)
    /// So often a run says that it is alive.
    private static let heartbeat = Duration.seconds(10)

    init(_ store: Store, _ name: String, run: Int64, trials: Int, progress: RecordedProgress) {
        self.store = store
        self.name = name
        self.run = run
        self.trials = trials
        self.progress = progress
    }

    public var isWritten: Bool { waiting.isEmpty && repetitions.isEmpty && early.isEmpty && checkpoint == nil }

    public func record(_ trials: [Trial], repetitions: [Repetition] = [], progress: RecordedProgress, state: () -> [UInt8]) throws {
        let now = Holder.now()
        if trials.contains(where: { $0.status == .timedOut }) { dependsOnTime = true }
        waiting += trials.map { StoredTrial($0, recorded: now) }
        self.repetitions += repetitions
        self.progress = progress
        if ContinuousClock.now - lastCheckpoint >= RunRecorder.checkpointInterval { keep(state(), trials.last) }
        try write(now: waiting.count + self.repetitions.count >= RunRecorder.mostTrials)
    }

    public func keep(_ evaluations: [EarlyEvaluation]) { early += evaluations }

    /// The controller's state after the last round that was recorded.
    public func keep(_ state: [UInt8], _ last: Trial?) {
        checkpoint = (progress.rounds, (last?.index ?? -1) + 1, state)
        lastCheckpoint = .now
    }

    public func write(now: Bool) throws {
        let waited = ContinuousClock.now - lastWrite
        if isWritten {
            if waited < RunRecorder.heartbeat { return }
        } else if !now, waited < RunRecorder.longestWait {
            return
        }
        try store.write { db in
            try append(db)
            try db.execute(
                sql: "UPDATE runs SET rounds = ?, trials = ?, seconds = ?, changed = ? WHERE id = ?",
                arguments: [progress.rounds, trials + waiting.count, progress.seconds, Holder.now(), run])
        }
        trials += waiting.count
        if !waiting.isEmpty || !early.isEmpty { isEmpty = false }
        waiting.removeAll(keepingCapacity: true)
        repetitions = []
        early = []
        checkpoint = nil
        lastWrite = .now
    }

    private func append(_ db: Database) throws {
        let insertion = try db.cachedStatement(sql: StoredTrial.insertion)
        for trial in waiting { try insertion.execute(arguments: trial.arguments(run)) }
        for repetition in repetitions { try db.cachedStatement(sql: StoredRepetition.insertion).execute(arguments: StoredRepetition.arguments(repetition, run)) }
        // Its trials have taken the place of what was known of a round before it was finished.
        if !waiting.isEmpty { try db.cachedStatement(sql: "DELETE FROM early WHERE run = ? AND round < ?").execute(arguments: [run, progress.rounds]) }
        for evaluation in early where evaluation.round >= progress.rounds { try db.execute(sql: StoredEvaluation.insertion, arguments: StoredEvaluation.arguments(evaluation, run)) }
        if dependsOnTime { try db.execute(sql: "UPDATE runs SET depends_on_time = 1 WHERE id = ?", arguments: [run]) }
        guard let checkpoint else { return }
        var sum = Checksum()
        sum.add(Int(run))
        sum.add(checkpoint.rounds)
        sum.add(checkpoint.trials)
        sum.add(checkpoint.state)
        try db.execute(
            sql: "INSERT OR REPLACE INTO checkpoints (run, round, trials, state, checksum) VALUES (?, ?, ?, ?, ?)",
            arguments: [run, checkpoint.rounds, checkpoint.trials, DatabaseValue(bytes: checkpoint.state), sum.value])
        // The one before stays, for the case that this one is found damaged.
        try db.execute(
            sql: "DELETE FROM checkpoints WHERE run = ?1 AND round NOT IN (SELECT round FROM checkpoints WHERE run = ?1 ORDER BY round DESC LIMIT 2)",
            arguments: [run])
    }

    /// Writes what waits and the last state, and lets the run go.
    public func close(_ ending: Run.Ending, state: [UInt8], last: Trial?) throws(StoreError) {
        keep(state, last)
        let named: RunState = switch ending {
        case .finished, .reached: .finished
        case .stopped, .unrecorded: .stopped
        case .exhausted: .exhausted
        case .nothingNew: .nothingNew
        }
        try store.write { db in
            try append(db)
            try db.execute(
                sql: "UPDATE runs SET rounds = ?, trials = ?, seconds = ?, changed = ?, state = ?, holder = NULL WHERE id = ?",
                arguments: [progress.rounds, trials + waiting.count, progress.seconds, Holder.now(), named.rawValue, run])
            try Store.note(db, run, named.rawValue, ending.description)
        }
        trials += waiting.count
        waiting = []
        repetitions = []
        early = []
        checkpoint = nil
    }

    /// Lets the run go after a failure, without what waits. It may fail for the same reason; then the next process finds out that this
    /// one has ended.
    public func abandon(_ reason: String) {
        try? store.write { db in
            try db.execute(sql: "UPDATE runs SET state = ?, holder = NULL WHERE id = ?", arguments: [RunState.stopped.rawValue, run])
            try Store.note(db, run, "failed", reason)
        }
    }

    /// Takes the whole run out of the store: of a search that could not begin.
    public func discard() throws(StoreError) {
        try store.write { db in try db.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [run]) }
    }

    /// Adds to the run's events.
    public func note(_ kind: String, _ text: String) throws(StoreError) {
        try store.write { db in try Store.note(db, run, kind, text) }
    }
}

extension DatabaseValue {
    init(bytes: [UInt8]) { self = bytes.withUnsafeBytes { Data($0) }.databaseValue }
}
