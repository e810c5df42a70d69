"""rules.py NASL [COUNT [SEED]]: exported optimizers train exported nets in PyTorch and JAX as nasl does: the same losses, step by step."""

import math
import pathlib
import sys
import tempfile

import jax
import jax.numpy as jnp
import numpy as np
import torch
import torch.nn.functional as F

from common import close, expect, load, run

nasl = pathlib.Path(sys.argv[1]).resolve()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
# Of 51 steps none but the first is at a restart of a cosine, where the last bit of the progress would decide.
ROWS, TRAIN, STEPS = 120, 80, 51

# What is known to train, by name, is followed for all steps; drawn rules as long as they do not blow up, 8 at most.
KNOWN = {
    "sgd": "sgd(lr: 0.1)", "momentum": "momentum(lr: 0.02)", "nesterov": "nesterov(lr: 0.02)", "rmsprop": "rmsprop(lr: 0.003)", "adam": "adam(lr: 0.01)",
    "adamw": "adamw(lr: 0.01)", "powersign": "powersign(lr: 0.05)", "addsign": "addsign(lr: 0.05)",
    "found": "optimizer((w, g, m, v, t) -> exp(sign(g) * sign(m)) * g * cosine_decay(t), 0.05)",
    "decayed": "optimizer((w, g, m, v, t) -> m / (sqrt(v) + 1e-8) * linear_decay(t) + 1e-3 * w, 0.01)",
}


def train_torch(net, make, x, y, steps):
    optimizer = make(net.parameters())
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


def train_jax(module, optimizer, x, y, steps):
    params = module.load()
    state = optimizer.init(params)
    rows = jnp.arange(len(y))

    def loss(params):
        return -jax.nn.log_softmax(module.apply(params, x))[rows, y].mean()

    grad = jax.jit(jax.value_and_grad(loss))
    update = jax.jit(optimizer.update)
    losses = []
    for _ in range(steps):
        value, slopes = grad(params)
        losses.append(float(value))
        updates, state = update(slopes, state, params)
        params = jax.tree.map(lambda w, u: w + u, params, updates)
    return losses


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    random = np.random.default_rng(seed)
    x = random.normal(size=(ROWS, 5)).astype(np.float32)
    y = (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype(np.int64) + (x[:, 3] > 0.8)
    np.save(folder / "x.npy", x)
    np.save(folder / "y.npy", y)
    x, y = x[:TRAIN], y[:TRAIN]
    for part in ("torch", "jax"):
        (folder / part).mkdir()
    # Without a step the starting weights are what is exported.
    lines = [
        'import "nasl/update_rule.nasl"',
        f'let data = npy("x.npy", "y.npy", split: [{TRAIN / ROWS}, {1 - TRAIN / ROWS}], shuffle: false, standardize: false)',
        "let net = mlp([12, 3], activation: tanh)",
        f"let start = train(net, data, optimizer: sgd(lr: 0), batch: {TRAIN}, steps: 1)",
        'export(start, to: "torch/net.py", as: pytorch)',
        'export(start, to: "jax/net.py", as: jax)',
    ]
    rules = dict(KNOWN)
    for k in range(count):
        lines.append(f"let rule{k} = sample(UpdateRule, seed: {seed * 100000 + k})")
        lines.append(f'print("rule", rule{k})')
        rules[f"rule{k}"] = f"optimizer(rule{k}, 0.003)"
    for key, text in rules.items():
        lines.append(f"let o_{key} = {text}")
        for part, format in (("torch", "pytorch"), ("jax", "jax")):
            lines.append(f'export(o_{key}, to: "{part}/{key}.py", as: {format});')
        lines.append(f"let fit_{key} = train(net, data, optimizer: o_{key}, batch: {TRAIN}, steps: {STEPS})")
        lines.append(f'print("losses", "{key}", map(fit_{key}.history, h -> h.loss))')
    texts, expected = [], {}
    for line in run(nasl, folder, "\n".join(lines) + "\n"):
        if line.startswith("rule "):
            texts.append(line[5:])
        elif line.startswith("losses "):
            key, values = line[7:].split(" ", 1)
            expected[key] = [float(part) for part in values.strip("[]").split(", ") if part]
    checked = 0
    tx, ty = torch.tensor(x), torch.tensor(y)
    net_file, net_module = folder / "torch" / "net.py", load(folder / "jax" / "net.py")
    for key in rules:
        text = texts[int(key[4:])] if key.startswith("rule") else rules[key]
        losses = expected[key]
        limit = STEPS
        if key.startswith("rule"):
            # Draws are the library's own there.
            if "noise" in text or "drop" in text:
                load(folder / "torch" / f"{key}.py")
                load(folder / "jax" / f"{key}.py")
                checked += 1
                continue
            limit = 8
        sane = next((k for k, value in enumerate(losses) if not math.isfinite(value) or value > 8), len(losses))
        limit = min(limit, sane)
        module = load(folder / "torch" / f"{key}.py")
        optimizer = next(value for value in vars(module).values() if isinstance(value, type) and issubclass(value, torch.optim.Optimizer))
        needs_steps = "steps" in optimizer.__init__.__code__.co_varnames
        settings = {"steps": STEPS} if needs_steps else {}
        found = train_torch(load(net_file).load().train(), lambda p: optimizer(p, **settings), tx, ty, limit)
        transformation = getattr(load(folder / "jax" / f"{key}.py"), key)
        by_jax = train_jax(net_module, transformation(**settings), jnp.asarray(x), jnp.asarray(y), limit)
        for k in range(limit):
            expect(f"{text}, loss {k + 1} in PyTorch", found[k], losses[k], 1e-4)
            expect(f"{text}, loss {k + 1} in JAX", by_jax[k], losses[k], 1e-4)
        checked += 1
    close(checked, "optimizers")
