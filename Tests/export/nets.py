"""nets.py NASL [COUNT [SEED]]: trained nets, some of them drawn, predict the same in PyTorch, JAX and onnxruntime as in nasl."""

import pathlib
import sys
import tempfile

import jax
import jax.numpy as jnp
import numpy as np
import onnxruntime
import torch

from common import FAILURES, close, expect, load, run

nasl = pathlib.Path(sys.argv[1]).resolve()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
ROWS, PARTS = 260, (120, 60, 80)
TEXT = "the quick brown fox jumps over the lazy dog and runs away from the big bad wolf; " * 40

TABLES = ["mlp([16, 3], activation: x -> max(x, sin(x)))", "dense(12) >> layer_norm >> relu >> residual(dense(12) >> tanh) >> batch_norm >> dense(3)",
          "dense(8) >> (x -> x * sigmoid(param(1.0) * x)) >> dropout(0.2) >> classify"]
PICTURES = [
    "convnet([6, 8], classes: 3)", "conv(5, size: [2, 3], stride: 2) >> gelu >> average_pool(2, padding: same) >> flatten >> dense(3)",
    "conv(4, padding: valid) >> batch_norm >> relu >> residual(conv(8, stride: 2) >> tanh) >> max_pool(3, stride: 2, padding: same) >> classify",
    "x -> (let a = conv(3)(x) in let b = conv(2, stride: 2)(x) in classify(concat([a, b])))",
    "conv(4) >> (x -> x * tanh(param(0.5) * softplus(x))) >> layer_norm >> global_max_pool >> dense(3)", "resnet20(classes: 3)",
]
CELLS = ["lstm", "gru", "(x, h, c) -> (h: tanh(linear(x) + linear(h)) * sigmoid(c), c: 0.5 * c + linear(x))"]


def compare(key, text, inputs, folder, loss):
    """The logits of all three, and their cross-entropy against nasl's own."""
    x, y = inputs
    net = load(folder / "torch" / f"{key}.py").load()
    module = load(folder / "jax" / f"{key}.py")
    session = onnxruntime.InferenceSession(str(folder / "onnx" / f"{key}.onnx"), providers=["CPUExecutionProvider"])
    first = np.moveaxis(x, -1, 1) if x.ndim == 4 else x
    with torch.no_grad():
        by_torch = net(torch.tensor(np.ascontiguousarray(first))).numpy()
    by_jax = np.asarray(jax.jit(module.apply)(module.load(), jnp.asarray(x)))
    by_onnx = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(first)})[0]
    scale = max(1.0, float(np.abs(by_torch).max()))
    expect(f"{text}: JAX and PyTorch differ by", float(np.abs(by_jax - by_torch).max()) / scale, 0.0)
    expect(f"{text}: onnxruntime and PyTorch differ by", float(np.abs(by_onnx - by_torch).max()) / scale, 0.0)
    own = torch.nn.functional.cross_entropy(torch.tensor(by_torch), torch.tensor(y)).item()
    if loss is not None:
        expect(f"{text}: test loss", own, loss)


def compare_steps(key, text, tokens, folder):
    """A recurrent net, step by step."""
    net = load(folder / "torch" / f"{key}.py").load()
    module = load(folder / "jax" / f"{key}.py")
    session = onnxruntime.InferenceSession(str(folder / "onnx" / f"{key}.onnx"), providers=["CPUExecutionProvider"])
    names = [given.name for given in session.get_inputs()]
    width = session.get_inputs()[1].shape[1]
    zeros = np.zeros((tokens.shape[1], width), dtype=np.float32)
    states = [[zeros] * (len(names) - 1) for _ in range(3)]
    params = module.load()
    for step in tokens:
        with torch.no_grad():
            by_torch = [value.numpy() for value in net(torch.tensor(step), *map(torch.tensor, states[0]))]
        by_jax = [np.asarray(value) for value in module.apply(params, jnp.asarray(step), *map(jnp.asarray, states[1]))]
        by_onnx = session.run(None, dict(zip(names, [step, *states[2]])))
        states = [by_torch[1:], by_jax[1:], by_onnx[1:]]
        for other, where in ((by_jax, "JAX"), (by_onnx, "onnxruntime")):
            for a, b in zip(other, by_torch):
                expect(f"{text}: {where} and PyTorch differ by", float(np.abs(a - b).max()) / max(1.0, float(np.abs(b).max())), 0.0)


