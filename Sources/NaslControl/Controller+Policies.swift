/// The policies of a method, those of the methods in it included.
extension Controller {
    /// In an order that depends on nothing but the method.
    package var policies: [LSTMPolicy] {
        switch self {
        case let adaptive as AdaptiveController: adaptive.controllers.flatMap(\.policies)
        case let hyperband as HyperbandController: hyperband.inner.policies
        case let growing as GrowingController: growing.inner.policies
        case let controller as any PolicyController: [controller.policy]
        default: []
        }
    }
}
