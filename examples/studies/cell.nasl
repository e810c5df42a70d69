#!/usr/bin/env nasl
# Recurrent cells: trees over four and over eight leaves with a memory that enters and leaves where it is drawn (Zoph & Le 2017), in a
# character model of Persuasion. All nets have about 12,000 weights, so that a cell of fewer products is wider.
#     nasl run examples/studies/cell.nasl

import "nasl/cell.nasl"

grammar Cells(x: Tensor, h: Tensor, c: Tensor) -> (h: Tensor, c: Tensor) { Cell = Cell4(x, h, c) | Cell8(x, h, c) }
grammar Rate { R = 3e-3 | 1e-2 }

## The width at which a net of this cell has about so many weights.
fn fitting(cell, count) = argmin(12..64 by 2, width ->
    abs(weights(char_rnn(austen, cell: cell, width: width, window: 1), austen) - count))

fn fit(cell, count, lr, steps) = train(char_rnn(austen, cell: cell, width: fitting(cell, count), window: 16), austen,
    optimizer: adam(lr: lr), batch: 32, steps: steps)

task reads_austen(cell: Cells, lr: Rate) { reward -fit(cell, 12000, lr, 150).validation.loss }

task test_part(cell: Cells, lr: Rate) { reward -fit(cell, 12000, lr, 150).test.loss }

# Larger and longer.
task large_and_long(cell: Cells, lr: Rate) { reward -fit(cell, 24000, lr, 400).validation.loss }

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

let result = study(reads_austen, trials: 200, seeds: 1,
    baselines: (lstm: (cell: lstm_cell), gru: (cell: gru_cell), plain: (cell: plain_cell),
        nas_cell: (cell: nas_cell)), check: [test_part, large_and_long], repeats: 20)
print(result)
plot(result)
print("the found cell, in a net of width", fitting(result.best.cell, 12000))
plot(result.best.cell, width: 200)
