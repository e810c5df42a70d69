import NaslExpr

extension UpdateRule {
    /// `w - lr * g` (Robbins & Monro 1951).
    public static func sgd() -> UpdateRule {
        UpdateRule(name: "sgd", states: 0, scalars: [.learningRate]) { w, g, _, scalars in [w - scalars[0] * g] }
    }

    /// `v' = beta * v + g`, `w - lr * v'` (Polyak 1964, in the form of Sutskever et al. 2013 with the rate outside).
    public static func momentum(beta: Double = 0.9) -> UpdateRule {
        UpdateRule(name: "momentum", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let velocity = beta * states[0] + g
            return [w - scalars[0] * velocity, velocity]
        }
    }

    /// Momentum with the gradient looked up ahead: `w - lr * (g + beta * v')` (Nesterov 1983; Sutskever et al. 2013).
    public static func nesterov(beta: Double = 0.9) -> UpdateRule {
        UpdateRule(name: "nesterov", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let velocity = beta * states[0] + g
            return [w - scalars[0] * (g + beta * velocity), velocity]
        }
    }

    /// `s' = beta * s + (1 - beta) * g^2`, `w - lr * g / (sqrt(s') + epsilon)` (Tieleman & Hinton 2012).
    public static func rmsprop(beta: Double = 0.99, epsilon: Double = 1e-8) -> UpdateRule {
        UpdateRule(name: "rmsprop", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let square = beta * states[0] + (1 - beta) * (g * g)
            return [w - scalars[0] * (g / (square.apply(.sqrt) + epsilon)), square]
        }
    }

    /// Adam (Kingma & Ba 2015, algorithm 1).
    public static func adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) -> UpdateRule {
        adam(name: "adam", beta1: beta1, beta2: beta2, epsilon: epsilon, decay: 0)
    }

    /// Adam with decoupled weight decay: the weights also shrink by `lr * decay` of themselves (Loshchilov & Hutter 2019, algorithm 2).
    public static func adamw(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decay: Double = 0.01) -> UpdateRule {
        adam(name: "adamw", beta1: beta1, beta2: beta2, epsilon: epsilon, decay: decay)
    }

    private static func adam(name: String, beta1: Double, beta2: Double, epsilon: Double, decay: Double) -> UpdateRule {
        let scalars: [Scalar] = [
            .learningRate,
            .correction("beta1", decay: beta1),
            .correction("beta2", decay: beta2),
        ]
        return UpdateRule(name: name, states: 2, scalars: scalars) { w, g, states, scalars in
            let first = beta1 * states[0] + (1 - beta1) * g
            let second = beta2 * states[1] + (1 - beta2) * (g * g)
            // Only scalars are divided by the corrections: the programs compute them once, not for each weight.
            let root = second.apply(.sqrt) * (1 / scalars[2].apply(.sqrt))
            let step = (scalars[0] / scalars[1]) * (first / (root + epsilon))
            let kept = decay == 0 ? w : (1 - decay * scalars[0]) * w
            return [kept - step, first, second]
        }
    }

    /// Lion: the sign of an interpolated momentum (Chen et al. 2023, algorithm 2), without weight decay.
    public static func lion(beta1: Double = 0.9, beta2: Double = 0.99) -> UpdateRule {
        UpdateRule(name: "lion", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let direction = beta1 * states[0] + (1 - beta1) * g
            return [w - scalars[0] * direction.apply(.sign), beta2 * states[0] + (1 - beta2) * g]
        }
    }

    /// PowerSign: the gradient by the power of its agreement with its average, `base^(sign g sign m) g` (Bello et al., ICML 2017, section 5.2).
    public static func powersign(base: Double = 2.718281828459045, beta: Double = 0.9) -> UpdateRule {
        UpdateRule(name: "powersign", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let average = beta * states[0] + (1 - beta) * g
            let agreement = g.apply(.sign) * average.apply(.sign)
            return [w - scalars[0] * ((agreement.builder.number(base).power(agreement)) * g), average]
        }
    }

    /// AddSign: `(alpha + sign g sign m) g` (Bello et al., ICML 2017, section 5.2).
    public static func addsign(alpha: Double = 1, beta: Double = 0.9) -> UpdateRule {
        UpdateRule(name: "addsign", states: 1, scalars: [.learningRate]) { w, g, states, scalars in
            let average = beta * states[0] + (1 - beta) * g
            return [w - scalars[0] * ((g.apply(.sign) * average.apply(.sign) + alpha) * g), average]
        }
    }
}
