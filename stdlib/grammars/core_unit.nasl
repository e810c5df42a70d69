## The space of "Searching for Activation Functions" (Ramachandran, Zoph & Le 2017, section 2), exactly: a core unit is a binary function
## of two unary ones. 25 unary and 10 binary functions; a number that the paper calls beta is trained with the net, one for each channel.

## One core unit: 6,250 programs, few enough to try all.
grammar CoreUnit(x: Tensor) -> Tensor {
    Unit   = Binary(Unary(x), Unary(x))
    Unary  = id | neg | abs | square | cube | sqrt
           | v -> param(1.0) * v | v -> v + param(0.0) | v -> log(abs(v) + 1e-7) | exp
           | sin | cos | sinh | cosh | tanh | asinh | atan | sinc
           | relu | v -> min(v, 0) | sigmoid | softplus | v -> exp(-square(v)) | erf | v -> left(param(1.0), v)
    Binary = add | mul | sub | (a, b) -> a / (b + 1e-7) | max | min | (a, b) -> sigmoid(a) * b
           | (a, b) -> exp(-param(1.0) * square(a - b)) | (a, b) -> exp(-param(1.0) * abs(a - b))
           | (a, b) -> let beta = param(0.5) in beta * a + (1 - beta) * b
}

## One or two core units; the second may use the first. About 2 * 10^8 programs.
grammar CoreUnits(x: Tensor) -> Tensor {
    Units         = last(chain([x], int(1..2), earlier -> Unit(earlier)))
    Unit(earlier) = Binary(Unary(pick(earlier)), Unary(pick(earlier)))
    Unary         = id | neg | abs | square | cube | sqrt
                  | v -> param(1.0) * v | v -> v + param(0.0) | v -> log(abs(v) + 1e-7) | exp
                  | sin | cos | sinh | cosh | tanh | asinh | atan | sinc
                  | relu | v -> min(v, 0) | sigmoid | softplus | v -> exp(-square(v)) | erf | v -> left(param(1.0), v)
    Binary        = add | mul | sub | (a, b) -> a / (b + 1e-7) | max | min | (a, b) -> sigmoid(a) * b
                  | (a, b) -> exp(-param(1.0) * square(a - b)) | (a, b) -> exp(-param(1.0) * abs(a - b))
                  | (a, b) -> let beta = param(0.5) in beta * a + (1 - beta) * b
}
