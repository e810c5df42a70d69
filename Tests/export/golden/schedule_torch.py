# t -> 0.5 * (1 + cos(pi * t))
#
# Exported by nasl.

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR


def half_cosine(t: Tensor) -> Tensor:
    return 0.5 * (1 + torch.cos(3.141592653589793 * t))


def half_cosine_scheduler(optimizer: torch.optim.Optimizer, steps: int) -> LambdaLR:
    """A factor on the learning rate, by progress from 0 to 1."""

    def factor(step: int) -> float:
        return half_cosine(torch.tensor(step / steps, dtype=torch.float64)).item()

    return LambdaLR(optimizer, factor)
