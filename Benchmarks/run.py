"""Own speed against peers, in turn on this machine: run.py [FIGURE...] prints one line per figure and, with all figures, writes docs/benchmarks.md."""
import datetime
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata

HOME = pathlib.Path(__file__).resolve().parents[1]
OWN = HOME / ".build/release/NaslBenchmarks"
ROUNDS = int(os.environ.get("NASL_BENCH_ROUNDS", "15"))

# Deep Symbolic Optimization runs on TensorFlow 1.14 alone, which cannot be installed beside the others: 386,000 programs of Nguyen-5, repeats among them, in 40 s of
# a CPU of this kind, measured once with its own configuration (batch 1,000, LSTM 32). Over all Nguyen equations its median is 6,930 a second.
PUBLISHED_DSO = 40 / 386

# Title, own figure, peer, peer's figure, unit, factor from seconds, wanted ratio.
FIGURES = [
    ("MLP 64-64-64-10, swish, batch 64, Adam: a step", "mlp", "jax", "mlp", "us", 1e6, 1.2),
    ("", "mlp", "torch", "mlp", "us", 1e6, 10),
    ("CNN 16-32 on 8x8, batch 64: a step", "cnn", "jax", "cnn", "us", 1e6, 2),
    ("", "cnn", "torch", "cnn", "us", 1e6, 2),
    ("ResNet-20 on 32x32x3, batch 64: a step", "resnet20", "torch", "resnet20", "ms", 1e3, 1.15),
    ("character RNN, LSTM 64, 32 steps, batch 64: a step", "char_rnn", "torch", "char_rnn", "ms", 1e3, 2),
    ("", "char_rnn", "jax", "char_rnn", "ms", 1e3, 2),
    ("controller, hidden 32: 1,000 sequences of 30", "controller_sample_32", "torch", "controller_sample_32", "ms", 1e3, 2),
    ("", "controller_sample_32", "jax", "controller_sample_32", "ms", 1e3, 2),
    ("controller, hidden 100: 1,000 sequences of 30", "controller_sample_100", "torch", "controller_sample_100", "ms", 1e3, 1.5),
    ("", "controller_sample_100", "jax", "controller_sample_100", "ms", 1e3, 1.5),
    ("controller, hidden 32: and a REINFORCE step", "controller_step_32", "torch", "controller_step_32", "ms", 1e3, 3),
    ("", "controller_step_32", "jax", "controller_step_32", "ms", 1e3, 3),
    ("controller, hidden 100: and a REINFORCE step", "controller_step_100", "torch", "controller_step_100", "ms", 1e3, 2),
    ("", "controller_step_100", "jax", "controller_step_100", "ms", 1e3, 2),
    ("1,000 expressions of 15 nodes on 20 points, built", "expressions_20_built", "operon", "expressions_20_built", "ms", 1e3, 20),
    ("the same, evaluation alone", "expressions_20", "numexpr", "expressions_20", "ms", 1e3, 8),
    ("the same on 1,000 points", "expressions_1000", "numpy", "expressions_1000", "ms", 1e3, 8),
    ("20 of them on 1,000,000 points", "expressions_1000000", "numpy", "expressions_1000000", "ms", 1e3, 2.5),
    *((f"sgemm {n}", f"sgemm_{n}", "numpy", f"sgemm_{n}", "us", 1e6, 0.95) for n in (64, 128, 256, 512, 1024)),
    ("six choices among 20 and 8 functions: a program", "space_core2", "pyglove", "space_core2", "us", 1e6, 1000),
    ("", "space_core2", "deap", "space_core2", "us", 1e6, 10),
    ("depth 6, three constraints (DEAP: none): a program", "space_depth6", "deap", "space_depth6", "us", 1e6, 5),
    ("risk_seeking on Nguyen-5: 1,000 programs", "search_risk_seeking", "dso", PUBLISHED_DSO, "ms", 1e3, 5),
    ("neural_guided on Nguyen-5: 1,000 programs", "search_neural_guided", "dso", PUBLISHED_DSO, "ms", 1e3, 50),
    ("", "search_neural_guided", "deap", "evolve_nguyen5", "ms", 1e3, 2),
    ("two children at once against one", "two_children", "own", "one_child", "ms", 1e3, 1.85),
    ("a searched rule against built-in Adam: a step", "mlp_searched_rule", "own", "mlp", "us", 1e6, 0.9),
]


def environment(expressions):
    # On some machines these force slower kernels on both sides.
    kept = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    return {**kept, **threads, "NASL_HOME": str(HOME / "stdlib"), "NASL_EXPRESSIONS": expressions}


