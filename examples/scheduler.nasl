#!/usr/bin/env nasl
# Any reward: no network here. One machine, twelve jobs; a rule says which job comes next, and every day that a job is late
# costs its weight. The search finds a rule, which is then set beside the rules of the textbooks on fresh jobs.
#     nasl run examples/scheduler.nasl

## A priority: p is how long the job takes, w its weight, s its slack (what is left until it can only be late; negative if it is late).
grammar Priority(p: Scalar, w: Scalar, s: Scalar) -> Scalar {
    E = p | w | s | 1 | 2 | 10
      | E + E | E - E | E * E | E / E | max(E, E) | min(E, E) | exp(-E) | -E
    limit depth <= 6
    limit size in 1..11
    require w
}

## Twelve jobs: lengths, weights and due dates, the same for every rule.
fn new_jobs(count: 12) {
    let p = uniform(1, 10, count: count)
    let w = uniform(1, 5, count: count)
    let due = uniform(0, 50, count: count)
    map(0..count - 1, i -> (p: p[i], w: w[i], due: due[i], number: i))
}

## Runs the job of highest priority; `now` is the time, the cost so far, and the jobs that wait.
fn run_next(now, rule) {
    let job = argmax(now.waiting, j -> rule(j.p, j.w, j.due - now.time - j.p))
    let done = now.time + job.p
    (time: done, cost: now.cost + job.w * max(done - job.due, 0),
        waiting: filter(now.waiting, j -> j.number != job.number))
}

## The weighted days of delay.
fn cost(rule, jobs) = fold(jobs, (time: 0, cost: 0, waiting: jobs), (now, i) -> run_next(now, rule)).cost

task schedules(rule: Priority) {
    let costs = map(1..10, n -> cost(rule, new_jobs()))
    reward -mean(costs) / 100
}

# The rules of the textbooks; 5.5 is the mean length, and a factor of 1 on it does best here among 0.3, 0.5, 0.7, 1, 1.5, 2 and 3.
let first_due = (p, w, s) -> -(s + p)                      # earliest due date (Jackson 1955), up to what is the same for all
let by_weight = (p, w, s) -> w / p                         # weighted shortest processing time (Smith 1956)
let apparent = (p, w, s) -> w / p * exp(-max(s, 0) / 5.5)  # apparent tardiness cost (Vepsalainen & Morton 1987)

let run = search(schedules, with: random, trials: 3000, seed: 1)
print(run)

print("")
print("Beside the rules of the textbooks, on 30 fresh sets of jobs:")
compare(schedules, [apparent, by_weight, first_due, run.best], repeats: 30)
