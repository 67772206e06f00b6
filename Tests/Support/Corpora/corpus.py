"""Shared by the recorders: sample points, noise, and the file format.

A corpus is a file of JSON lines. The first line says which program it comes from and holds the sample points; every
further line holds one formula as the program printed it and the values that the program computed at the points.
NaN and infinities are strings. A value is null where it hangs on the last bits of some intermediate result, so that
no other correct program could be expected to agree: every operation's result is disturbed by its last bit or two, several
times over, and where the outcomes differ by more than the stated spread, the value is left out.
"""

import json
import math
import random

# Ordinary numbers, zeros of both signs, both sides of gplearn's threshold 0.001, small and large magnitudes.
COORDINATES = [
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 0.001, -0.001, 0.0010000000000000002, 0.0009, -0.00100001, 0.25, 1.75,
    -2.625, 7.5, -12.0, 100.0, 1e-8, 0.3125, -0.875, 3.5, 1.0009765625,
]


def sample_points(variables, count, seed, representable=lambda value: value):
    generator = random.Random(seed)
    points = [[representable(generator.choice(COORDINATES)) for _ in range(variables)] for _ in range(count - 4)]
    points += [[representable(generator.uniform(-2, 2)) for _ in range(variables)] for _ in range(4)]
    return points


def agree(left, right, spread):
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    if math.isinf(left) or math.isinf(right):
        return left == right
    return abs(left - right) <= spread * max(abs(left), abs(right))


def plain(value):
    if value is None:
        return None
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def write(path, header, formulas):
    with open(path, "w") as file:
        for line in [header] + [{"text": text, "values": [plain(v) for v in values]} for text, values in formulas]:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
