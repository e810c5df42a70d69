import NaslControl
import NaslSpace

/// A controller that learns by a policy.
protocol Learner: Controller {
    var policy: LSTMPolicy { get }
}

extension ReinforceController: Learner {}
extension PPOController: Learner {}

let learners = ["reinforce", "ppo"]

func learner(_ name: String, _ space: Space, seed: Int, learningRate: Double? = nil) -> any Learner {
    if name == "ppo" {
        var settings = PPOController.Settings()
        settings.common.learningRate = learningRate ?? settings.common.learningRate
        return PPOController(space: space, seed: seed, settings: settings)
    }
    var settings = ReinforceController.Settings()
    settings.learningRate = learningRate ?? settings.learningRate
    return ReinforceController(space: space, seed: seed, settings: settings)
}
