## Losses of a classifier, after "Improved Training Speed, Accuracy, and Data Utilization Through Loss Function Optimization" (Gonzalez &
## Miikkulainen 2020). p: the predicted probability of each class, y: 1 for the right one, else 0.
grammar Loss(p: Tensor, y: Tensor) -> Tensor {
    E = p | y | 1 | -E | log(E) | E + E | E - E | E * E | E / E
    limit depth <= 5
    require p
    require y
}
