# momentum(lr: 0.01)
#
# Exported by nasl.

from typing import Any, Callable, NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    step: jax.Array
    m: Any


class Transformation(NamedTuple):
    init: Callable
    update: Callable


def _update(w, g, m, lr) -> tuple[jax.Array, ...]:
    a = 0.9 * m + g
    return (
        w - lr * a,
        a,
    )


def heavy_ball(lr: float = 0.01) -> Transformation:
    """As Optax has it, and usable in its chains."""

    def init(params) -> State:
        return State(
            step=jnp.zeros((), jnp.int32), m=jax.tree.map(jnp.zeros_like, params)
        )

    def update(grads, state: State, params):
        step = state.step + 1
        leaves, tree = jax.tree.flatten(params)
        old = [tree.flatten_up_to(part) for part in (grads, state.m)]
        new = []
        for w, g, m in zip(leaves, *old):
            changed, m = _update(w, g, m, lr)
            new.append((changed - w, m))
        updates, m = (tree.unflatten(part) for part in zip(*new))
        return updates, State(step, m)

    return Transformation(init, update)
