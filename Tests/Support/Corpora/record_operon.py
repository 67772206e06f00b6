"""Records models of Operon: `pip install pyoperon==0.6.2 numpy`, then `python record_operon.py`.

Operon computes in Float. Its printer rounds coefficients to the decimals asked for, so the trees get coefficients that
few decimals hold exactly. A value is null where a Double evaluation with every result disturbed by some units in the last
place of a Float disagrees with itself, and where a step underflows or computes with an infinity: Operon's fast functions
make exp(-inf) 2.9e-39 and sqrt(inf) NaN.
"""

import random

import numpy as np
import pyoperon as op

import corpus

VARIABLES = 4
NOISE = random.Random(6)
SPREAD = 1e-5

MEANINGS = {
    "Add": lambda a, b: a + b, "Sub": lambda a, b: a - b, "Mul": lambda a, b: a * b, "Div": lambda a, b: a / b,
    "Aq": lambda a, b: a / np.sqrt(1 + b * b), "Pow": np.power, "Powabs": lambda a, b: np.power(np.abs(a), b),
    # The Python names of these two are exchanged in pyoperon 0.6.2; what it prints and what it computes agree.
    "Fmax": lambda a, b: b if b < a else a, "Fmin": lambda a, b: b if b > a else a,
    "Abs": np.abs, "Acos": np.arccos, "Asin": np.arcsin, "Atan": np.arctan, "Cbrt": np.cbrt, "Ceil": np.ceil, "Cos": np.cos,
    "Cosh": np.cosh, "Exp": np.exp, "Floor": np.floor, "Log": np.log, "Logabs": lambda a: np.log(np.abs(a)),
    "Log1p": np.log1p, "Sin": np.sin, "Sinh": np.sinh, "Sqrt": np.sqrt, "Sqrtabs": lambda a: np.sqrt(np.abs(a)),
    "Tan": np.tan, "Tanh": np.tanh, "Square": lambda a: a * a,
}
NAMES = {getattr(op.NodeType, name): name for name in MEANINGS}


def random_tree(generator, variables, depth):
    """Nodes in postfix order, the right operand of an operation first, as Operon has them."""
    if depth == 0 or generator.random() < 0.1:
        if generator.random() < 0.3:
            node = op.Node(op.NodeType.Constant)
        else:
            node = op.Node(op.NodeType.Variable)
            node.HashValue = generator.choice(variables).Hash
        node.Value = generator.randint(-160, 160) / 32
        return [node]
    node = op.Node(getattr(op.NodeType, generator.choice(list(MEANINGS))))
    operands = [random_tree(generator, variables, depth - 1) for _ in range(node.Arity)]
    return [n for operand in operands for n in operand] + [node]


def disturbed(nodes, point, variables):
    stack = []
    fast = False
    index = {v.Hash: i for i, v in enumerate(variables)}
    for node in nodes:
        if node.Type == op.NodeType.Constant:
            value = np.float64(node.Value)
        elif node.Type == op.NodeType.Variable:
            value = np.float64(node.Value) * point[index[node.HashValue]]
        else:
            operands = [stack.pop() for _ in range(node.Arity)]
            value = MEANINGS[NAMES[node.Type]](*operands)
            fast = fast or 0 < abs(value) < 1e-30 or any(abs(a) > 1e30 for a in operands)
            value = np.float64(np.float32(value * (1 + NOISE.randint(-4, 4) * 2.0**-24)))
        stack.append(value)
    return None if fast else float(stack[0])


def is_steady(nodes, point, variables):
    values = [disturbed(nodes, point, variables) for _ in range(12)]
    return None not in values and all(corpus.agree(value, values[0], SPREAD) for value in values)


def main():
    points = corpus.sample_points(VARIABLES, 16, seed=7, representable=lambda value: float(np.float32(value)))
    dataset = op.Dataset(np.asfortranarray(np.array(points, dtype=np.float32)))
    variables = dataset.Variables
    generator = random.Random(8)
    formulas, seen, used = [], set(), set()
    while len(formulas) < 160:
        nodes = random_tree(generator, variables, generator.choice([1, 2, 3, 3, 4]))
        tree = op.Tree(nodes)
        tree.UpdateNodes()
        text = op.InfixFormatter.Format(tree, dataset, 5)
        if text in seen or len(text) > 200 or len(nodes) < 2:
            continue
        seen.add(text)
        values = []
        with np.errstate(all="ignore"):
            for point, value in zip(points, op.Evaluate(tree, dataset, op.Range(0, len(points)))):
                values.append(float(value) if is_steady(nodes, point, variables) else None)
        if sum(v is not None for v in values) < 8 or all(v != v for v in values if v is not None):
            continue
        used.update(NAMES[n.Type] for n in nodes if n.Type in NAMES)
        formulas.append((text, values))
    assert used == set(MEANINGS), set(MEANINGS) - used
    header = {
        "program": "pyoperon 0.6.2", "dialect": "operon", "spread": SPREAD,
        "variables": [v.Name for v in variables], "points": points}
    corpus.write("operon.jsonl", header, formulas)


main()
