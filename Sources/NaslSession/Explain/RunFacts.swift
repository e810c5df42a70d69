import NaslLanguage
import NaslStore

/// What is known of a run beside its trials.
struct RunFacts: Sendable {
    /// As it would be written: `ppo(batch: 40)`.
    var method: String
    /// The task with all that it mentions, as a script; nil where it cannot be written as one.
    var source: String?
    /// The run whose trials its controller began with.
    var prior: String?
    /// Seconds since 1970; nil where it is not in a store.
    var created: Double?
    var changed: Double?
    /// What made it; nil where it is not in a store.
    var origin: Origin?
    var events: [RunEvent] = []
    /// Whether a time limit has decided about a trial.
    var dependsOnTime = false

    init(method: String, source: String?, prior: String?) {
        self.method = method
        self.source = source
        self.prior = prior
    }

    init(_ stored: StoredRun, in store: Store) throws {
        method = stored.definition.method
        source = stored.definition.source
        prior = stored.parent
        created = stored.created
        changed = stored.changed
        origin = stored.origin
        events = try store.events(of: stored)
        dependsOnTime = stored.dependsOnTime
    }

    /// `2026-11-27 08:30:05 UTC` (proleptic Gregorian calendar; Hinnant, "chrono-compatible low-level date algorithms").
    static func date(_ seconds: Double) -> String {
        guard let whole = Int(exactly: seconds.rounded(.down)), abs(whole) < 100_000_000_000_000 else { return "?" }
        func divided(_ a: Int, _ b: Int) -> (Int, Int) { let rest = (a % b + b) % b; return ((a - rest) / b, rest) }
        let (days, rest) = divided(whole, 86_400)
        let (era, ofEra) = divided(days + 719_468, 146_097)
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let number = month < 10 ? month + 3 : month - 9
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(yearOfEra + era * 400 + (number <= 2 ? 1 : 0))-\(two(number))-\(two(day)) \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) UTC"
    }
}
