/// Adam (Kingma & Ba 2015, algorithm 1) over one flat array, in double precision: a policy's weights are few, and its plans of several
/// lengths share one state.
struct Adam {
    let beta1 = 0.9
    let beta2 = 0.999
    let epsilon = 1e-8
    var first: [Double]
    var second: [Double]
    var step = 0

    init(count: Int) {
        first = [Double](repeating: 0, count: count)
        second = first
    }

    mutating func update(_ weights: inout [Double], gradient: [Double], learningRate: Double) {
        step += 1
        let correction1 = 1 - power(beta1, step)
        let correction2 = 1 - power(beta2, step)
        for slot in weights.indices {
            let g = gradient[slot]
            first[slot] = beta1 * first[slot] + (1 - beta1) * g
            second[slot] = beta2 * second[slot] + (1 - beta2) * g * g
            weights[slot] -= learningRate * (first[slot] / correction1) / ((second[slot] / correction2).squareRoot() + epsilon)
        }
    }
}

/// `base` to a whole power, by squaring: the same bits on every machine.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}
