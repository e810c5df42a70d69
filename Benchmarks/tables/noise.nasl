# How much of the differences in the tables is noise: the deviation between programs (of their means over three seeds), and that which the
# seeds alone would give such a mean, among all programs and among the best.
#     nasl run Benchmarks/tables/noise.nasl

import "activation.nasl"
import "loss.nasl"

fn variance(values) = sum(map(values, v -> (v - mean(values))^2)) / (len(values) - 1)
## Rewards less what a seed gives to all programs.
fn centred(table) = let middle = map(0..2, s -> mean(map(table, row -> row[s]))) in map(table, row -> row - middle)
fn short(value) = round(1e4 * value) / 1e4

print("| table | programs | deviation between them | deviation by seeds |")
print("|---|---|---|---|")
for table in [(name: "activation", rows: activation_rewards), (name: "loss", rows: loss_rewards)] {
    let whole = filter(table.rows, row -> mean(row) > -inf)
    let means = sort(map(whole, mean))
    for share in [1, 0.5, 0.1] {
        let upper = centred(filter(whole, row -> mean(row) >= means[floor((1 - share) * len(means))]))
        print("|", table.name, "| the best", len(upper), "of", len(table.rows), "|",
            short(sqrt(variance(map(upper, mean)))), "|",
            short(sqrt(mean(map(upper, variance)) / 3)), "|")
    }
}
