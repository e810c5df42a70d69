import NaslExpr
import NaslLanguage
import NaslTraining

/// An optimizer with its settings, as `optimizer:` takes it.
final class OptimizerValue: LanguageObject {
    let optimizer: Optimizer

    init(_ optimizer: Optimizer) { self.optimizer = optimizer }

    let kind = "an optimizer"
    var shown: String { "\(optimizer.rule.name)(lr: \(numberText(optimizer.learningRate)))" }
}

/// One of the library's losses, as `loss:` takes it.
final class LossValue: LanguageObject {
    let loss: Loss

    init(_ loss: Loss) { self.loss = loss }

    let kind = "a loss"
    var shown: String { loss.summary }
}