def write_expressions(file):
    """1,000 random ones in prefix notation, always the same."""
    draw = random.Random(42)

    def term(nodes):
        if nodes == 1:
            return [draw.choice(["x0", "x1", "x0", "x1", repr(round(draw.uniform(-2, 2), 3))])]
        if nodes == 2 or draw.random() < 0.4:
            return [draw.choice(["sin", "cos", "exp", "log", "tanh", "sigmoid"]), *term(nodes - 1)]
        left = draw.randint(1, nodes - 2)
        return [draw.choice(["add", "sub", "mul", "div", "max"]), *term(left), *term(nodes - 1 - left)]
    file.write("\n".join(" ".join(term(15)) for _ in range(1000)))
    file.flush()


class Side:
    """A process that measures when it is asked to."""

    def __init__(self, command, env, folder, core):
        if core is not None:
            command = ["taskset", "-c", core, *command]
        self.process = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        while (line := self.process.stdout.readline().strip()) != "ready":
            if not line and self.process.poll() is not None:
                raise RuntimeError(f"{' '.join(map(str, command))} did not start")

    def measure(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(own, peer, peer_figure, env):
    """Seconds of the CPU of both sides (of the clock for two children), measured in turn."""
    # Two children need two cores; everything else stays on one.
    core = None if "children" in own else os.environ.get("NASL_BENCH_CORE", "1")
    sides = [Side([OWN, own], env, HOME, core)]
    if isinstance(peer_figure, float):
        pairs = [(sides[0].measure(), peer_figure) for _ in range(ROUNDS)]
        sides[0].close()
        return pairs
    if peer == "own":
        sides.append(Side([OWN, peer_figure], env, HOME, core))
    else:
        sides.append(Side([sys.executable, "worker.py", peer, peer_figure], env, HOME / "Benchmarks/peers", core))
    pairs = [(sides[0].measure(), sides[1].measure()) for _ in range(ROUNDS)]
    for side in sides:
        side.close()
    return pairs


def line(title, own, peer, peer_figure, unit, factor, wanted, env):
    pairs = compare(own, peer, peer_figure, env)
    # Two children at once do twice the work of one.
    work = 2 if own == "two_children" else 1
    ratios = sorted(work * theirs / ours for ours, theirs in pairs)
    ours, theirs = (statistics.median(side) * factor for side in zip(*pairs))
    ratio = statistics.median(ratios)
    if isinstance(peer_figure, float):
        peer += "*"
    mark = "" if ratio >= wanted else f"   wanted {wanted}x"
    return f"{title:<52} {ours:9.4g} {unit}  {peer:>7} {theirs:9.4g} {unit}  {ratio:6.2f}x  [{ratios[0]:.2f}..{ratios[-1]:.2f}]{mark}"


def machine(env):
    processor = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    own = subprocess.run([OWN, "machine"], env=env, capture_output=True, text=True, check=True).stdout.strip()
    code = "import numpy, threadpoolctl; print(*(i['architecture'] for i in threadpoolctl.threadpool_info() if i['internal_api'] == 'openblas'))"
    core = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True).stdout.strip()
    code = "import torch; print(torch.backends.cpu.get_cpu_capability())"
    torch = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True).stdout.strip()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("torch", "jax", "numpy", "numexpr", "pyoperon", "deap", "pyglove"))
    return [
        f"{datetime.date.today()}, {os.cpu_count()} cores, {processor}, load {os.getloadavg()[0]:.1f}", own,
        f"peers: {versions}; numpy's OpenBLAS core {core}; torch {torch}"]


def main():
    wanted = sys.argv[1:]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        write_expressions(file)
        env = environment(file.name)
        head, lines = machine(env), []
        print("\n".join(head), flush=True)
        for figure in FIGURES:
            if wanted and figure[1] not in wanted:
                continue
            try:
                lines.append(line(*figure, env))
            except Exception as error:
                lines.append(f"{figure[0]:<52} not measured: {error}")
            print(lines[-1], flush=True)
    if not wanted:
        write(head, lines)


def write(head, lines):
    text = f"""# Benchmarks

Made by `make bench`: one thread, single precision, time of the CPU (of the clock for two children), {ROUNDS} measurements of each side in turn; medians, and in brackets the smallest and largest
ratio of two neighbours. A ratio above 1 means that nasl is so many times as fast. The code is that which `search` runs: a child's step includes
drawing and copying its batch, the controller's choices go through the space with masks, priors and all inputs. * Deep Symbolic Optimization cannot be
installed beside the others: 386,000 programs of Nguyen-5, repeats among them, in 40 s of the CPU, measured once with its own configuration on a machine of this kind, not in turn.
`risk_seeking` draws about as many (90,000 trials and their repeats), `neural_guided` breeds 10,000.

```
{chr(10).join(head)}

{chr(10).join(lines)}
```
"""
    notes = HOME / "Benchmarks/notes.md"
    (HOME / "docs/benchmarks.md").write_text(text + ("\n" + notes.read_text() if notes.exists() else ""))


main()
