# Training steps a second of small children, one thread; each line the median, least and most of nine trainings.
fn median(xs) = sort(xs)[4]
fn measure(name, run) {
    let times = map(1..9, n -> 1e6 * run(n).seconds / 1500)
    print(name, "  us a step, tracing and validation included: ", median(times), " [", argmin(times), "..", argmax(times), "]")
}
let swish = x -> x * sigmoid(x)
measure("char_mlp, 6 x 16 -> 64 -> 75, swish, batch 64, adam", n -> train(char_mlp(austen, context: 6, hidden: [64], activation: swish), austen, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500, seed: n))
measure("mlp 64-64-64-10, swish, batch 64, adam", n -> train(mlp([64, 64, 10], activation: swish), digits, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500, seed: n))
