"""`simplify` on random programs of four spaces, beside SymPy's: check.py NASL [PROGRAMS [COMPARED [SEED]]].

All PROGRAMS never grow and keep their values at 50 points at which all parts of the program are defined: exactly where both are fractions of whole numbers,
else to 1e-12, computed with so many digits that nothing is rounded, at points where double precision knows the program's own value that well. COMPARED of them are also given to SymPy: the median of the sizes must be no larger, and SymPy at least 100 times
slower. SymPy's results are counted as nasl would write them: differences, quotients, squares, roots and relu as one node each, fractions as one number."""
import fractions
import os
import pathlib
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import time

import mpmath
import sympy

HERE = pathlib.Path(__file__).parent
SPACES = ["Activation", "Equation", "Rational", "Update"]
POINTS, TOLERANCE, DIGITS, PATIENCE = 50, 1e-12, 340, 20


class Undefined(Exception):
    pass


def positive(function):
    def checked(a):
        if a < 0 or a == 0 and function.__name__ != "sqrt":
            raise Undefined
        return function(a)
    return checked


def exponential(m):
    def checked(a):
        # Beyond the largest double.
        if a > 709:
            raise Undefined
        return m.exp(a)
    return checked


def functions(m):
    """In the arithmetic of `m`: mpmath with many digits, or with those of a double."""
    return {
        "abs": abs, "square": lambda a: a * a, "cube": lambda a: a * a * a, "sin": m.sin, "cos": m.cos, "tan": m.tan, "exp": exponential(m),
        "log": positive(m.log), "sqrt": positive(m.sqrt), "tanh": m.tanh, "sinh": m.sinh, "cosh": m.cosh, "sigmoid": lambda a: 1 / (1 + m.exp(-a)),
        "relu": lambda a: a if a > 0 else 0 * a, "softplus": lambda a: m.log(1 + m.exp(a)), "sinc": lambda a: m.sin(a) / a if a else a + 1, "sign": m.sign,
        "max": max, "min": min, "id": lambda a: a, "left": lambda a, b: a, "clip": lambda a, b: min(max(a, -b), b), "pi": m.pi,
    }


LONG, DOUBLE = mpmath.MPContext(), mpmath.MPContext()
LONG.dps, DOUBLE.prec = DIGITS, 53
EXACT, IN_LONG, IN_DOUBLE = (functions(m) for m in (LONG, LONG, DOUBLE))
TERMS = {
    "abs": sympy.Abs, "square": lambda a: a**2, "cube": lambda a: a**3, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "exp": sympy.exp,
    "log": sympy.log, "sqrt": sympy.sqrt, "tanh": sympy.tanh, "sigmoid": sympy.Function("sigmoid"), "relu": lambda a: sympy.Max(a, 0), "sign": sympy.sign,
    "max": sympy.Max, "min": sympy.Min, "power": lambda a, b: a**b, "id": lambda a: a, "left": lambda a, b: a,
}


def python(text):
    """The body of a printed function, with numbers marked so that they are not Python's."""
    parameters, body = text.split(" -> ", 1)
    body = re.sub(r"(?<![\w.])(\d[\d.]*(?:e-?\d+)?)", r"N('\1')", body).replace("^", "**")
    return re.findall(r"\w+", parameters), compile(body, text, "eval")


class Checked:
    """A number whose operations say where they are not defined."""

    def __init__(self, value): self.value = value
    def __add__(self, other): return Checked(self.value + other.value)
    def __sub__(self, other): return Checked(self.value - other.value)
    def __mul__(self, other): return Checked(self.value * other.value)
    def __neg__(self): return Checked(-self.value)

    def __gt__(self, other): return Checked(0 * self.value + (self.value > other.value))
    def __lt__(self, other): return other > self
    def __ge__(self, other): return Checked(0 * self.value + (self.value >= other.value))
    def __le__(self, other): return other >= self

    def __truediv__(self, other):
        if other.value == 0:
            raise Undefined
        return Checked(self.value / other.value)

    def __pow__(self, other):
        base, exponent = self.value, other.value
        isWhole = exponent == int(exponent)
        if base < 0 and not isWhole or base == 0 and exponent < 0:
            raise Undefined
        return Checked(base ** int(exponent) if isWhole else base ** exponent)


