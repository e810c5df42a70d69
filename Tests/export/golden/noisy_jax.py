# (w, g, m, v, t) -> g + noise(0.1)
#
# Exported by nasl.

from typing import Callable, NamedTuple

import jax
import jax.numpy as jnp


def _noise(a, like, key):
    """A random number, normal with mean 0 and deviation a; each mention draws anew."""
    return a * jax.random.normal(key, jnp.shape(like))


class State(NamedTuple):
    step: jax.Array
    key: jax.Array


class Transformation(NamedTuple):
    init: Callable
    update: Callable


def _update(w, g, lr, key) -> jax.Array:
    return w - lr * (g + _noise(0.1, w, jax.random.fold_in(key, 0)))


def noisy(lr: float = 0.01, seed: int = 0) -> Transformation:
    """As Optax has it, and usable in its chains."""

    def init(params) -> State:
        return State(step=jnp.zeros((), jnp.int32), key=jax.random.key(seed))

    def update(grads, state: State, params):
        step = state.step + 1
        key, now = jax.random.split(state.key)
        leaves, tree = jax.tree.flatten(params)
        old = [tree.flatten_up_to(part) for part in (grads,)]
        new = []
        for place, (w, g) in enumerate(zip(leaves, *old)):
            changed = _update(w, g, lr, jax.random.fold_in(now, place))
            new.append((changed - w,))
        (updates,) = (tree.unflatten(part) for part in zip(*new))
        return updates, State(step, key)

    return Transformation(init, update)
