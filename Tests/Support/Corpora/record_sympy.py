"""Records expressions as SymPy's str() prints them: `pip install sympy==1.14.0 numpy scipy`, then `python record_sympy.py`.

SymPy's own way to evaluate in Double is lambdify with NumPy and SciPy; its values are recorded.
"""

import random

import numpy as np
import scipy.special
import sympy as sp

import corpus

SYMBOLS = sp.symbols("x0:4", real=True)
NOISE = random.Random(3)
SPREAD = 1e-13

UNARY = [
    sp.sin, sp.cos, sp.tan, sp.asin, sp.acos, sp.atan, sp.sinh, sp.cosh, sp.tanh, sp.asinh, sp.acosh, sp.atanh, sp.exp,
    sp.log, sp.sqrt, sp.Abs, sp.sign, sp.floor, sp.ceiling, sp.Heaviside, sp.erf, sp.erfc, sp.sec, sp.csc, sp.cot, sp.sech,
    sp.csch, sp.coth, sp.acot, sp.asec, sp.acsc, sp.sinc, lambda a: -a, lambda a: a**2, lambda a: a**3, lambda a: 1 / a,
    lambda a: a ** sp.Rational(1, 3), lambda a: a ** sp.Rational(-3, 2), lambda a: sp.exp(-a**2 / 2),
    lambda a: 1 / (1 + sp.exp(-a)), lambda a: sp.log(1 + sp.exp(a)), lambda a: sp.log(a, 10), lambda a: sp.Integer(2) ** a,
]
BINARY = [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b, lambda a, b: a**b, sp.Max, sp.Min,
    sp.Mod, sp.atan2, lambda a, b: a + b, lambda a, b: a * b, lambda a, b: a * b,
    lambda a, b: sp.Piecewise((a, a > 0), (b, True)), lambda a, b: sp.Piecewise((a, (a > 0) & (b < 1)), (b, True)),
    lambda a, b: sp.Piecewise((a, (a <= 0) | (b >= 1)), (b, b > 2), (0, True)),
    lambda a, b: sp.Piecewise((a, sp.Eq(b, 0)), (a / b, True)), lambda a, b: sp.Piecewise((a, sp.Ne(a, b)), (b, True)),
    lambda a, b: sp.Piecewise((a * b, ~((a > 0) & (b > 0))), (a + b, True)), lambda a, b: sp.Piecewise((a, a < b)),
    lambda a, b: sp.Max(a, b, 1), lambda a, b: sp.Min(a, sp.Abs(b), sp.Rational(3, 2)),
    lambda a, b: sp.Piecewise((a, sp.Xor(a > 0, b > 0)), (b, True)),
]
LEAVES = list(SYMBOLS) * 3 + [
    sp.Integer(2), sp.Integer(-3), sp.Rational(1, 2), sp.Rational(-2, 3), sp.pi, sp.E, sp.Float("0.25"), sp.Float("-1.75"),
    sp.Float("1.5e-5"), sp.Float("2.5e20"),
]


def random_expression(generator, depth):
    if depth == 0 or generator.random() < 0.1:
        return generator.choice(LEAVES)
    if generator.random() < 0.45:
        return generator.choice(UNARY)(random_expression(generator, depth - 1))
    return generator.choice(BINARY)(random_expression(generator, depth - 1), random_expression(generator, depth - 1))


