## Factors of the learning rate over progress t from 0 to 1: linear decay, half a cosine ("SGDR", Loshchilov & Hutter, ICLR 2017),
## exponential decay and what lies between them.
grammar Schedule(t: Scalar) -> Scalar {
    E = t | 1 | 0.5 | E + E | E * E | 1 - E | cos(pi * E) | exp(-E)
    limit depth <= 5
}
