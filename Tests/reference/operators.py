"""Operators by PyTorch in double precision: values and gradients of random cases, one JSON object per line.

    operators.py SEED CASES [SMALL]     so many cases of each operator; sides of SMALL at most
"""
import json
import math
import random
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


SIDE = int(sys.argv[3]) if len(sys.argv) > 3 else 1000


def sizes(count, most=7):
    return [random.randint(1, min(most, SIDE)) for _ in range(count)]


def values(shape, low=-2.0, high=2.0):
    """Of few digits, and never whole, where some functions jump."""
    return ((torch.rand(shape) * (high - low) + low).mul(1000).floor() / 1000 + 0.00025).requires_grad_()


def distinct(shape):
    """No two the same: of equal ones it is not said which is the largest."""
    count = math.prod(shape)
    return ((torch.randperm(count).reshape(shape) + 0.5) * (4 / count) - 2).requires_grad_()


def tokens(count, below):
    return torch.randint(0, below, (count,))


def to_nchw(x):
    return x.permute(0, 3, 1, 2)


def to_nhwc(x):
    return x.permute(0, 2, 3, 1)


def window(same):
    """An image, a window over it, a stride, and what is missing at each edge."""
    while True:
        image, size, stride = sizes(2, 9), [random.choice([1, 2, 3, 5, 7]), random.choice([1, 2, 3, 5])], random.choice([1, 1, 2, 3])
        if same or all(s <= i for s, i in zip(size, image)):
            break
    edges = []
    for length, side in zip(image, size):
        missing = max((math.ceil(length / stride) - 1) * stride + side - length, 0) if same else 0
        edges.append((missing // 2, missing - missing // 2))
    return image, size, stride, edges


def padded(x, edges, value=0.0):
    return F.pad(x, (*edges[1], *edges[0]), value=value)


# ---- each gives: settings, inputs, tokens (or none), results


def matmul():
    m, k, n = sizes(3, 40)
    a, b = values([m, k]), values([k, n])
    return {}, [a, b], None, [a @ b]


def matmul_transposed():
    m, k, n = sizes(3, 40)
    a, b = values([m, k]), values([n, k])
    return {}, [a, b], None, [a @ b.T]


def dense():
    m, k, n = sizes(3, 40)
    x, w, b = values([m, k]), values([k, n]), values([n])
    return {}, [x, w, b], None, [x @ w + b]


def convolution():
    same = random.random() < 0.6
    image, size, stride, edges = window(same)
    batch, channels, filters = random.randint(1, 3), random.choice([1, 2, 3, 5, 16]), random.choice([1, 2, 4, 17, 20])
    x, w, b = values([batch, *image, channels]), values([*size, channels, filters]), values([filters])
    y = F.conv2d(padded(to_nchw(x), edges), w.permute(3, 2, 0, 1).contiguous(), b, stride)
    return dict(image=image, size=size, stride=[stride], same=[int(same)]), [x, w, b], None, [to_nhwc(y)]


def max_pool():
    same = random.random() < 0.5
    image, size, stride, edges = window(same)
    x = distinct([random.randint(1, 3), *image, random.randint(1, 18)])
    y = F.max_pool2d(padded(to_nchw(x), edges, -math.inf), size, stride)
    return dict(image=image, size=size, stride=[stride], same=[int(same)]), [x], None, [to_nhwc(y)]


def average_pool():
    same = random.random() < 0.5
    image, size, stride, edges = window(same)
    x = values([random.randint(1, 3), *image, random.randint(1, 18)])
    share = F.avg_pool2d(padded(torch.ones(1, 1, *image), edges), size, stride)
    y = F.avg_pool2d(padded(to_nchw(x), edges), size, stride) / share
    return dict(image=image, size=size, stride=[stride], same=[int(same)]), [x], None, [to_nhwc(y)]


def batch_norm():
    shape = sizes(2, 30)
    shape[0] += 1
    x, scale, shift = values(shape), values(shape[1:]), values(shape[1:])
    mean, variance = torch.zeros(shape[1]), torch.zeros(shape[1])
    y = F.batch_norm(x, mean, variance, scale, shift, training=True)
    return {}, [x, scale, shift], None, [y, torch.stack([mean, variance])]


def batch_norm_evaluated():
    shape = sizes(2, 30)
    x, mean, scale, shift = values(shape), values(shape[1:]), values(shape[1:]), values(shape[1:])
    variance = values(shape[1:], 0.1, 3)
    y = F.batch_norm(x, mean.detach(), variance.detach(), scale, shift)
    return {}, [x, scale, shift, torch.stack([mean, variance]).detach()], None, [y]


def layer_norm():
    shape = sizes(2, 30)
    shape[1] += 1
    x, scale, shift = values(shape), values(shape[1:]), values(shape[1:])
    return {}, [x, scale, shift], None, [F.layer_norm(x, shape[1:], scale, shift)]


def embedding():
    batch, context, width, words = sizes(4, 20)
    table, picked = values([words, width]), tokens(batch * context, words)
    return dict(tokens=[batch, context]), [table], picked, [F.embedding(picked, table).reshape(batch, context * width)]


def concatenate():
    rows = random.randint(1, 9)
    xs = [values([rows, random.randint(1, 20)]) for _ in range(3)]
    return {}, xs, None, [torch.cat(xs, 1)]


def concatenate_images():
    batch = random.randint(1, 3)
    xs = [values([batch, *sizes(3, 6)]) for _ in range(3)]
    tall, wide = max(x.shape[1] for x in xs), max(x.shape[2] for x in xs)
    filled = [F.pad(x, (0, 0, 0, wide - x.shape[2], 0, tall - x.shape[1])) for x in xs]
    return {}, xs, None, [torch.cat(filled, 3)]


def subsample():
    stride, (batch, height, width, channels) = random.randint(1, 3), sizes(4)
    more = random.randint(0, 5)
    x = values([batch, height, width, channels])
    return dict(stride=[stride], channels=[channels + more]), [x], None, [F.pad(x[:, ::stride, ::stride], (0, more))]


def columns():
    x = values(sizes(2, 30))
    first = random.randrange(x.shape[1])
    end = random.randint(first + 1, x.shape[1])
    return dict(range=[first, end]), [x], None, [x[:, first:end]]


def rows():
    x = values(sizes(3, 12))
    first = random.randrange(x.shape[0])
    end = random.randint(first + 1, x.shape[0])
    return dict(range=[first, end]), [x], None, [x[first:end]]


def reshape():
    a, b, c = sizes(3)
    x = values([a, b * c])
    return dict(shape=[a * b, c]), [x], None, [x.reshape(a * b, c)]


def transpose():
    x = values(sizes(2, 30))
    return {}, [x], None, [x.T]


def gather():
    x = values(sizes(2, 30))
    picked = tokens(x.shape[0], x.shape[1])
    return {}, [x], picked, [x.gather(1, picked[:, None])[:, 0]]


def stack():
    width = random.randint(1, 20)
    xs = [values([random.randint(1, 6), width]) for _ in range(3)]
    return {}, xs, None, [torch.cat(xs, 0)]


def total():
    # In single precision a sum is as exact as its terms are few.
    x = values(sizes(2, 12))
    return {}, [x], None, [x.sum().reshape(1)]


def mean():
    x = values(sizes(2, 40))
    return {}, [x], None, [x.mean().reshape(1)]


def log_softmax():
    x = values(sizes(2, 40), -9, 9)
    return {}, [x], None, [F.log_softmax(x, 1)]


def cross_entropy():
    x = values(sizes(2, 40), -9, 9)
    labels = tokens(*x.shape)
    return {}, [x], labels, [F.cross_entropy(x, labels, reduction="none")]


def lstm():
    batch, width, steps = random.randint(1, 5), random.randint(1, 20), 3
    x, h, c, w = values([steps * batch, 4 * width]), values([batch, width]), values([batch, width]), values([width, 4 * width], -0.5, 0.5)
    state, cell, outputs = h, c, []
    for step in range(steps):
        i, f, g, o = (x[step * batch:(step + 1) * batch] + state @ w).chunk(4, 1)
        cell = f.sigmoid() * cell + i.sigmoid() * g.tanh()
        state = o.sigmoid() * cell.tanh()
        outputs.append(state)
    return dict(steps=[steps]), [x, h, c, w], None, [torch.cat(outputs), cell]


UNARY = dict(
    neg=torch.neg, abs=torch.abs, square=torch.square, cube=lambda x: x ** 3, exp=torch.exp, sin=torch.sin, cos=torch.cos, sinh=torch.sinh,
    cosh=torch.cosh, tanh=torch.tanh, asinh=torch.asinh, atan=torch.atan, sigmoid=torch.sigmoid, relu=torch.relu, softplus=F.softplus, erf=torch.erf,
    gelu=F.gelu, sinc=lambda x: torch.sin(x) / x, sign=torch.sign, floor=torch.floor, round=torch.round, id=lambda x: x * 1.0,
    sqrt=torch.sqrt, log=torch.log, tan=torch.tan)
RANGES = dict(sqrt=(0.1, 9), log=(0.1, 9), tan=(-1.2, 1.2), sin=(-30, 30), cos=(-30, 30), tanh=(-8, 8), sigmoid=(-20, 20), softplus=(-20, 20), erf=(-4, 4))
BINARY = dict(
    add=torch.add, sub=torch.sub, mul=torch.mul, div=torch.div, pow=torch.pow, max=torch.maximum, min=torch.minimum,
    clip=lambda x, y: torch.minimum(torch.maximum(x, -y), y), mod=lambda x, y: x - y * torch.floor(x / y), left=lambda x, y: x * 1.0 + y * 0.0)
POSITIVE_LEFT, POSITIVE_RIGHT = {"pow"}, {"clip", "div", "mod"}


def unary(name):
    def case():
        x = values(sizes(random.randint(1, 4), 6), *RANGES.get(name, (-2, 2)))
        return dict(name=name), [x], None, [UNARY[name](x)]
    return case


def binary(name):
    def case():
        shape = sizes(random.randint(1, 4), 7)
        other = random.choice([shape, [1], shape[-1:], shape[:-1] + [1]])
        shapes = [shape, other] if random.random() < 0.5 else [other, shape]
        a = values(shapes[0], *((0.2, 2) if name in POSITIVE_LEFT else (-2, 2)))
        # Half a step away, so that no two are equal, where `max` has a kink.
        b = (values(shapes[1], *((0.3, 2) if name in POSITIVE_RIGHT else (-2, 2))).detach() + 0.0005).requires_grad_()
        return dict(name=name), [a, b], None, [BINARY[name](a, b)]
    return case


PLAIN = [
    matmul, matmul_transposed, dense, convolution, max_pool, average_pool, batch_norm, batch_norm_evaluated, layer_norm, embedding, concatenate,
    concatenate_images, subsample, columns, rows, reshape, transpose, gather, stack, total, mean, log_softmax, cross_entropy, lstm]
CASES = [(f.__name__, f) for f in PLAIN] + [("elementwise", unary(n)) for n in UNARY] + [("elementwise", binary(n)) for n in BINARY]


def numbers(tensor):
    return [float(f"{x:.16g}") for x in tensor.detach().flatten().tolist()]


def line(op, case):
    settings, inputs, picked, results = case()
    # What is differentiated: the first result, weighted.
    weights = values(results[0].shape, -1, 1).detach()
    wanted = [x for x in inputs if x.requires_grad]
    loss = (results[0] * weights).sum()
    slopes = torch.autograd.grad(loss, wanted, allow_unused=True) if loss.requires_grad else [None] * len(wanted)
    return dict(
        op=op, name=settings.pop("name", ""), settings=settings, tokens=[] if picked is None else picked.tolist(), weights=numbers(weights),
        inputs=[dict(shape=list(x.shape), values=numbers(x)) for x in inputs],
        gradients=[numbers(torch.zeros_like(x) if g is None else g) for x, g in zip(wanted, slopes)],
        results=[numbers(r) for r in results])


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    random.seed(seed)
    torch.manual_seed(seed)
    for op, case in CASES:
        for _ in range(count):
            print(json.dumps(line(op, case), separators=(",", ":")))


main()
