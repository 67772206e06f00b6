"""Joins the records of `formulac bench --json` and of the peer harness's kernels.py into Markdown tables.

  python3 speed.py RECORDS.jsonl... > tables.md

Of each peer, formula, type, operation and size the fastest record counts, so that passes can be repeated and interleaved.
A ratio above 1 means that formulac is faster than the fastest peer. The largest error of that peer in units of the last
place (ULP, value and gradient) stands beside it: where a formula cancels as it is written, peers are fast and wrong.
"""
import json
import math
import sys


def fastest(paths):
    best = {}
    for path in paths:
        with open(path) as lines:
            for line in lines:
                if not line.startswith("{"):
                    continue
                record = json.loads(line)
                if "ns_min" not in record:
                    continue
                key = (record["dtype"], record["op"], record["n"], record["formula"], record["peer"])
                if key not in best or record["ns_min"] < best[key]["ns_min"]:
                    best[key] = record
    return best


def short(value):
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def error(record):
    parts = [short(record[name]) for name in ("value_max_ulp", "grad_max_ulp") if name in record]
    return " / ".join(parts)


def table(best, dtype, operation, n):
    formulas = list(dict.fromkeys(key[3] for key in best if key[:3] == (dtype, operation, n)))
    rows, ratios = [], []
    for formula in formulas:
        records = {key[4]: best[key] for key in best if key[:4] == (dtype, operation, n, formula)}
        own = records.pop("formulac", None)
        if own is None or not records:
            continue
        peer = min(records.values(), key=lambda record: record["ns_min"])
        ratio = peer["ns_min"] / own["ns_min"]
        ratios.append(ratio)
        rows.append((ratio, f"| {formula} | {short(own['ns_min'])} | {short(peer['ns_min'])} | {peer['peer']} | "
                            f"{error(peer)} | {ratio:.2f} |"))
    if not rows:
        return
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"### {operation}, {dtype}, n = {n}\n")
    print(f"Geometric mean of the ratios {mean:.2f}; faster than every peer on {sum(r > 1 for r in ratios)} of {len(ratios)} formulas.\n")
    print("| formula | formulac, ns | best peer, ns | which | its largest error, ULP | ratio |")
    print("|---|---|---|---|---|---|")
    for _, row in sorted(rows):
        print(row)
    print()


def main():
    best = fastest(sys.argv[1:])
    for dtype in ("float32", "float64"):
        for operation in ("forward", "value_and_grad"):
            for n in sorted({key[2] for key in best}):
                table(best, dtype, operation, n)


if __name__ == "__main__":
    main()
