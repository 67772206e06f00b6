"""Records programs of gplearn: `pip install gplearn==0.4.3 "scikit-learn<1.6"`, then `python record_gplearn.py`."""

import random

import gplearn
import numpy as np
from gplearn._program import _Program
from gplearn.functions import _function_map
from sklearn.utils import check_random_state

import corpus

VARIABLES = 4
NOISE = random.Random(1)
SPREAD = 1e-13


def disturbed(program, point):
    """The program's value with every result off by up to two units in the last place."""
    stack = []
    for node in reversed(program.program):
        if isinstance(node, int):
            stack.append(point[node])
        elif isinstance(node, float):
            stack.append(node)
        else:
            operands = [np.array([stack.pop()]) for _ in range(node.arity)]
            value = float(node.function(*operands)[0])
            if node.name not in ("abs", "neg", "max", "min"):
                value *= 1 + NOISE.randint(-4, 4) * 2.0**-53
            stack.append(value)
    return stack[0]


def main():
    points = corpus.sample_points(VARIABLES, 16, seed=2)
    table = np.array(points)
    functions = list(_function_map.values())
    arities = {}
    for function in functions:
        arities.setdefault(function.arity, []).append(function)
    state = check_random_state(42)
    formulas, seen, used = [], set(), set()
    while len(formulas) < 160:
        program = _Program(
            function_set=functions, arities=arities, init_depth=(1, 5), init_method="half and half",
            n_features=VARIABLES, const_range=(-3.0, 3.0), metric=None, p_point_replace=0.05,
            parsimony_coefficient=0.001, random_state=state)
        # gplearn prints three decimals: the program must hold what is printed.
        program.program = [float(f"{n:.3f}") if isinstance(n, float) else n for n in program.program]
        program.program = [int(n) if isinstance(n, (int, np.integer)) else n for n in program.program]
        text = str(program)
        if text in seen or len(program.program) > 40:
            continue
        seen.add(text)
        values = []
        with np.errstate(all="ignore"):
            for point, value in zip(points, program.execute(table)):
                value = float(value)
                steady = all(corpus.agree(disturbed(program, point), value, SPREAD) for _ in range(8))
                values.append(value if steady else None)
        if sum(v is not None for v in values) < 8:
            continue
        used.update(n.name for n in program.program if not isinstance(n, (int, float)))
        formulas.append((text, values))
    assert used == set(_function_map), used
    header = {
        "program": f"gplearn {gplearn.__version__}", "dialect": "gplearn", "spread": SPREAD,
        "variables": [f"X{i}" for i in range(VARIABLES)], "points": points}
    corpus.write("gplearn.jsonl", header, formulas)


main()
