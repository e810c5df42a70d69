#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslStore

/// The run that a trial belongs to, as far as an exported file names it.
struct RunOrigin {
    /// As the store knows it; nil where it is not kept.
    let run: String?
    let task: String
    let method: String
    let seed: Int
    /// Seconds since 1970.
    let began: Double

    /// `run "night", search(reads_austen, with: ppo(), seed: 1), begun 2026-11-27`.
    var text: String {
        let name = run.map { "run \"\($0)\", " } ?? ""
        return "\(name)search(\(task), with: \(method)(), seed: \(seed)), begun \(timeText(began).prefix(10))"
    }
}

/// By the system's clock.
func secondsSince1970() -> Double { Double(time(nil)) }
