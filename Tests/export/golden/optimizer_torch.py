# (w, g, m, v, t) -> exp(sign(g) * sign(m)) * g * (1 - t)
#
# Exported by nasl.

import torch
from torch import Tensor


def _sign(a):
    """-1, 0 or 1."""
    return torch.where(a != a, a, torch.sign(a))


def _update(w, g, m, lr, t, bias_2) -> tuple[Tensor, ...]:
    a = 0.9 * m + 0.09999999999999998 * g
    b = torch.exp(_sign(g) * _sign(a * (1 / bias_2)))
    return (
        w - lr * (b * g * (1 - t)),
        a,
    )


class SignRule(torch.optim.Optimizer):
    """The rule depends on how far training is: steps are all steps that it will
    take.
    """

    def __init__(self, params, steps: int, lr: float = 0.01) -> None:
        super().__init__(params, {"lr": lr, "steps": steps})

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
                    state["m"] = torch.zeros_like(w)
                state["step"] += 1
                lr = w.new_tensor(group["lr"])
                t = w.new_tensor((state["step"] - 1) / group["steps"])
                bias_2 = w.new_tensor(1 - 0.9 ** state["step"])
                new, state["m"] = _update(w, w.grad, state["m"], lr, t, bias_2)
                w.copy_(new)
        return loss
