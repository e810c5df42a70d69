# (p, y) -> -(y * log(p))
#
# Exported by nasl.

import torch
import torch.nn.functional as F
from torch import Tensor


def found_loss(p: Tensor, y: Tensor) -> Tensor:
    return -(y * torch.log(p))


def found_loss_of_logits(logits: Tensor, labels: Tensor) -> Tensor:
    """A classifier's loss: the sum over the classes, the mean over the examples."""
    p = torch.softmax(logits, dim=-1).clamp(min=1e-7)
    y = F.one_hot(labels, logits.shape[-1]).to(p.dtype)
    return found_loss(p, y).sum(dim=-1).mean()
