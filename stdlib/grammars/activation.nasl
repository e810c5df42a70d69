## Activation functions of one input, after "Searching for Activation Functions" (Ramachandran, Zoph & Le 2017): unary and binary
## functions, nested three deep. 781 programs; `x * sigmoid(x)`, which that search found, is one of them.
grammar Activation(x: Tensor) -> Tensor {
    E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
      | E + E | E * E | max(E, E) | min(E, E)
    limit depth <= 3
}
