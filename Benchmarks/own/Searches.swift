import Foundation
import NaslSession
import Synchronization

/// Whole searches of Nguyen-5, as a script makes them: grammar, masks, policy or genetic steps, repeats looked up, programs compiled and rewarded,
/// all trials kept.
enum Searches {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        [
            // 330,000 to 500,000 programs, most of them repeats; of Deep Symbolic Optimization 386,000 were measured on this problem.
            "search_risk_seeking": {
                try search("risk_seeking(quantile: 0.05, batch: 1000, width: 32, lr: 5e-4, entropy: 0.03, steps: 1, exploration: 0, imitation: 0, standardized: false)", trials: 90_000)
            },
            "search_neural_guided": { try search("neural_guided(batch: 1000, width: 32, generations: 20, guests: 50, lr: 2.5e-3, entropy: 0.03)", trials: 10_000) },
        ]
    }

    /// Seconds for 1,000 programs that were drawn or bred, each measurement with another seed.
    private static func search(_ method: String, trials: Int) throws -> NaslBenchmarks.Measurement {
        let output = Written()
        let session = try Session(SessionOptions(), SessionFaces { output.add($0) })
        session.evaluate("""
            import "nasl/equations.nasl"
            let problem = nguyen(5)
            task find(f: Koza) { reward score(f, problem) }
            """)
        var seed = 0
        return {
            seed += 1
            let seconds = NaslBenchmarks.seconds {
                session.evaluate("print(search(find, with: \(method), trials: \(trials), seed: \(seed)).proposals)")
            }
            guard let proposals = Double(output.take()), proposals >= Double(trials) else { throw NaslBenchmarks.Unknown(name: "a search's count of proposals") }
            return seconds / proposals * 1000
        }
    }

    private final class Written: Sendable {
        private let text = Mutex("")

        func add(_ line: String) { text.withLock { $0 += line } }

        func take() -> String {
            text.withLock { text in
                defer { text = "" }
                return text.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
    }
}
