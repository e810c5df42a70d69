# t -> 0.5 * (1 + cos(pi * t))
#
# Exported by nasl.

import jax
import jax.numpy as jnp


def half_cosine(t: jax.Array) -> jax.Array:
    return 0.5 * (1 + jnp.cos(3.141592653589793 * t))


def half_cosine_schedule(lr: float, steps: int):
    """A learning rate by step, as Optax takes it: lr by a factor of progress."""
    return lambda count: lr * half_cosine(count / steps)
