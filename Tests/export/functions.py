"""functions.py NASL [COUNT [SEED]]: functions drawn by nasl have the same values and gradients in PyTorch, JAX, SymPy, onnxruntime and C."""

import ctypes
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jax
import numpy as np
import onnxruntime
import sympy
import torch

from common import close, expect, load, number, run, same

jax.config.update("jax_enable_x64", True)
nasl = pathlib.Path(sys.argv[1]).resolve()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 120
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1

GRAMMAR = """
grammar Any(x: Tensor, y: Tensor) -> Tensor {
    E = x @8 | y @8 | 0.5 | 2 | -3 | pi
      | -E | abs(E) | sign(E) | square(E) | cube(E) | sqrt(E) | exp(E) | log(E) | sin(E) | cos(E) | tan(E) | sinh(E) | cosh(E) | tanh(E)
      | asinh(E) | atan(E) | sinc(E) | sigmoid(E) | relu(E) | softplus(E) | erf(E) | gelu(E) | floor(E) | round(E) | id(E)
      | E + E | E - E | E * E | E / E | E^E | E^2 | max(E, E) | min(E, E) | E % E | clip(E, E) | left(E, E)
      | E < E | E <= E | E > E | E >= E | E == E | E != E
    limit depth <= 5
    limit size in 2..25
    require x
    require y
}
"""
# Ties of max and min, zeros of abs, relu and sign, halves of round; then points that nothing is special about.
POINTS = [(0.0, 0.0), (1.0, 1.0), (2.5, -2.5), (-0.5, 0.5), (1.5, 3.0)] + [
    (round(3 * math.sin(1.7 * k + 0.3), 4), round(2.5 * math.cos(2.3 * k + 0.1), 4)) for k in range(9)
]

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for format in ("pytorch", "jax", "sympy", "onnx", "c", "swift", "latex"):
        (folder / format).mkdir()
    lines = [GRAMMAR]
    lines.append('import "nasl/loss.nasl"')
    for k in range(count):
        # Every fourth is a loss, of p and y.
        grammar, (first, second) = ("Loss", "py") if k % 4 == 3 else ("Any", "xy")
        lines.append(f"let f{k} = sample({grammar}, seed: {seed * 100000 + k})")
        lines.append(f'print("program", f{k})')
        for format, ending in [("pytorch", "py"), ("jax", "py"), ("sympy", "py"), ("onnx", "onnx"), ("c", "c"), ("swift", "swift"), ("latex", "tex")]:
            lines.append(f'export(f{k}, to: "{format}/f{k}.{ending}", as: {format});')
        for x, y in POINTS:
            lines.append(f'print("at", f{k}({x}, {y}), grad(f{k}, by: "{first}")({x}, {y}), grad(f{k}, by: "{second}")({x}, {y}))')
    programs, expected = [], []
    for line in run(nasl, folder, "\n".join(lines) + "\n"):
        if line.startswith("program "):
            programs.append(line[8:])
            expected.append([])
        elif line.startswith("at "):
            expected[-1].append([number(part) for part in line.split()[1:]])
    assert len(programs) == count and all(len(values) == len(POINTS) for values in expected)
    subprocess.run("cc -shared -fPIC -std=c99 -O1 -Wall -Wextra -Werror -o all.so c/*.c -lm", shell=True, check=True, cwd=folder)
    c = ctypes.CDLL(str(folder / "all.so"))

    compared = {"torch": 0, "jax": 0, "onnx": 0, "sympy": 0, "c": 0}
    for k, (program, values) in enumerate(zip(programs, expected)):
        in_torch = getattr(load(folder / "pytorch" / f"f{k}.py"), f"f{k}")
        in_jax = getattr(load(folder / "jax" / f"f{k}.py"), f"f{k}")
        grad = jax.jit(jax.value_and_grad(in_jax, argnums=(0, 1)))
        session = onnxruntime.InferenceSession(str(folder / "onnx" / f"f{k}.onnx"), providers=["CPUExecutionProvider"])
        inputs = [given.name for given in session.get_inputs()]
        first, second = "py" if k % 4 == 3 else "xy"
        in_c = [getattr(c, f"f{k}" + suffix) for suffix in ("", f"_d{first}", f"_d{second}")]
        for f in in_c:
            f.argtypes, f.restype = [ctypes.c_double] * 2, ctypes.c_double
        single = [in_torch(*(torch.tensor([v]) for v in point)).item() for point in POINTS]
        columns = [np.array(column, dtype=np.float32) for column in zip(*POINTS)]
        found = session.run(None, {given: column for given, column in zip(inputs, columns)})[0]
        for point, (value, dx, dy), rounded, by_onnx in zip(POINTS, values, single, np.broadcast_to(found, len(POINTS))):
            what = f"{program} at {point}"
            for f, wanted, tag in zip(in_c, (value, dx, dy), ("", " d/dx", " d/dy")):
                expect(what + tag + " in C", f(*point), wanted, 1e-9)
                compared["c"] += 1
            x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in point)
            result = in_torch(x, y)
            expect(what + " in PyTorch", result.item(), value)
            slopes = torch.autograd.grad(result.to(torch.float64), (x, y), allow_unused=True) if result.requires_grad else (None, None)
            by_jax, jax_slopes = grad(*point)
            if not same(float(by_jax), value):
                # XLA takes log(a^b) for b * log(|a|), which is a number where the logarithm is none.
                with jax.disable_jit():
                    by_jax, jax_slopes = jax.value_and_grad(in_jax, argnums=(0, 1))(*point)
            expect(what + " in JAX", float(by_jax), value)
            # At a pole or outside of the domain no slope is right.
            if math.isfinite(value):
                for tag, wanted, slope, other in zip(("x", "y"), (dx, dy), slopes, jax_slopes):
                    if math.isfinite(wanted):
                        slope = 0.0 if slope is None else slope.item()
                        # Behind a step that is flat PyTorch multiplies an infinite slope by 0.
                        if not (math.isnan(slope) and wanted == 0):
                            expect(f"{what} d/d{tag} in PyTorch", slope, wanted)
                        expect(f"{what} d/d{tag} in JAX", float(other), wanted)
                        compared["torch"] += 1
                        compared["jax"] += 1
            # Single precision: where it holds the value at all.
            if same(rounded, value, 1e-6):
                expect(what + " in onnxruntime", float(by_onnx), value)
                compared["onnx"] += 1
        # SymPy takes its time. What is defined nowhere it refuses to write down.
        if k % 4 in (0, 3) and any(math.isfinite(value) for value, _, _ in values):
            sp = load(folder / "sympy" / f"f{k}.py")
            body = getattr(sp, f"f{k}")
            for point, (value, _, _) in list(zip(POINTS, values))[5:8]:
                if math.isfinite(value) and abs(value) < 1e6:
                    try:
                        exact = sympy.N(body.subs({getattr(sp, first): point[0], getattr(sp, second): point[1]}))
                    except (TypeError, ValueError):  # A complex number is compared on the way.
                        continue
                    if exact.is_Float:
                        expect(f"{program} at {point} in SymPy", float(exact), value)
                        compared["sympy"] += 1
    if shutil.which("pdflatex"):
        compared["pdflatex"] = 0
        for k in range(0, count, 4):
            command = ["pdflatex", "-interaction=batchmode", "-halt-on-error", f"f{k}.tex"]
            code = subprocess.run(command, cwd=folder / "latex", stdout=subprocess.DEVNULL).returncode
            expect(f"{programs[k]}: pdflatex's status", code, 0)
            compared["pdflatex"] += 1
    else:
        print("there is no pdflatex: the formulas are not compiled")
    print(", ".join(f"{value} in {key}" for key, value in compared.items()))
    close(len(programs), "functions")
