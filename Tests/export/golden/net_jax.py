# conv(4, stride: 2) >> batch_norm >> (x -> x * sigmoid(param(1) * x)) >>
# max_pool(2) >> flatten >> dense(8) >> tanh >> classify
#
# Exported by nasl.

from pathlib import Path

import jax
import jax.numpy as jnp
from safetensors.numpy import load_file


def load() -> dict[str, jax.Array]:
    """The trained weights, from the file beside this one."""
    weights = load_file(Path(__file__).with_suffix(".safetensors"))
    return {name: jnp.asarray(weight) for name, weight in weights.items()}


def apply(params: dict[str, jax.Array], x: jax.Array) -> jax.Array:
    """x: [batch, 8, 8, 1]; gives logits, 10 for each."""
    x = jax.lax.conv_general_dilated(
        x,
        params["conv_1.weight"],
        (2, 2),
        ((0, 1), (0, 1)),
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    x = x + params["conv_1.bias"]
    mean, variance = params["norm_1.running"]
    x = (x - mean) / jnp.sqrt(variance + 1e-5) * params["norm_1.weight"]
    x = x + params["norm_1.bias"]
    x = x * jax.nn.sigmoid(params["param_1"] * x)
    x = jax.lax.reduce_window(
        x,
        -jnp.inf,
        jax.lax.max,
        (1, 2, 2, 1),
        (1, 2, 2, 1),
        ((0, 0), (0, 0), (0, 0), (0, 0)),
    )
    x = x.reshape(-1, 16)
    x = x @ params["dense_1.weight"] + params["dense_1.bias"]
    x = jnp.tanh(x)
    x = x @ params["dense_2.weight"] + params["dense_2.bias"]
    return x