def lifted(function):
    return lambda *arguments: Checked(function(*(a.value for a in arguments)))


def value(program, point, number, functions):
    names, code = program
    scope = {name: lifted(function) if callable(function) and name != "pi" else Checked(function) for name, function in functions.items() if name in code.co_names}
    scope.update({name: Checked(number(x)) for name, x in zip(names, point)}, N=lambda text: Checked(number(text)))
    return eval(code, scope).value


RATIONAL = {"abs", "square", "cube", "relu", "max", "min", "id", "left", "N"}


def isRational(text):
    """Whether fractions of whole numbers are enough for it, and no number in it has been rounded."""
    names, code = python(text)
    return set(code.co_names) <= RATIONAL | set(names) and not re.search(r"\^(?!-?\d+(?![\d.e]))|\d{8}", text)


def disagreement(before, after, seed):
    """A point at which the two differ, with both values; and at how many points they were compared."""
    first, second = python(before), python(after)
    isExact = isRational(before) and isRational(after)
    number, functions = (fractions.Fraction, EXACT) if isExact else (lambda x: LONG.mpf(float(x)), IN_LONG)
    draw, compared = random.Random(seed), 0
    for attempt in range(10 * POINTS):
        if compared == POINTS:
            break
        point = [fractions.Fraction(draw.choice([-1, 1]) * draw.randint(1, 4000), 1000) for _ in first[0]]
        try:
            a = value(first, point, number, functions)
            if not isExact:
                # Where the last bit of a number matters, double precision says nothing.
                near = value(first, [float(x) * (1 + 2 ** -52) for x in point], number, functions)
                rounded = value(first, point, lambda x: DOUBLE.mpf(float(x)), IN_DOUBLE)
                if max(abs(a - near), abs(a - LONG.mpf(rounded))) > 0.1 * TOLERANCE * max(1, abs(a)):
                    continue
        except (Undefined, OverflowError, ZeroDivisionError):
            continue
        compared += 1
        try:
            b = value(second, point, number, functions)
        except Undefined:
            return (list(map(float, point)), float(a), "undefined"), compared
        if a != b if isExact else abs(a - b) > TOLERANCE * max(1, abs(a), abs(b)):
            return (list(map(float, point)), float(a), float(b)), compared
    return None, compared


def size(term):
    """Of a term of SymPy's, as nasl would write it."""
    if term.is_Number or term.is_Symbol or term in (sympy.pi, sympy.E):
        return 1
    if term.is_Add:
        terms = term.args
        isNegative = [t.could_extract_minus_sign() and (t.is_Number or t.is_Mul and t.args[0].is_Number) for t in terms]
        total = sum(size(-t) if n else size(t) for t, n in zip(terms, isNegative))
        return total + len(terms) - 1 + all(isNegative)
    if term.is_Mul:
        above, below = [], []
        for factor in term.args:
            if factor.is_Pow and factor.exp.could_extract_minus_sign():
                below.append(1 / factor)
            elif factor.is_Rational and factor.p in (1, -1) and factor.q != 1:
                above += [sympy.Integer(-1)] * (factor.p < 0)
                below.append(sympy.Integer(factor.q))
            else:
                above.append(factor)
        minus = sympy.Integer(-1) in above and len(above) + len(below) > 1
        if minus:
            above.remove(-1)
        above = above or [sympy.Integer(1)]
        return minus + sum(map(size, above + below)) + len(above) - 1 + len(below)
    if term.is_Pow:
        if term.base == sympy.E:
            return 1 + size(term.exp)
        if term.exp in (2, 3, sympy.Rational(1, 2)):
            return 1 + size(term.base)
        if term.exp.could_extract_minus_sign():
            return 2 + size(1 / term)
        return 1 + size(term.base) + size(term.exp)
    if isinstance(term, (sympy.Max, sympy.Min)):
        return sum(map(size, term.args)) + len(term.args) - 1 - (isinstance(term, sympy.Max) and 0 in term.args)
    return 1 + sum(map(size, term.args))


