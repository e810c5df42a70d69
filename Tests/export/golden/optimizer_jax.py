# (w, g, m, v, t) -> exp(sign(g) * sign(m)) * g * (1 - t)
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


def _update(w, g, m, lr, t, bias_2) -> tuple[jax.Array, ...]:
    a = 0.9 * m + 0.09999999999999998 * g
    b = jnp.exp(jnp.sign(g) * jnp.sign(a * (1 / bias_2)))
    return (
        w - lr * (b * g * (1 - t)),
        a,
    )


def sign_rule(steps: int, lr: float = 0.01) -> Transformation:
    """As Optax has it; steps are all steps that training will take."""

    def init(params) -> State:
        return State(
            step=jnp.zeros((), jnp.int32), m=jax.tree.map(jnp.zeros_like, params)
        )

    def update(grads, state: State, params):
        step = state.step + 1
        t = (step - 1) / steps
        bias_2 = -jnp.expm1(-0.10536051565782628 * step)
        leaves, tree = jax.tree.flatten(params)
        old = [tree.flatten_up_to(part) for part in (grads, state.m)]
        new = []
        for w, g, m in zip(leaves, *old):
            changed, m = _update(w, g, m, lr, t, bias_2)
            new.append((changed - w, m))
        updates, m = (tree.unflatten(part) for part in zip(*new))
        return updates, State(step, m)

    return Transformation(init, update)
