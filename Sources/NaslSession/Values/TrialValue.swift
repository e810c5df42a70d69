import NaslExpr
import NaslLanguage
import NaslSearch

/// A trial as the language sees it: `.program .reward .costs .metrics .seed .status .reason`; it stands for its program where one is wanted.
final class TrialValue: LanguageObject, ProgramObject, RowObject {
    let program: Value
    let reward: Double?
    let status: Status
    let reason: String?
    /// What its task wants small.
    let costs: [(name: String, value: Double)]
    let metrics: [(name: String, value: Double)]
    let seed: Int
    let seconds: Double
    /// Of each evaluation in a run that repeats them; empty where there was but one, nil where the run repeats none.
    let rewards: [Double]?
    /// With which it was run; nil where the method gives none.
    let budget: Double?
    /// Its number in the run, from 1; nil where it was called by hand.
    let number: Int?
    /// Where it comes from, for `explain` and `export`.
    let origin: TrialOrigin?

    init(
        program: Value, reward: Double?, status: Status, reason: String?, costs: [(name: String, value: Double)], metrics: [(name: String, value: Double)],
        seed: Int, seconds: Double, number: Int?, rewards: [Double]? = nil, budget: Double? = nil, origin: TrialOrigin? = nil
    ) {
        self.program = program
        self.reward = reward
        self.status = status
        self.reason = reason
        self.costs = costs
        self.metrics = metrics
        self.seed = seed
        self.seconds = seconds
        self.number = number
        self.rewards = rewards
        self.budget = budget
        self.origin = origin
    }

    let kind = "a trial"

    /// `reward -2.013   validation loss 2.013, perplexity 7.49   14,200 steps/s   0.11 s`.
    var shown: String {
        var parts: [String] = []
        if let reward { parts.append("reward \(rounded(reward))\(spread)") } else { parts.append("\(status.rawValue): \(reason ?? "no reward")") }
        if !costs.isEmpty { parts.append(costs.map { "\($0.name) \(Self.cost($0.value))" }.joined(separator: ", ")) }
        let quality = metrics.filter { $0.name != stepRate }
        if !quality.isEmpty { parts.append(quality.map { "\($0.name) \(rounded($0.value))" }.joined(separator: ", ")) }
        if let rate = metrics.first(where: { $0.name == stepRate })?.value, rate.isFinite {
            parts.append("\(grouped(Int(exactly: rate.rounded()) ?? 0)) steps/s")
        }
        parts.append(secondsText(seconds))
        if number != nil { parts.insert(program.source, at: 1) }
        if let budget { parts.insert("budget \(Self.cost(budget))", at: 1) }
        return parts.joined(separator: "   ")
    }

    private var deviation: Double? { rewards.flatMap { Statistics.deviation($0) } }
    private var evaluations: Int { max(1, rewards?.count ?? 1) }

    /// ` +- 0.0312 in 7`.
    private var spread: String { deviation.map { " +- \(rounded($0)) in \(evaluations)" } ?? "" }

    let fieldNames = ["program", "reward", "deviation", "evaluations", "costs", "metrics", "seed", "status", "reason", "seconds", "number", "budget"]

    func field(_ name: String) -> Value? {
        switch name {
        case "program": program
        case "reward": reward.map { .number($0) } ?? Value.none
        case "deviation": deviation.map { .number($0) } ?? Value.none
        case "evaluations": .number(Double(evaluations))
        case "costs": Self.record(costs)
        case "metrics": Self.record(metrics)
        case "seed": .number(Double(seed))
        case "status": .text(status.rawValue)
        case "reason": reason.map { .text($0) } ?? Value.none
        case "seconds": .number(seconds)
        case "number": number.map { .number(Double($0)) } ?? Value.none
        case "budget": budget.map { .number($0) } ?? Value.none
        default: nil
        }
    }

    /// A cost is often a count.
    static func cost(_ value: Double) -> String {
        Int(exactly: value).map { abs($0) < 1_000_000 ? String($0) : rounded(value) } ?? rounded(value)
    }

    private static func record(_ numbers: [(name: String, value: Double)]) -> Value {
        .record(Record(numbers.map { number in
            let words = number.name.replacing("/", with: " per ").split { !($0.isLetter || $0.isNumber || $0 == "_") }
            return (words.joined(separator: "_"), .number(number.value))
        }))
    }

    var columns: [String] { ["trial"] + (budget == nil ? [] : ["budget"]) + ["reward"] + (rewards == nil ? [] : ["deviation", "evaluations"]) + costs.map(\.name) + metrics.filter { $0.name != stepRate }.map(\.name) + ["program"] }

    var cells: [String] {
        [number.map(String.init) ?? "-"] + (budget.map { [Self.cost($0)] } ?? []) + [reward.map(rounded) ?? status.rawValue]
            + (rewards == nil ? [] : [deviation.map(rounded) ?? "-", "\(evaluations)"]) + costs.map { Self.cost($0.value) } + metrics.filter { $0.name != stepRate }.map { rounded($0.value) } + [program.source]
    }
}

/// The metric that counts training steps in a second; shown apart from what the child is worth.
let stepRate = "steps/s"

/// Four significant digits, as tables and lines of results show numbers.
func rounded(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return numberText(number) }
    let magnitude = abs(number)
    if magnitude >= 1e7 || magnitude < 1e-4 { return scientific(number) }
    var digits = 3
    var scale = magnitude
    while scale >= 10, digits > 0 { scale /= 10; digits -= 1 }
    while scale < 1, digits < 7 { scale *= 10; digits += 1 }
    return fixed(number, digits)
}

/// With so many digits after the point.
func fixed(_ number: Double, _ digits: Int) -> String {
    var power = 1.0
    for _ in 0..<digits { power *= 10 }
    let scaled = (abs(number) * power).rounded()
    guard let whole = Int(exactly: scaled) else { return numberText(number) }
    let sign = number < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let text = String(whole)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return "\(sign)\(padded.dropLast(digits)).\(padded.suffix(digits))"
}

private func scientific(_ number: Double) -> String {
    var exponent = 0
    var scale = abs(number)
    while scale >= 10 { scale /= 10; exponent += 1 }
    while scale < 1 { scale *= 10; exponent -= 1 }
    return "\(number < 0 ? "-" : "")\(fixed(scale, 3))e\(exponent)"
}

/// `0.11 s`, `12 s`, `3 min 20 s`.
func secondsText(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "? s" }
    if seconds >= 120 { return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s" }
    return "\(seconds < 10 ? fixed(seconds, 2) : fixed(seconds, 0)) s"
}