def program(text):
    names, code = python(text)
    scope = {name: sympy.Symbol(name, real=True) for name in names}
    return eval(code, {**TERMS, **scope, "N": lambda text: sympy.nsimplify(text, rational=True)})


def programSize(text):
    """Of a printed program: names, numbers, operations."""
    body = re.sub(r"(?<![\w.)\]] )-(?=\d)", "", text.split(" -> ", 1)[1])
    names = re.findall(r"[a-z_]\w*|(?<![\w.])\d[\d.]*(?:e-?\d+)?|[<>]=?|[-+*/^%]", body)
    return len(names)


def late(*_):
    raise TimeoutError


def sympySize(text):
    """And the seconds of the CPU it took; what takes longer than PATIENCE stays as it was."""
    begin = time.process_time()
    signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        before = program(text)
        begin = time.process_time()
        after = sympy.simplify(before)
    except TimeoutError:
        after = before
    except Exception:
        return None, 0
    finally:
        signal.alarm(0)
    seconds = time.process_time() - begin
    return (None if after.has(sympy.nan, sympy.zoo, sympy.oo, sympy.I) else size(after)), seconds


def run(nasl, space, count, seed, wish):
    """Printed by nasl, and the seconds of the CPU that it took."""
    source = HERE / "programs.nasl"
    script = f'import "{source}"\nfor f in sample({space}, {count}, seed: {seed}) {{ print({wish}) }}\n'
    file = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"nasl-simplify-{os.getpid()}.nasl"
    file.write_text(script)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        result = subprocess.run([nasl, "run", str(file)], capture_output=True, text=True, check=False)
    finally:
        file.unlink()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = result.stdout.splitlines()
    if result.returncode or len(lines) != count:
        sys.exit(f"{space}: {len(lines)} lines of {count}\n{result.stderr}")
    return lines, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    nasl = sys.argv[1]
    count, compared, seed = (int(a) for a in (sys.argv[2:] + ["5000", "400", "1"][len(sys.argv) - 2:]))
    failed, ours, theirs, ownSeconds, peerSeconds, points = [], [], [], 0.0, 0.0, 0
    for space in SPACES:
        share = count // len(SPACES)
        before, base = run(nasl, space, share, seed, "f")
        after, seconds = run(nasl, space, share, seed, "simplify(f)")
        ownSeconds += (seconds - base) / count
        for index, (a, b) in enumerate(zip(before, after)):
            if programSize(b) > programSize(a):
                failed.append(f"{space}: {a} grew to {b}")
            found, some = disagreement(a, b, index)
            points += some
            if found:
                failed.append(f"{space}: {a} became {b}: {found}")
        own, peer = [], []
        for a, b in list(zip(before, after))[:compared // len(SPACES)]:
            other, seconds = sympySize(a)
            peerSeconds += seconds / compared
            if other is None:
                continue
            own.append(programSize(b))
            peer.append(other)
            if os.environ.get("NASL_SHOW") and other < own[-1]:
                print(f"  {a}   nasl {b}   SymPy {other}")
        ours += own
        theirs += peer
        print(f"{space}: {share} programs; of {len(own)} the median size is {statistics.median(map(programSize, before)):g} before, nasl {statistics.median(own):g}, "
              f"SymPy {statistics.median(peer):g}; nasl smaller {sum(x < y for x, y in zip(own, peer))}, larger {sum(x > y for x, y in zip(own, peer))}", flush=True)
    print(f"all: median nasl {statistics.median(ours):g}, SymPy {statistics.median(theirs):g}; mean {statistics.mean(ours):.2f} and {statistics.mean(theirs):.2f}")
    print(f"time of the CPU for one: nasl {1e3 * ownSeconds:.3f} ms, SymPy {1e3 * peerSeconds:.1f} ms, {peerSeconds / ownSeconds:.0f} times; {points} points compared")
    if statistics.median(ours) > statistics.median(theirs) or statistics.median(a - b for a, b in zip(ours, theirs)) > 0:
        failed.append("in the median SymPy's are smaller")
    if peerSeconds < 100 * ownSeconds:
        failed.append("SymPy is less than 100 times slower")
    for line in failed[:20]:
        print(line)
    sys.exit(f"{len(failed)} failures" if failed else 0)


main()
