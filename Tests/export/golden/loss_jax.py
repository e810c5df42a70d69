# (p, y) -> -(y * log(p))
#
# Exported by nasl.

import jax
import jax.numpy as jnp


def found_loss(p: jax.Array, y: jax.Array) -> jax.Array:
    return -(y * jnp.log(p))


def found_loss_of_logits(logits: jax.Array, labels: jax.Array) -> jax.Array:
    """A classifier's loss: the sum over the classes, the mean over the examples."""
    p = jnp.maximum(jax.nn.softmax(logits), 1e-7)
    y = jax.nn.one_hot(labels, logits.shape[-1], dtype=p.dtype)
    return found_loss(p, y).sum(axis=-1).mean()
