"""PyGlove: the two core units as nested `oneof`s, sampled to programs."""
import pyglove as pg

from deap_peer import BINARY, UNARY


@pg.members([("op", pg.typing.Str()), ("x", pg.typing.Any())])
class Unary(pg.Object):
    pass


@pg.members([("op", pg.typing.Str()), ("x", pg.typing.Any()), ("y", pg.typing.Any())])
class Binary(pg.Object):
    pass


def core(a, b):
    return Binary(op=pg.oneof(BINARY), x=Unary(op=pg.oneof(UNARY), x=a), y=Unary(op=pg.oneof(UNARY), x=b))


def space_core2():
    space, count = core(core("x", "x"), "x"), 50

    def body():
        for _ in pg.random_sample(space, count, seed=1):
            pass
    return body, count
