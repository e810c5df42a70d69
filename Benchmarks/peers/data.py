"""The same kinds of data for all peers."""
import csv
import gzip
import os
import pathlib

import numpy as np

HOME = pathlib.Path(__file__).resolve().parents[2]
BATCH, LETTERS, WIDTH, WINDOW = 64, 35, 64, 32
SEQUENCES, LENGTH, CHOICES = 1000, 30, 30
random = np.random.RandomState(0)


def digits():
    """Pictures of 8 x 8, flat, and their labels."""
    with gzip.open(HOME / "stdlib/data/digits.csv.gz", "rt") as file:
        rows = np.array([[float(cell) for cell in row[:65]] for row in csv.reader(file) if row[0].replace(".", "").isdigit()], dtype=np.float32)
    return rows[:1149, :64] / 16, rows[:1149, 64].astype(np.int64)


def images():
    return random.randn(BATCH, 32, 32, 3).astype(np.float32), random.randint(0, 10, BATCH)


def text():
    """[runs, window + 1, batch]."""
    return random.randint(0, LETTERS, (50, WINDOW + 1, BATCH))


def expressions(count):
    """In prefix notation, as nested tuples."""
    def read(tokens):
        token = next(tokens)
        arity = ARITY.get(token, 0)
        if arity:
            return (token, *(read(tokens) for _ in range(arity)))
        return token if token.startswith("x") else float(token)
    lines = pathlib.Path(os.environ["NASL_EXPRESSIONS"]).read_text().splitlines()[:count]
    return [read(iter(line.split())) for line in lines]


ARITY = dict(sin=1, cos=1, exp=1, log=1, tanh=1, sigmoid=1, add=2, sub=2, mul=2, div=2, max=2)


def points(count, dtype=np.float32):
    return [random.uniform(-1, 1, count).astype(dtype) for _ in range(2)]


INFIX = dict(add="+", sub="-", mul="*", div="/")


def source(term, functions=lambda name, arguments: f"{name}({', '.join(arguments)})"):
    """A term as Python."""
    if not isinstance(term, tuple):
        return term if isinstance(term, str) else f"({term!r})"
    arguments = [source(part, functions) for part in term[1:]]
    if term[0] in INFIX:
        return f"({arguments[0]} {INFIX[term[0]]} {arguments[1]})"
    return functions(term[0], arguments)
