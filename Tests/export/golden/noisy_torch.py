# (w, g, m, v, t) -> g + noise(0.1)
#
# Exported by nasl.

import torch
from torch import Tensor


def _noise(a, like):
    """A random number, normal with mean 0 and deviation a; each mention draws anew."""
    return a * torch.randn_like(like)


def _update(w, g, lr) -> Tensor:
    return w - lr * (g + _noise(0.1, w))


class Noisy(torch.optim.Optimizer):
    """An optimizer for every step of any training."""

    def __init__(self, params, lr: float = 0.01) -> None:
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for w in group["params"]:
                if w.grad is None:
                    continue
                state = self.state[w]
                if not state:
                    state["step"] = 0
                state["step"] += 1
                lr = w.new_tensor(group["lr"])
                new = _update(w, w.grad, lr)
                w.copy_(new)
        return loss
