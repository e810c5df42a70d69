"""Operon, single precision, one thread. It has no sigmoid: tanh stands for it."""
import numpy as np
import pyoperon

import data


def expressions_20_built():
    terms = data.expressions(1000)
    dataset = pyoperon.Dataset(np.asfortranarray(np.stack(data.points(20), 1)))
    rows, table, kinds = pyoperon.Range(0, 20), pyoperon.DispatchTable(), pyoperon.NodeType
    hashes = [variable.Hash for variable in dataset.Variables]
    heads = dict(
        sin=kinds.Sin, cos=kinds.Cos, exp=kinds.Exp, log=kinds.Log, tanh=kinds.Tanh, sigmoid=kinds.Tanh, add=kinds.Add, sub=kinds.Sub, mul=kinds.Mul,
        div=kinds.Div, max=kinds.Fmax)

    def nodes(term):
        if isinstance(term, float):
            return [pyoperon.Node.Constant(term)]
        if isinstance(term, str):
            node = pyoperon.Node(kinds.Variable)
            node.HashValue = node.CalculatedHashValue = hashes[int(term[1])]
            node.Value = 1.0
            return [node]
        head = pyoperon.Node(heads[term[0]])
        head.Arity = len(term) - 1
        return [node for part in reversed(term[1:]) for node in nodes(part)] + [head]

    def body():
        trees = [pyoperon.Tree(nodes(term)).UpdateNodes() for term in terms]
        results = np.zeros((20, len(trees)), dtype=np.float32, order="F")
        pyoperon.EvaluateTrees(trees, dataset, rows, results, 1)
    return body, 1
