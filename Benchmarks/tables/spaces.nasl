# Two spaces whose programs have all been trained: what a search of hundreds of trials finds there can be compared over hundreds of seeds in seconds.
# activation.nasl and loss.nasl hold the rewards, in the order of the programs' numbers, made by `make tables`.

## One core unit with the 25 unary functions of "Searching for Activation Functions" (Ramachandran, Zoph & Le 2017, section 2) and six of its ten
## binary ones: 3,750 programs.
grammar Unit(x: Tensor) -> Tensor {
    Unit   = Binary(Unary(x), Unary(x))
    Unary  = id | neg | abs | square | cube | sqrt
           | v -> param(1.0) * v | v -> v + param(0.0) | v -> log(abs(v) + 1e-7) | exp
           | sin | cos | sinh | cosh | tanh | asinh | atan | sinc
           | relu | v -> min(v, 0) | sigmoid | softplus | v -> exp(-square(v)) | erf | v -> left(param(1.0), v)
    Binary = add | mul | sub | max | min | (a, b) -> sigmoid(a) * b
}

## The next character of *Persuasion* from the six before it.
task reads(f: Unit) {
    let net = char_mlp(austen, context: 6, hidden: [48], activation: f)
    reward -train(net, austen, optimizer: adam(lr: 4e-3), batch: 64, steps: 500).validation.loss
}

## Losses of the right class and of the others, each by one or two functions of what is missing from its probability or has gone to them: 4,096
## programs. Of the usual losses it holds the squared error and the logarithms of p and of 1 - p.
grammar Penalties(p: Tensor, y: Tensor) -> Tensor {
    Loss       = y * Penalty(1 - p) + (1 - y) * Penalty(p)
    Penalty(v) = v | Unary(v) | v * Unary(v) | Unary(Unary(v))
    Unary      = neg | square | sqrt | exp | tanh | v -> -log(1 - v) | v -> v / (2 - v)
}

let few_digits = subsample(digits, 400, wrong_labels: 0.5)

## Digits, of which few are given, and half of those with wrong labels.
task teaches(f: Penalties) {
    reward train(mlp([24, 10]), few_digits, loss: f, optimizer: adam(lr: 5e-3), batch: 50,
        steps: 400).validation.accuracy
}

fn four_digits(trial) = if trial.status == "ok" then round(1e4 * trial.reward) / 1e4 else nan

## Trains every program on three seeds and writes the table: a row of three rewards for each, nan where a child failed.
fn write_table(name, space, child) {
    print("# Made by `make tables`: the rewards of", child,
        "for the programs of its space in their order, on the seeds 1, 2 and 3.")
    print("let", name, "= [")
    for f in space { print("    ", map(1..3, s -> four_digits(child(f, seed: s))), ",") }
    print("]")
}
