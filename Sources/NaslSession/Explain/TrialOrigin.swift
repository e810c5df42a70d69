import NaslControl
import NaslLanguage

/// Where a trial comes from: what it takes to try its program again, and to say how it was drawn.
struct TrialOrigin: Sendable {
    let task: @Sendable () throws -> TaskValue
    var settings: [Argument] = []
    /// Its derivation, where a search has drawn it.
    var choices: [Int]?
    /// What drew it, as it was when the run ended.
    var controller: (@Sendable () throws -> any Controller)?
    /// The run that made it.
    var found: RunOrigin?
}
