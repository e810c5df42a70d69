"""Training by PyTorch in double precision, from starting weights and batches that TrajectoryTests wrote: one line `net,step,loss` each.

    training.py FOLDER                  prints them
    training.py FOLDER --check FILE     fails where they differ from those of a file by more than 1e-9
"""
import json
import pathlib
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


class Weights:
    """Hands out a net's parameters in the order in which it was built."""

    def __init__(self, parameters):
        self.all = [torch.tensor(p["values"], dtype=torch.float64).reshape(p["shape"]).requires_grad_() for p in parameters]
        self.next = 0

    def take(self, count):
        self.next += count
        return self.all[self.next - count:self.next]


def conv(x, filters, bias=None, stride=1):
    """Padding as in TensorFlow: of an odd number more below and to the right."""
    edges = []
    for length, side in zip(x.shape[2:], filters.shape[:2]):
        missing = max((-(-length // stride) - 1) * stride + side - length, 0)
        edges.append((missing // 2, missing - missing // 2))
    return F.conv2d(F.pad(x, (*edges[1], *edges[0])), filters.permute(3, 2, 0, 1), bias, stride)


def norm(x, scale, shift):
    return F.batch_norm(x, None, None, scale, shift, training=True)


def mlp(w, x):
    x = x.flatten(1)
    for layer in range(3):
        weight, bias = w.take(2)
        x = x @ weight + bias
        if layer < 2:
            x = x * x.sigmoid()
    return x


def convnet(w, x):
    x = x.permute(0, 3, 1, 2)
    for _ in range(2):
        x = F.max_pool2d(conv(x, *w.take(2)).relu(), 2)
    weight, bias = w.take(2)
    return x.permute(0, 2, 3, 1).flatten(1) @ weight + bias


def resnet20(w, x):
    x = norm(conv(x.permute(0, 3, 1, 2), *w.take(1)), *w.take(2)).relu()
    for stage in range(3):
        for block in range(3):
            stride = 2 if stage > 0 and block == 0 else 1
            y = norm(conv(x, *w.take(1), stride=stride), *w.take(2)).relu()
            y = norm(conv(y, *w.take(1)), *w.take(2))
            short = x[:, :, ::stride, ::stride]
            x = (F.pad(short, (0, 0, 0, 0, 0, y.shape[1] - short.shape[1])) + y).relu()
    weight, bias = w.take(2)
    return x.mean((2, 3)) @ weight + bias


class CharRNN:
    state = None

    def start(self, batch, width):
        if self.state is None:
            self.state = [torch.zeros(batch, width) for _ in range(2)]
        return [s.detach() for s in self.state]

    def __call__(self, w, x):
        table, weight, recurrent, bias = w.take(4)
        h, c = self.start(x.shape[1], recurrent.shape[0])
        outputs = []
        for tokens in x:
            i, f, g, o = (table[tokens] @ weight + bias + h @ recurrent).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            outputs.append(h)
        self.state = [h, c]
        weight, bias = w.take(2)
        return torch.cat(outputs) @ weight + bias


class CharGRU(CharRNN):
    def __call__(self, w, x):
        (table,) = w.take(1)
        gates = [w.take(3) for _ in range(3)]  # input weights, bias, recurrent weights of reset, update, new
        (inner,) = w.take(1)
        h, _ = self.start(x.shape[1], inner.shape[0])
        outputs = []
        for tokens in x:
            v = table[tokens]
            sums = [v @ weight + bias for weight, bias, _ in gates]
            r, z = ((sums[k] + h @ gates[k][2]).sigmoid() for k in range(2))
            n = (sums[2] + r * (h @ gates[2][2] + inner)).tanh()
            h = (1 - z) * n + z * h
            outputs.append(h)
        self.state = [h, h]
        weight, bias = w.take(2)
        return torch.cat(outputs) @ weight + bias


def losses(file):
    data = json.loads(file.read_text())
    weights = Weights(data["parameters"])
    net = {"mlp": mlp, "convnet": convnet, "resnet20": resnet20, "char_rnn": CharRNN(), "char_gru": CharGRU()}[data["net"]]
    optimizer = dict(adam=torch.optim.Adam, sgd=torch.optim.SGD)[data["optimizer"]](weights.all, lr=data["rate"])
    for inputs, labels in zip(data["inputs"], data["labels"]):
        x = torch.tensor(inputs)
        x = x.reshape(data["batch"], *data["shape"]) if data["shape"] else x.long().reshape(-1, data["batch"])
        weights.next = 0
        loss = F.cross_entropy(net(weights, x), torch.tensor(labels))
        assert weights.next == len(weights.all), "parameters are left over"
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.item()


def main():
    found = {}
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
        for step, loss in enumerate(losses(file), 1):
            found[file.stem, step] = loss
    if "--check" not in sys.argv:
        for (net, step), loss in found.items():
            print(f"{net},{step},{loss!r}")
        return
    recorded = {}
    for line in pathlib.Path(sys.argv[3]).read_text().splitlines():
        net, step, loss = line.split(",")
        recorded[net, int(step)] = float(loss)
    worst = max((abs(found.get(key, float("inf")) - loss) for key, loss in recorded.items()), default=float("inf"))
    print(f"{len(recorded)} recorded losses, largest difference {worst:.1e}")
    sys.exit(worst > 1e-9)


main()
