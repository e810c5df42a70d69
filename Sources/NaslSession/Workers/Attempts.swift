import NaslLanguage
import NaslSearch

/// What became of the processes that evaluated one candidate, and so whether it is tried again.
///
/// A candidate whose process crashes is tried once more on another one; after the second crash it is never sent again. A process that is
/// killed from outside, or falls silent, is no fault of the candidate: it is sent again, five times at most.
struct Attempts {
    private var crashes = 0
    private var losses = 0
    private static let mostCrashes = 2
    private static let mostLosses = 5

    /// Of the next one, from 1.
    var number: Int { crashes + losses + 1 }

    /// What the candidate has come to; nil: it is to be tried again.
    mutating func crashed(_ how: String) -> Evaluation? {
        crashes += 1
        return crashes < Attempts.mostCrashes ? nil : .failure(.crashed, "\(how), on two workers")
    }

    mutating func lost() -> Evaluation? {
        losses += 1
        return losses < Attempts.mostLosses ? nil : .failure(.crashed, "its worker was killed or fell silent \(losses) times")
    }
}

extension Search.Candidate {
    /// Its part of a message's id: `t12`, `t12r2` for a repetition.
    var label: String { "t\(trial + 1)\(repetition == 0 ? "" : "r\(repetition)")" }

    /// As a message has it; nil where it has none.
    func budget(_ setting: String?) -> (setting: String, amount: Double)? {
        guard let setting, let budget else { return nil }
        return (setting, budget)
    }
}

extension WorkerCrew.Limits {
    var timedOut: Evaluation { .failure(.timedOut, "it took longer than \(durationText(timeout ?? 0))") }
    var outOfMemory: Evaluation { .failure(.outOfMemory, "it held more than \(Memory.text(memory ?? Memory.usable / 4 * 3))") }
}
