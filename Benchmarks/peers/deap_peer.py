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
