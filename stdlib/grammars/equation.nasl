## Equations of one variable over the functions of the Nguyen benchmarks (Uy et al. 2011), with the constraints of "Deep Symbolic Regression"
## (Petersen et al., ICLR 2021): 4 to 30 names, numbers and functions, no sine of a sine.
grammar Equation(x: Tensor) -> Tensor {
    E = x | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
    limit size in 4..30
    forbid sin within sin
}
