# char_rnn(cell: gru, width: 5)
#
# Exported by nasl.

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn


CHARACTERS = (
    b"\n !\"&'(),-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrs"
    b"tuvwxyz"
)


class Step(nn.Module):
    """A step: x: [batch] characters, by their place in CHARACTERS, and the state
    that it carries, zeros at first ([batch, 5]); gives logits, 75 for each, and
    the next state.
    """

    def __init__(self) -> None:
        super().__init__()
        self.table_1 = nn.Parameter(torch.empty(75, 5))
        self.dense_1 = nn.Linear(5, 5)
        self.dense_2 = nn.Linear(5, 5)
        self.dense_3 = nn.Linear(5, 5)
        self.reset_recurrent_1 = nn.Parameter(torch.empty(5, 5))
        self.update_recurrent_1 = nn.Parameter(torch.empty(5, 5))
        self.dense_4 = nn.Linear(5, 5)
        self.dense_5 = nn.Linear(5, 75)

    def forward(self, x: Tensor, h: Tensor) -> tuple[Tensor, ...]:
        h1 = self.dense_1(self.table_1)
        h2 = F.embedding(x, h1)
        h2 = h2.reshape(-1, 5)
        h3 = self.dense_2(self.table_1)
        h4 = F.embedding(x, h3)
        h4 = h4.reshape(-1, 5)
        h5 = self.dense_3(self.table_1)
        x = F.embedding(x, h5)
        x = x.reshape(-1, 5)
        h6 = h2 + h @ self.reset_recurrent_1
        h7 = h4 + h @ self.update_recurrent_1
        h8 = self.dense_4(h)
        a = torch.sigmoid(h7)
        h6 = (1 - a) * torch.tanh(x + torch.sigmoid(h6) * h8) + a * h
        h9 = self.dense_5(h6)
        return h9, h6


def load() -> Step:
    """The net with its trained weights, from the file beside this one."""
    net = Step()
    net.load_state_dict(load_file(Path(__file__).with_suffix(".safetensors")))
    return net.eval()
