"""numexpr, compiled beforehand, in double precision (it has no fast single precision), one thread."""
import numexpr
import numpy as np

import data


def expressions_20():
    numexpr.set_num_threads(1)

    def written(name, arguments):
        if name == "sigmoid":
            return f"(1 / (1 + exp(-({arguments[0]}))))"
        if name == "max":
            return f"where(({arguments[0]}) > ({arguments[1]}), {arguments[0]}, {arguments[1]})"
        return f"{name}({', '.join(arguments)})"
    columns = dict(zip(("x0", "x1"), data.points(20, np.float64)))
    programs = []
    for term in data.expressions(1000):
        text = data.source(term, written)
        names = [name for name in columns if name in text]
        programs.append((numexpr.NumExpr(text, signature=[(name, np.float64) for name in names]), [columns[name] for name in names]))

    def body():
        for program, arguments in programs:
            program(*arguments)
    return body, 1
