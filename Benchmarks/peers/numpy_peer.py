"""numpy in single precision, one thread."""
import numpy as np

import data

np.seterr(all="ignore")


def expressions(points, count):
    names = dict(sin=np.sin, cos=np.cos, exp=np.exp, log=np.log, tanh=np.tanh, max=np.maximum, sigmoid=lambda x: 1 / (1 + np.exp(-x)))
    functions = [eval("lambda x0, x1: " + data.source(term), names) for term in data.expressions(count)]
    x0, x1 = data.points(points)

    def body():
        for function in functions:
            function(x0, x1)
    return body, 1


def expressions_1000(): return expressions(1000, 1000)
def expressions_1000000(): return expressions(1_000_000, 20)


def product(size):
    a, b = data.random.randn(2, size, size).astype(np.float32)
    result, repeats = np.empty_like(a), max(1, (1 << 29) // (2 * size ** 3))

    def body():
        for _ in range(repeats):
            np.matmul(a, b, out=result)
    return body, repeats


def sgemm_64(): return product(64)
def sgemm_128(): return product(128)
def sgemm_256(): return product(256)
def sgemm_512(): return product(512)
def sgemm_1024(): return product(1024)
