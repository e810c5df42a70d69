"""PyTorch, eager, one thread."""
import torch
import torch.nn as nn
import torch.nn.functional as F

import data

torch.set_num_threads(1)
torch.set_flush_denormal(True)


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


class Block(nn.Module):
    """With the shortcut without weights (option A of He et al. 2016), as in the project."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride, self.more = stride, outputs - inputs
        self.first, self.second = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm2d(outputs), nn.BatchNorm2d(outputs)])

    def forward(self, x):
        y = self.norms[1](self.second(F.relu(self.norms[0](self.first(x)))))
        if self.stride > 1 or self.more:
            x = F.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, 0, self.more))
        return F.relu(x + y)


def training(net, x, y, steps):
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, y = torch.tensor(x), torch.tensor(y)

    def body():
        order = torch.randperm(len(x))
        for step in range(steps):
            first = step * data.BATCH % (len(x) - data.BATCH + 1)
            rows = order[first:first + data.BATCH]
            loss = F.cross_entropy(net(x[rows]), y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
    return body, steps


def mlp():
    return training(nn.Sequential(nn.Linear(64, 64), Swish(), nn.Linear(64, 64), Swish(), nn.Linear(64, 10)), *data.digits(), 200)


def cnn():
    net = nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)), nn.Conv2d(1, 16, 3, padding=1), Swish(), nn.Conv2d(16, 32, 3, padding=1), Swish(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(512, 10))
    return training(net, *data.digits(), 50)


def resnet20():
    blocks = [(16, 16, 1)] * 3 + [(16, 32, 2)] + [(32, 32, 1)] * 2 + [(32, 64, 2)] + [(64, 64, 1)] * 2
    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), *[Block(*b) for b in blocks], nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(64, 10))
    x, y = data.images()
    return training(net, x.transpose(0, 3, 1, 2).copy(), y, 1)


def char_rnn():
    table, cell, out = nn.Embedding(data.LETTERS, data.WIDTH), nn.LSTM(data.WIDTH, data.WIDTH), nn.Linear(data.WIDTH, data.LETTERS)
    optimizer = torch.optim.Adam([*table.parameters(), *cell.parameters(), *out.parameters()], lr=1e-3)
    text = torch.tensor(data.text())

    def body():
        state = None
        for run in text:
            states, state = cell(table(run[:-1]), state)
            state = tuple(s.detach() for s in state)
            loss = F.cross_entropy(out(states).flatten(0, 1), run[1:].flatten())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
    return body, len(text)


class Controller(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width, self.table = width, nn.Embedding(data.CHOICES + 1, width)
        self.cell, self.out = nn.LSTM(width, width), nn.Linear(width, data.CHOICES)

    @torch.no_grad()
    def sample(self):
        weights = self.cell.weight_ih_l0, self.cell.weight_hh_l0, self.cell.bias_ih_l0, self.cell.bias_hh_l0
        h, c = torch.zeros(2, data.SEQUENCES, self.width)
        token, taken = torch.full((data.SEQUENCES,), data.CHOICES), []
        for _ in range(data.LENGTH):
            h, c = torch.lstm_cell(self.table(token), (h, c), *weights)
            logits = self.out(h)
            token = (logits - torch.log(-torch.log(torch.rand_like(logits)))).argmax(1)
            taken.append(token)
        return torch.stack(taken)


def controller(width, learns):
    policy = Controller(width)
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-6)

    def body():
        taken = policy.sample()
        if not learns:
            return
        reward = torch.rand(data.SEQUENCES)
        before = torch.cat([torch.full((1, data.SEQUENCES), data.CHOICES), taken[:-1]])
        states, _ = policy.cell(policy.table(before))
        logs = F.log_softmax(policy.out(states), -1)
        entropy = -(logs.exp() * logs).sum(-1).mean()
        loss = -(logs.gather(2, taken[..., None])[..., 0].sum(0) * (reward - reward.mean())).mean() - 0.01 * entropy
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return body, 1


def controller_sample_32(): return controller(32, False)
def controller_sample_100(): return controller(100, False)
def controller_step_32(): return controller(32, True)
def controller_step_100(): return controller(100, True)
