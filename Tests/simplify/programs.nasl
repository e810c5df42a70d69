## The programs that `check.py` draws: `print(programs)` for each space, `seed` before it.
grammar Activation(x: Tensor) -> Tensor {
    E = x @3 | 1 | 0 | 2 | 0.5 | -E | abs(E) | square(E) | sin(E) | cos(E) | exp(E) | log(E) | tanh(E) | sigmoid(E) | relu(E) | sign(E) | sqrt(E)
      | E + E | E - E | E * E | E / E | max(E, E) | min(E, E)
    limit depth <= 5
    limit size in 8..25
}
grammar Equation(x: Tensor, y: Tensor) -> Tensor {
    E = x @2 | y @2 | 1 | 2 | 3 | E + E | E - E | E * E | E / E | E ^ N | sin(E) | cos(E) | exp(E) | log(E)
    N = 2 | 3 | 0.5 | -1
    limit size in 8..30
}
grammar Rational(x: Tensor, y: Tensor) -> Tensor {
    E = x @2 | y @2 | 1 | 2 | 3 | -E | E + E | E - E | E * E | E / E | square(E)
    limit size in 8..30
}
grammar Update(w: Tensor, g: Tensor, m: Tensor, v: Tensor) -> Tensor {
    Start   = Binary(Unary(Operand), Unary(Operand)) | Binary(Binary(Unary(Operand), Unary(Operand)), Unary(Operand))
    Operand = g | g^2 | g^3 | m | v | sign(g) | sign(m) | 1 | 2 | 1e-4 * w | 1e-1 * w | m / (sqrt(v) + 1e-8) | g / (sqrt(v) + 1e-8)
    Unary   = id | neg | exp | sign | u -> log(abs(u)) | u -> sqrt(abs(u))
    Binary  = add | sub | mul | left | (a, b) -> a / (b + 1e-8) | max
}
