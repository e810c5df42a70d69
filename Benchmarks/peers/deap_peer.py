"""DEAP: random trees without any constraint, generated (and compiled to a Python function, as they must be before they have a value)."""
import random

from deap import gp

UNARY = "id neg abs sq cube sqrt exp sin cos sinh tanh atan log1pabs sigmoid softplus relu minrelu gauss erf sinc".split()
BINARY = "add mul sub div max min sigmul gaussdiff".split()


def primitives():
    chosen = gp.PrimitiveSet("M", 1)
    for name in UNARY:
        chosen.addPrimitive(lambda a: a, 1, name=name)
    for name in BINARY:
        chosen.addPrimitive(lambda a, b: a, 2, name=name)
    return chosen


def space_core2():
    chosen, count = primitives(), 1000
    random.seed(0)

    def body():
        for _ in range(count):
            gp.compile(gp.PrimitiveTree(gp.genHalfAndHalf(chosen, 1, 3)), chosen)
    return body, count


def space_depth6():
    chosen, count = primitives(), 1000
    random.seed(0)

    def body():
        for _ in range(count):
            gp.genHalfAndHalf(chosen, 2, 6)
    return body, count


def evolve_nguyen5():
    """Generations of 1,000 programs, each compiled and evaluated on 20 points, children by crossover and mutation, as in DEAP's own example of symbolic regression."""
    import warnings

    import numpy
    from deap import algorithms, base, creator, tools

    warnings.simplefilter("ignore")
    chosen = gp.PrimitiveSet("M", 1)
    for function, arity in ((numpy.add, 2), (numpy.subtract, 2), (numpy.multiply, 2), (numpy.divide, 2), (numpy.sin, 1), (numpy.cos, 1), (numpy.exp, 1), (numpy.log, 1)):
        chosen.addPrimitive(function, arity)
    creator.create("Fit", base.Fitness, weights=(1.0,))
    creator.create("Tree", gp.PrimitiveTree, fitness=creator.Fit)
    numpy.random.seed(0)
    random.seed(0)
    x = numpy.random.uniform(-1, 1, 20)
    target = numpy.sin(x * x) * numpy.cos(x) - 1

    def reward(tree):
        error = numpy.sqrt(numpy.mean((gp.compile(tree, chosen)(x) - target) ** 2)) / target.std()
        return (1 / (1 + error) if numpy.isfinite(error) else 0.0,)
    box = base.Toolbox()
    box.register("expr", gp.genHalfAndHalf, pset=chosen, min_=1, max_=4)
    box.register("individual", tools.initIterate, creator.Tree, box.expr)
    box.register("population", tools.initRepeat, list, box.individual)
    box.register("evaluate", reward)
    box.register("select", tools.selTournament, tournsize=5)
    box.register("mate", gp.cxOnePoint)
    box.register("expr_mut", gp.genFull, min_=0, max_=2)
    box.register("mutate", gp.mutUniform, expr=box.expr_mut, pset=chosen)
    for name in ("mate", "mutate"):
        box.decorate(name, gp.staticLimit(key=len, max_value=30))
    population = box.population(n=1000)

    def body():
        # All children are evaluated, as nasl's are: none is a copy of its parent.
        for _ in range(10):
            children = algorithms.varOr(box.select(population, 1000), box, 1000, 0.7, 0.3)
            for child in children:
                child.fitness.values = box.evaluate(child)
            population[:] = children
    for tree in population:
        tree.fitness.values = box.evaluate(tree)
    return body, 10