def compare_cell(key, text, tokens, folder):
    """A cell exported alone, with the weights of the trained net, does what the net does with its state."""
    module = load(folder / "torch" / f"cell{key}.py")
    made = next(value for value in vars(module).values() if isinstance(value, type) and issubclass(value, torch.nn.Module))
    net = load(folder / "torch" / f"net{key}.py").load()
    weights = dict(net.named_parameters())
    width = weights["table_1"].shape[1]
    cell = made(width, width)
    fresh = dict(cell.named_parameters())
    if sum(value.abs().sum().item() for name, value in fresh.items() if name.endswith(".weight")) == 0 and any(name.endswith(".weight") for name in fresh):
        FAILURES.append(f"{text}: the weights of a new cell are 0")
    cell.load_state_dict({name: weights[name] for name in fresh})
    by_jax = load(folder / "jax" / f"cell{key}.py")
    params = by_jax.init(jax.random.key(0), width, width)
    known = load(folder / "jax" / f"net{key}.py").load()
    if {name: value.shape for name, value in params.items()} != {name: known[name].shape for name in params}:
        FAILURES.append(f"{text}: other weights in JAX")
    h = c = np.zeros((tokens.shape[1], width), dtype=np.float32)
    for step in tokens:
        x = weights["table_1"].detach().numpy()[step]
        with torch.no_grad():
            h_alone, c_alone = (value.numpy() for value in cell(torch.tensor(x), torch.tensor(h), torch.tensor(c)))
            carried = [value.numpy() for value in net(torch.tensor(step), torch.tensor(h), torch.tensor(c))][1:]
        in_jax = [np.asarray(value) for value in by_jax.apply({name: known[name] for name in params}, x, h, c)]
        for where, found in (("PyTorch", (h_alone, c_alone)), ("JAX", in_jax)):
            for a, b in zip(found, carried):
                expect(f"{text}: the cell alone in {where} differs by", float(np.abs(a - b).max()) / max(1.0, float(np.abs(b).max())), 0.0)
        h, c = carried


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    random = np.random.default_rng(seed)
    table, pictures = random.normal(size=(ROWS, 6)).astype(np.float32), random.normal(size=(ROWS, 9, 8, 2)).astype(np.float32)
    ty = (table[:, 0] > 0.3).astype(np.int64) + (table[:, 1] > 0.5)
    py = (pictures[:, 2:5, :, 0].mean(axis=(1, 2)) > 0).astype(np.int64) + (pictures[:, :, 3, 1].mean(axis=1) > 0.2)
    for key, array in (("tx", table), ("ty", ty), ("px", pictures), ("py", py)):
        np.save(folder / f"{key}.npy", array)
    (folder / "text.txt").write_text(TEXT)
    for part in ("torch", "jax", "onnx"):
        (folder / part).mkdir()
    split = [part / ROWS for part in PARTS]
    test = slice(PARTS[0] + PARTS[1], ROWS)
    lines = [
        'import "nasl/activation.nasl"', 'import "nasl/conv_net.nasl"', 'import "nasl/cell.nasl"',
        f'let table = npy("tx.npy", "ty.npy", split: {split}, shuffle: false, standardize: false)',
        f'let pictures = npy("px.npy", "py.npy", split: {split}, shuffle: false, standardize: false)',
        'let words = text("text.txt")',
    ]
    nets = [(text, "table") for text in TABLES] + [(text, "pictures") for text in PICTURES]
    nets.append(("char_mlp(words, context: 4, hidden: [12], activation: relu)", "words"))
    nets += [(f"char_rnn(words, cell: {cell}, width: 9, window: 8)", "words") for cell in CELLS]
    for k in range(count):
        lines.append(f"let f{k} = sample(Activation, seed: {seed * 1000 + k})")
        lines.append(f"let n{k} = sample(ConvNet, seed: {seed * 1000 + k})")
        lines.append(f"let c{k} = sample(Cell, seed: {seed * 1000 + k})")
        nets += [(f"mlp([10, 3], activation: f{k})", "table"), (f"n{k}", "pictures"), (f"char_rnn(words, cell: c{k}, width: 8, window: 6)", "words")]
    cells = {text: text.split("cell: ")[1].rsplit(", width", 1)[0] for text, _ in nets if "cell: (" in text or "cell: c" in text}
    for k, (text, data) in enumerate(nets):
        drawn = next((part for part in (text, *text.split(": ")) if part[:1] in "fnc" and part.strip(")]")[1:].isdigit()), None)
        steps = 5 if drawn else 30
        lines.append(f"let fit{k} = train({text}, {data}, optimizer: adam(lr: 1e-3), batch: 20, steps: {steps})")
        for part, format, ending in (("torch", "pytorch", "py"), ("jax", "jax", "py"), ("onnx", "onnx", "onnx")):
            lines.append(f'export(fit{k}, to: "{part}/net{k}.{ending}", as: {format});')
        if cell := cells.get(text):
            lines.append(f'export({cell}, to: "torch/cell{k}.py", as: pytorch); export({cell}, to: "jax/cell{k}.py", as: jax);')
        lines.append(f'print("net", {k}, fit{k}.test.loss)')
    losses = {}
    for line in run(nasl, folder, "\n".join(lines) + "\n"):
        if line.startswith("net "):
            k, loss = line[4:].split()
            losses[int(k)] = float(loss)
    for k, (text, data) in enumerate(nets):
        loss = losses[k] if np.isfinite(losses[k]) else None
        if data == "table":
            compare(f"net{k}", text, (table[test], ty[test]), folder, loss)
        elif data == "pictures":
            compare(f"net{k}", text, (pictures[test], py[test]), folder, loss)
        else:
            # The places of the characters, as the file lists them.
            characters = load(folder / "jax" / f"net{k}.py").CHARACTERS
            tokens = np.array([characters.index(byte) for byte in TEXT.encode()], dtype=np.int64)
            if "rnn" in text:
                compare_steps(f"net{k}", text, tokens[:60].reshape(20, 3), folder)
                if text in cells:
                    compare_cell(k, text, tokens[:60].reshape(20, 3), folder)
            else:
                windows = np.stack([tokens[place : place + 4] for place in range(100)])
                compare(f"net{k}", text, (windows, tokens[4:104]), folder, None)
    close(len(nets), "nets")
