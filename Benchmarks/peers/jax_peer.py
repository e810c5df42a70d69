"""JAX, compiled, one thread."""
import jax
import jax.numpy as jnp
import numpy as np

import data

tree = jax.tree_util.tree_map
key = jax.random.PRNGKey(0)
keys = iter(jax.random.split(key, 64))


def normal(*shape, deviation=0.1):
    return jax.random.normal(next(keys), shape) * deviation


def dense(inputs, outputs):
    return dict(w=normal(inputs, outputs, deviation=(2 / inputs) ** 0.5), b=jnp.zeros(outputs))


def swish(x):
    return x * jax.nn.sigmoid(x)


def cross_entropy(logits, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[..., None], -1).mean()


def adam(state, gradient, rate=1e-3):
    p, m, v, t = state
    m, v = tree(lambda m, g: 0.9 * m + 0.1 * g, m, gradient), tree(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradient)
    a, b = 1 - 0.9 ** t, 1 - 0.999 ** t
    return tree(lambda p, m, v: p - rate * (m / a) / (jnp.sqrt(v / b) + 1e-8), p, m, v), m, v, t + 1


def started(parameters):
    zeros = tree(jnp.zeros_like, parameters)
    return [(parameters, zeros, zeros, jnp.asarray(1.0))]


def batches(x, steps):
    return np.stack([np.random.permutation(len(x))[:data.BATCH] for _ in range(steps)])


def mlp():
    parameters, (x, y) = [dense(64, 64), dense(64, 64), dense(64, 10)], map(jnp.asarray, data.digits())

    def loss(p, x, y):
        return cross_entropy(swish(swish(x @ p[0]["w"] + p[0]["b"]) @ p[1]["w"] + p[1]["b"]) @ p[2]["w"] + p[2]["b"], y)

    @jax.jit
    def epoch(state, rows):
        return jax.lax.scan(lambda s, r: (adam(s, jax.grad(loss)(s[0], x[r], y[r])), 0), state, rows)[0]
    held = started(parameters)

    def body():
        held[0] = jax.block_until_ready(epoch(held[0], batches(x, 1000)))
    return body, 1000


def cnn():
    parameters = dict(
        a=normal(3, 3, 1, 16, deviation=0.4), ab=jnp.zeros(16), c=normal(3, 3, 16, 32), cb=jnp.zeros(32), d=dense(512, 10))
    x, y = map(jnp.asarray, data.digits())

    def conv(x, w):
        return jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))

    def loss(p, x, y):
        x = swish(conv(x.reshape(-1, 8, 8, 1), p["a"]) + p["ab"])
        x = swish(conv(x, p["c"]) + p["cb"])
        x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        return cross_entropy(x.reshape(x.shape[0], -1) @ p["d"]["w"] + p["d"]["b"], y)

    @jax.jit
    def step(state, rows):
        return adam(state, jax.grad(loss)(state[0], x[rows], y[rows]))
    held = started(parameters)

    def body():
        for rows in batches(x, 50):
            held[0] = step(held[0], rows)
        jax.block_until_ready(held[0])
    return body, 50


def lstm(h, c, sums):
    i, f, g, o = jnp.split(sums, 4, -1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def char_rnn():
    width = data.WIDTH
    parameters = dict(
        e=normal(data.LETTERS, width), w=normal(width, 4 * width), u=normal(width, 4 * width), b=jnp.zeros(4 * width), o=normal(width, data.LETTERS),
        c=jnp.zeros(data.LETTERS))
    text = jnp.asarray(data.text())

    def loss(p, state, run):
        def cell(s, a):
            s = lstm(*s, a + s[0] @ p["u"])
            return s, s[0]
        state, states = jax.lax.scan(cell, state, p["e"][run[:-1]] @ p["w"] + p["b"])
        return cross_entropy(states @ p["o"] + p["c"], run[1:]), state

    @jax.jit
    def step(training, state, run):
        gradient, state = jax.grad(loss, has_aux=True)(training[0], state, run)
        return adam(training, gradient), state
    zeros = jnp.zeros((data.BATCH, width))
    held = [started(parameters)[0], (zeros, zeros)]

    def body():
        for run in text:
            held[:] = step(*held, run)
        jax.block_until_ready(held[0])
    return body, len(text)


def controller(width, learns):
    parameters = dict(
        e=normal(data.CHOICES + 1, width), w=normal(2 * width, 4 * width), b=jnp.zeros(4 * width), o=normal(width, data.CHOICES), c=jnp.zeros(data.CHOICES))
    zeros, first = jnp.zeros((data.SEQUENCES, width)), jnp.full((data.SEQUENCES,), data.CHOICES)

    def cell(p, h, c, token):
        return lstm(h, c, jnp.concatenate([p["e"][token], h], 1) @ p["w"] + p["b"])

    @jax.jit
    def sample(p, key):
        def one(state, key):
            h, c = cell(p, *state[:2], state[2])
            token = jax.random.categorical(key, h @ p["o"] + p["c"])
            return (h, c, token), token
        return jax.lax.scan(one, (zeros, zeros, first), jax.random.split(key, data.LENGTH))[1]

    def loss(p, taken, reward):
        def one(state, token):
            state = cell(p, *state, token)
            return state, state[0]
        states = jax.lax.scan(one, (zeros, zeros), jnp.concatenate([first[None], taken[:-1]]))[1]
        logs = jax.nn.log_softmax(states @ p["o"] + p["c"])
        entropy = -(jnp.exp(logs) * logs).sum(-1).mean()
        chosen = jnp.take_along_axis(logs, taken[..., None], 2)[..., 0].sum(0)
        return -(chosen * (reward - reward.mean())).mean() - 0.01 * entropy

    @jax.jit
    def step(state, taken, reward):
        return adam(state, jax.grad(loss)(state[0], taken, reward), 1e-6)
    held = started(parameters) + [jax.random.PRNGKey(1)]

    def body():
        held[1], own, other = jax.random.split(held[1], 3)
        taken = sample(held[0][0], own)
        if learns:
            held[0] = step(held[0], taken, jax.random.uniform(other, (data.SEQUENCES,)))
        jax.block_until_ready((taken, held[0][0]))
    return body, 1


def controller_sample_32(): return controller(32, False)
def controller_sample_100(): return controller(100, False)
def controller_step_32(): return controller(32, True)
def controller_step_100(): return controller(100, True)
