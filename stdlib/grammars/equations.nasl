## Benchmarks of symbolic regression: problems with known answers, and grammars for functions of one and of two variables.
##
##     task find(f: Koza) { reward score(f, nguyen(5)) }
##     let run = search(find, with: neural_guided(), trials: 20000)
##     recovered(run.best.program, nguyen(5))

## The functions of the Nguyen benchmarks (Uy et al. 2011; Petersen et al., ICLR 2021, appendix), without constants: 4 to 30 names and functions,
## no sine or cosine inside of another, no function around its inverse.
grammar Koza(x: Tensor) -> Tensor {
    E = x @4 | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
    limit size in 4..30
    forbid sin within sin
    forbid cos within sin
    forbid sin within cos
    forbid cos within cos
    forbid exp(log(_))
    forbid log(exp(_))
}

grammar Koza2(x: Tensor, y: Tensor) -> Tensor {
    E = x @2 | y @2 | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
    limit size in 4..30
    forbid sin within sin
    forbid cos within sin
    forbid sin within cos
    forbid cos within cos
    forbid exp(log(_))
    forbid log(exp(_))
}

## The same with constants, which are fitted to the reward: four at most, none of them alone inside of a function or beside another.
grammar KozaConst(x: Tensor) -> Tensor {
    E = x @4 | const | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
    limit size in 4..30
    limit count(const) <= 4
    forbid sin within sin
    forbid cos within sin
    forbid sin within cos
    forbid cos within cos
    forbid exp(log(_))
    forbid log(exp(_))
    forbid sin(const)
    forbid cos(const)
    forbid exp(const)
    forbid log(const)
    forbid const + const
    forbid const - const
    forbid const * const
    forbid const / const
}

grammar KozaConst2(x: Tensor, y: Tensor) -> Tensor {
    E = x @2 | y @2 | const | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
    limit size in 4..30
    limit count(const) <= 4
    forbid sin within sin
    forbid cos within sin
    forbid sin within cos
    forbid cos within cos
    forbid exp(log(_))
    forbid log(exp(_))
    forbid sin(const)
    forbid cos(const)
    forbid exp(const)
    forbid log(const)
    forbid const + const
    forbid const - const
    forbid const * const
    forbid const / const
}

fn problem(name, target, lower, upper, count: 20, variables: 1, tolerance: 0) = (name: name, target: target,
    lower: lower,
    upper: upper, count: count, variables: variables, tolerance: tolerance)

# From 1; any other number is an error, where an index below 0 would count from the end.
fn numbered(problems, number) = problems[if number < 1 then len(problems) else number - 1]

let nguyen_problems = [
    problem("Nguyen-1", x -> x^3 + x^2 + x, -1, 1),
    problem("Nguyen-2", x -> x^4 + x^3 + x^2 + x, -1, 1),
    problem("Nguyen-3", x -> x^5 + x^4 + x^3 + x^2 + x, -1, 1),
    problem("Nguyen-4", x -> x^6 + x^5 + x^4 + x^3 + x^2 + x, -1, 1),
    problem("Nguyen-5", x -> sin(x^2) * cos(x) - 1, -1, 1),
    problem("Nguyen-6", x -> sin(x) + sin(x + x^2), -1, 1),
    problem("Nguyen-7", x -> log(x + 1) + log(x^2 + 1), 0, 2),
    problem("Nguyen-8", x -> sqrt(x), 0, 4),
    problem("Nguyen-9", (x, y) -> sin(x) + sin(y^2), 0, 1, variables: 2),
    problem("Nguyen-10", (x, y) -> 2 * sin(x) * cos(y), 0, 1, variables: 2),
    problem("Nguyen-11", (x, y) -> x^y, 0, 1, variables: 2),
    problem("Nguyen-12", (x, y) -> x^4 - x^3 + y^2 / 2 - y, 0, 1, variables: 2),
    problem("Nguyen-12*", (x, y) -> x^4 - x^3 + y^2 / 2 - y, 0, 10, variables: 2)
]

