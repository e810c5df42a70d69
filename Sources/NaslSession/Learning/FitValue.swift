import NaslLanguage
import NaslTraining

/// A finished training: `.train.loss .validation.loss .validation.accuracy .test .history .net .diverged .seconds`.
final class FitValue: LanguageObject {
    let fit: Fit
    private let net: Value
    private let isInterrupted: @Sendable () -> Bool

    init(_ fit: Fit, net: Value, isInterrupted: @escaping @Sendable () -> Bool) {
        self.fit = fit
        self.net = net
        self.isInterrupted = isInterrupted
    }

    let kind = "a training"

    var shown: String {
        let rate = grouped(Int(exactly: fit.stepsPerSecond.rounded()) ?? 0)
        let quality = FitValue.metrics(fit).filter { $0.name != stepRate }.map { "\($0.name) \(rounded($0.value))" }.joined(separator: ", ")
        return "\(fit.diverged ? "diverged   " : "")\(quality)   \(grouped(fit.steps)) steps, \(rate) steps/s   \(grouped(fit.parameterCount)) weights   \(secondsText(fit.seconds))"
    }

    let fieldNames = ["train", "validation", "test", "history", "net", "diverged", "seconds", "steps", "weights"]

    func field(_ name: String) throws -> Value? {
        switch name {
        case "train": .record(Record([("loss", .number(fit.trainLoss))]))
        case "validation": record(fit.validation)
        case "test": record(try tracing { try fit.test(interrupt: isInterrupted) })
        case "history": .list(fit.history.map { .record(Record([("step", .number(Double($0.step))), ("loss", .number($0.loss))])) })
        case "net": net
        case "diverged": .bool(fit.diverged)
        case "seconds": .number(fit.seconds)
        case "steps": .number(Double(fit.steps))
        case "weights": .number(Double(fit.parameterCount))
        default: nil
        }
    }

    private func record(_ metrics: Metrics) -> Value {
        var fields: [(name: String, value: Value)] = [("loss", .number(metrics.loss))]
        if let accuracy = metrics.accuracy { fields.append(("accuracy", .number(accuracy))) }
        if let perplexity = metrics.perplexity { fields.append(("perplexity", .number(perplexity))) }
        return .record(Record(fields))
    }

    /// What a trial reports of its last training.
    static func metrics(_ fit: Fit) -> [(name: String, value: Double)] {
        var metrics: [(name: String, value: Double)] = [("validation loss", fit.validation.loss)]
        if fit.isText, let perplexity = fit.validation.perplexity {
            metrics.append(("perplexity", perplexity))
        } else if let accuracy = fit.validation.accuracy {
            metrics.append(("accuracy", accuracy))
        }
        metrics.append((stepRate, fit.stepsPerSecond))
        return metrics
    }
}
