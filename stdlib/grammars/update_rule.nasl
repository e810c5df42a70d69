## Update rules in the space of "Neural Optimizer Search with Reinforcement Learning" (Bello et al., ICML 2017): one to three steps, each a
## binary function of two operands that have gone through unary ones; later steps may take earlier results. w: weight, g: gradient,
## m and v: running means of g and g^2, t: progress from 0 to 1. The result is what is subtracted, times the learning rate.
grammar UpdateRule(w: Tensor, g: Tensor, m: Tensor, v: Tensor, t: Scalar) -> Tensor {
    Update           = last(chain([], int(1..3), earlier -> Unit(earlier))) * Decay
    Unit(earlier)    = Binary(Unary(Operand(earlier)), Unary(Operand(earlier)))
    Operand(earlier) = g | g^2 | g^3 | m | v | sign(g) | sign(m) | 1 | 2 | noise(0.1)
                     | 1e-4 * w | 1e-3 * w | 1e-2 * w | 1e-1 * w
                     | m / (sqrt(v) + 1e-8) | g / (sqrt(v) + 1e-8) | pick(earlier)
    Unary            = id | neg | exp | sign | u -> log(abs(u)) | u -> sqrt(abs(u)) | u -> clip(u, 1e-4)
                     | u -> drop(u, 0.1)
    Binary           = add | sub | mul | pow | left | (a, b) -> a / (b + 1e-8)
    Decay            = 1 | linear_decay(t) | cosine_decay(t) | restart_decay(t)
}

## The space of that paper as it is known from its public descriptions and re-implementations: up to three units; q is the running mean of
## g^3, and the decays are operands like any other, so is noise whose variance is (1 + step)^-0.55 (Neelakantan et al. 2015), where training is
## taken to have 1,000 steps.
grammar NeuralOptimizer(w: Tensor, g: Tensor, m: Tensor, v: Tensor, q: Tensor, t: Scalar) -> Tensor {
    Update           = last(chain([], int(1..3), earlier -> Unit(earlier)))
    Unit(earlier)    = Binary(Unary(Operand(earlier)), Unary(Operand(earlier)))
    Operand(earlier) = g | g^2 | g^3 | m | v | q | sign(g) | sign(m) | 1 | 2 | noise(0.1)
                     | 1e-4 * w | 1e-3 * w | 1e-2 * w | 1e-1 * w
                     | m / (sqrt(v) + 1e-8) | g / (sqrt(v) + 1e-8)
                     | linear_decay(t) | cosine_decay(t) | restart_decay(t) | noise(1) / (1 + 1000 * t)^0.275
                     | pick(earlier)
    Unary            = id | neg | exp | u -> log(abs(u)) | u -> sqrt(abs(u)) | sign
                     | u -> clip(u, 1e-5) | u -> clip(u, 1e-4) | u -> clip(u, 1e-3)
                     | u -> drop(u, 0.1) | u -> drop(u, 0.3) | u -> drop(u, 0.5)
    Binary           = add | sub | mul | (a, b) -> a / (b + 1e-8) | pow | left
}