## Nguyen-1 to Nguyen-12 (Uy et al. 2011); 13 is Nguyen-12*, which asks for the same function over a wider range (Mundhenk et al. 2021). From 9 on they have
## two variables.
fn nguyen(number) = numbered(nguyen_problems, number)

let nguyen_const_problems = [
    problem("Nguyen-1c", x -> 3.39 * x^3 + 2.12 * x^2 + 1.78 * x, -1, 1, tolerance: 1e-8),
    problem("Nguyen-5c", x -> sin(x^2) * cos(x) - 0.75, -1, 1, tolerance: 1e-8),
    problem("Nguyen-7c", x -> log(x + 1.4) + log(x^2 + 1.3), 0, 2, tolerance: 1e-8),
    problem("Nguyen-8c", x -> sqrt(1.23 * x), 0, 4, tolerance: 1e-8),
    problem("Nguyen-10c", (x, y) -> sin(1.5 * x) * cos(0.5 * y), 0, 1, variables: 2, tolerance: 1e-8)
]

## The Nguyen equations with constants, in the order of their names: 1c, 5c, 7c, 8c and 10c (Petersen et al., ICLR 2021, appendix).
fn nguyen_const(number) = numbered(nguyen_const_problems, number)

let jin_problems = [
    problem("Jin-1", (x, y) -> 2.5 * x^4 - 1.3 * x^3 + 0.5 * y^2 - 1.7 * y, -3, 3, count: 100, variables: 2,
        tolerance: 1e-8),
    problem("Jin-2", (x, y) -> 8 * x^2 + 8 * y^3 - 15, -3, 3, count: 100, variables: 2, tolerance: 1e-8),
    problem("Jin-3", (x, y) -> 0.2 * x^3 + 0.5 * y^3 - 1.2 * y - 0.5 * x, -3, 3, count: 100, variables: 2,
        tolerance: 1e-8),
    problem("Jin-4", (x, y) -> 1.5 * exp(x) + 5 * cos(y), -3, 3, count: 100, variables: 2, tolerance: 1e-8),
    problem("Jin-5", (x, y) -> 6 * sin(x) * cos(y), -3, 3, count: 100, variables: 2, tolerance: 1e-8),
    problem("Jin-6", (x, y) -> 1.35 * x * y + 5.5 * sin((x - 1) * (y - 1)), -3, 3, count: 100, variables: 2,
        tolerance: 1e-8)
]

## Jin-1 to Jin-6 (Jin et al. 2019, "Bayesian symbolic regression"): two variables and constants.
fn jin(number) = numbered(jin_problems, number)

fn fit_of_two(f, target, x, y) = 1 / (1 + nrmse(f(x, y), target(x, y)))

## The reward of Deep Symbolic Regression (Petersen et al. 2021, section 3.1) on the problem's points, 1 for a perfect fit. Inside a task the points are
## random but for its seed, and the same for all candidates.
fn score(f, problem) {
    let x = uniform(problem.lower, problem.upper, count: problem.count)
    let target = problem.target
    if problem.variables == 1 then 1 / (1 + nrmse(f(x), target(x))) else
        fit_of_two(f, target, x, uniform(problem.lower, problem.upper, count: problem.count))
}

## Whether a function is the problem's own, however it is written: true, false where the values differ, else a text that says what is known. For a problem
## with constants the numbers of the function were fitted: it is the problem's own where it is by the laws once they are rounded to 6 significant
## digits, or where its values are within the problem's `tolerance` of the answer's at 50 fixed points, most of them outside of the data.
fn recovered(f, problem) = if problem.tolerance > 0 then is_answer(f, problem) else equal(f, problem.target)
fn is_answer(f, problem) = equal(rounded(f), problem.target) == true or
    equal(f, problem.target, tolerance: problem.tolerance) == true
