# conv(4, stride: 2) >> batch_norm >> (x -> x * sigmoid(param(1) * x)) >>
# max_pool(2) >> flatten >> dense(8) >> tanh >> classify
#
# Exported by nasl.

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn


class SmallNet(nn.Module):
    """x: [batch, 1, 8, 8]; gives logits, 10 for each."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_1 = nn.Conv2d(1, 4, (3, 3), stride=2)
        self.norm_1 = nn.BatchNorm2d(4, eps=1e-5)
        self.param_1 = nn.Parameter(torch.empty(4))
        self.dense_1 = nn.Linear(16, 8)
        self.dense_2 = nn.Linear(8, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv_1(F.pad(x, (0, 1, 0, 1)))
        x = self.norm_1(x)
        x = x * torch.sigmoid(self.param_1.view(-1, 1, 1) * x)
        x = F.max_pool2d(x, (2, 2), stride=2)
        x = x.permute(0, 2, 3, 1).flatten(1)
        x = self.dense_1(x)
        x = torch.tanh(x)
        x = self.dense_2(x)
        return x


def load() -> SmallNet:
    """The net with its trained weights, from the file beside this one."""
    net = SmallNet()
    net.load_state_dict(load_file(Path(__file__).with_suffix(".safetensors")))
    return net.eval()
