## Five hundred programs whose true rewards are known, and a task that measures them with noise: how often does a search pick one of the best five?
##
## The noise is as wide as the step from the best program to the twentieth, and another one for each program and each repetition of the task.

grammar Numbered { N = int(0..499) }

## In rising order: program 499 is the best.
let truth = sort(normal(0, 1, count: 500))
let deviation = truth[499] - truth[480]

task measured(n: Numbered) { reward truth[n] + normal(0, deviation, count: 500)[n] }
