#!/usr/bin/env nasl
# Recurrent cells: the tree over four leaves (Zoph & Le 2017 search over eight) in a character model of Persuasion.
#     nasl run examples/studies/cell.nasl

import "nasl/cell.nasl"

grammar Rate { R = 3e-3 | 1e-2 }

# All nets have about 12,000 weights: an LSTM has four products of the input and of the state, a GRU three, a cell of four leaves four,
# one of eight leaves eight.
fn fit(cell, width, lr, steps) = train(char_rnn(austen, cell: cell, width: width, window: 16), austen,
    optimizer: adam(lr: lr),
    batch: 32, steps: steps)

task reads_austen(cell: Cell4, lr: Rate, width: 28) { reward -fit(cell, width, lr, 150).validation.loss }

task test_part(cell: Cell4, lr: Rate) { reward -fit(cell, 28, lr, 150).test.loss }

# Wider, and four times as long.
task wide_and_long(cell: Cell4, lr: Rate) { reward -fit(cell, 48, lr, 600).validation.loss }

let lstm_cell = (x, h, c) ->
    let i = sigmoid(linear(x) + linear(h)) in
    let f = sigmoid(linear(x) + linear(h) + 1) in
    let o = sigmoid(linear(x) + linear(h)) in
    let memory = f * c + i * tanh(linear(x) + linear(h)) in
    (h: o * tanh(memory), c: memory)
let gru_cell = (x, h, c) ->
    let z = sigmoid(linear(x) + linear(h)) in
    let r = sigmoid(linear(x) + linear(h)) in
    let state = z * h + (1 - z) * tanh(linear(x) + r * linear(h)) in
    (h: state, c: c)
let plain_cell = (x, h, c) -> (h: tanh(linear(x) + linear(h)), c: c)

let result = study(reads_austen, trials: 150, seeds: 1,
    baselines: (lstm: (cell: lstm_cell), gru: (cell: gru_cell), plain: (cell: plain_cell),
        nas_cell: (cell: nas_cell)), check: [test_part, wide_and_long], repeats: 20)
print(result)
plot(result)