MEANINGS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh,
    "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh, "exp": np.exp,
    "log": np.log, "Abs": np.abs, "sign": np.sign, "floor": np.floor, "ceiling": np.ceil,
    "Heaviside": lambda a, h: np.heaviside(a, h), "erf": scipy.special.erf, "erfc": scipy.special.erfc,
    "sec": lambda a: 1 / np.cos(a), "csc": lambda a: 1 / np.sin(a), "cot": lambda a: 1 / np.tan(a),
    "sech": lambda a: 1 / np.cosh(a), "csch": lambda a: 1 / np.sinh(a), "coth": lambda a: 1 / np.tanh(a),
    "acot": lambda a: np.arctan(1 / a), "asec": lambda a: np.arccos(1 / a), "acsc": lambda a: np.arcsin(1 / a),
    "sinc": lambda a: np.sinc(a / np.pi), "Pow": np.power, "Mod": np.mod, "atan2": np.arctan2,
    "Max": lambda *a: np.max(a), "Min": lambda *a: np.min(a), "Add": lambda *a: np.sum(a), "Mul": lambda *a: np.prod(a),
}


def disturbed(expression, point):
    """The value with every result off by up to two units in the last place."""
    if isinstance(expression, sp.Piecewise):
        for value, condition in expression.args:
            if disturbed(condition, point):
                return disturbed(value, point)
        return np.float64(np.nan)
    if expression in (sp.true, sp.false):
        return bool(expression)
    if expression.is_Symbol:
        return np.float64(point[SYMBOLS.index(expression)])
    if expression.is_Float:
        # str() rounds to 15 digits, which is up to 5e-15 of the number.
        return np.float64(float(expression) * (1 + NOISE.randint(-45, 45) * 2.0**-53))
    if expression.is_number and not expression.args:
        return np.float64(float(expression))
    operands = [disturbed(argument, point) for argument in expression.args]
    name = type(expression).__name__
    logical = {
        "ITE": lambda a: a[1] if a[0] else a[2], "And": all, "Or": any, "Not": lambda a: not a[0], "Xor": lambda a: sum(map(bool, a)) % 2 == 1,
        "StrictGreaterThan": lambda a: a[0] > a[1], "GreaterThan": lambda a: a[0] >= a[1],
        "StrictLessThan": lambda a: a[0] < a[1], "LessThan": lambda a: a[0] <= a[1],
        "Equality": lambda a: a[0] == a[1], "Unequality": lambda a: a[0] != a[1],
    }
    if name in logical:
        return logical[name](operands)
    return MEANINGS[name](*operands) * (1 + NOISE.randint(-4, 4) * 2.0**-53)


def main():
    points = corpus.sample_points(len(SYMBOLS), 16, seed=4)
    generator = random.Random(5)
    formulas, seen = [], set()
    while len(formulas) < 240:
        try:
            expression = random_expression(generator, generator.choice([1, 2, 2, 3, 3, 4]))
        except (TypeError, ValueError, AttributeError, NotImplementedError, ZeroDivisionError):
            continue
        text = str(expression)
        strange = expression.has(sp.I, sp.zoo, sp.oo, sp.nan, sp.re, sp.im, sp.arg, sp.conjugate, sp.DiracDelta, sp.AccumBounds)
        strange = strange or any(abs(float(number)) > 1e300 for number in expression.atoms(sp.Float))
        if text in seen or strange or len(text) > 160 or (not expression.free_symbols and generator.random() < 0.9):
            continue
        seen.add(text)
        values = []
        try:
            evaluate = sp.lambdify(SYMBOLS, expression, modules=["scipy", "numpy"])
            with np.errstate(all="ignore"):
                for point in points:
                    value = evaluate(*(np.float64(x) for x in point))
                    if np.iscomplexobj(value):
                        raise TypeError
                    value = float(value)
                    steady = all(corpus.agree(float(disturbed(expression, point)), value, SPREAD) for _ in range(8))
                    values.append(value if steady else None)
        except (TypeError, ValueError, NameError, ZeroDivisionError, OverflowError):
            continue
        if sum(v is not None for v in values) < 6 or all(v != v for v in values if v is not None):
            continue
        formulas.append((text, values))
    header = {
        "program": f"SymPy {sp.__version__}", "dialect": "sympy", "spread": SPREAD,
        "variables": [str(s) for s in SYMBOLS], "points": points}
    corpus.write("sympy.jsonl", header, formulas)


main()
