"""Compares the search of `formulac discover --preset paper` with gplearn's own, seed by seed, on one subsample.

    python compare_gplearn.py --formulac PATH --csv HIGGS.csv.gz --label 0 [--seeds 30] [--output compare_gplearn.json]

Needs gplearn 0.4.2 (scikit-learn 1.3), NumPy and SciPy. Both engines get the same standardised rows, which this script
draws; each runs 500 programs for 5 generations with every seed. Of each run it takes the best program of the last
generation by raw fitness (log-loss, length, depth) and the last generation's mean length, mean depth, median
log-loss. Each quantity is compared between the engines by the Kolmogorov-Smirnov and the Mann-Whitney test (both two-sided,
ties handled); the p-values are corrected together by Holm's method. Nothing below 0.05 means: with so many seeds the two
cannot be told apart.
"""
import argparse
import csv
import json
import os
import subprocess
import tempfile

import numpy as np
from scipy import stats


def table(path, label, fraction):
    rows = np.loadtxt(path, delimiter=",", dtype=np.float64)
    y = rows[:, label].astype(int)
    x = np.delete(rows, label % rows.shape[1], axis=1)
    chosen = np.random.default_rng(42).permutation(len(x))[: round(fraction * len(x))]
    x, y = x[chosen], y[chosen]
    deviation = x.std(0)
    return (x - x.mean(0)) / np.where(deviation > 0, deviation, 1), y


def summary(best_loss, best_length, best_depth, losses, lengths, depths):
    losses = np.asarray(losses)
    return {
        "best log-loss": float(best_loss), "best length": int(best_length), "best depth": int(best_depth),
        "median log-loss": float(np.median(losses[np.isfinite(losses)])),
        "mean length": float(np.mean(lengths)), "mean depth": float(np.mean(depths)),
    }


def gplearn_run(x, y, seed):
    from gplearn.genetic import SymbolicClassifier
    model = SymbolicClassifier(population_size=500, generations=5, random_state=seed, parsimony_coefficient=0.001,
                               function_set=["add", "sub", "mul", "sin", "cos", "abs"])
    model.fit(x, y)
    last = [p for p in model._programs[-1] if p is not None]
    best = model._program
    return summary(best.raw_fitness_, best.length_, best.depth_, [p.raw_fitness_ for p in last],
                   [p.length_ for p in last], [p.depth_ for p in last]), str(best)


def formulac_run(formulac, data, seed):
    with tempfile.TemporaryDirectory() as folder:
        population = os.path.join(folder, "population.csv")
        output = subprocess.run(
            [formulac, "discover", "--preset", "paper", "--data", data, "--label", "last", "--fraction", "1",
             "--seed", str(seed), "--population-out", population, "--json"], check=True, capture_output=True, text=True).stdout
        best = json.loads(output)["best"]
        with open(population, newline="") as file:
            last = np.array([[float(v) for v in row[:3]] for row in list(csv.reader(file))[1:]])
    return summary(best["loss"], best["length"], best["depth"], last[:, 0], last[:, 1], last[:, 2]), best["program"]


def holm(p_values):
    order = np.argsort(p_values)
    corrected = np.empty(len(p_values))
    largest = 0.0
    for rank, index in enumerate(order):
        largest = max(largest, (len(p_values) - rank) * p_values[index])
        corrected[index] = min(1.0, largest)
    return corrected


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formulac", required=True, help="the built command")
    parser.add_argument("--csv", required=True)
    parser.add_argument("--label", type=int, default=0, help="index of the label column")
    parser.add_argument("--fraction", type=float, default=0.1)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--output")
    options = parser.parse_args()
    x, y = table(options.csv, options.label, options.fraction)
    runs = {"gplearn": [], "formulac": []}
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "sample.npy")
        np.save(data, np.column_stack([x, y]))
        for seed in range(options.seeds):
            for engine in runs:
                values, program = gplearn_run(x, y, seed) if engine == "gplearn" else formulac_run(options.formulac, data, seed)
                runs[engine].append({"seed": seed, **values, "program": program})
    quantities = [k for k in runs["gplearn"][0] if k not in ("seed", "program")]
    tests, p_values = [], []
    for quantity in quantities:
        a, b = ([run[quantity] for run in runs[engine]] for engine in runs)
        for name, p in (("Kolmogorov-Smirnov", stats.ks_2samp(a, b).pvalue), ("Mann-Whitney", stats.mannwhitneyu(a, b).pvalue)):
            tests.append({"quantity": quantity, "test": name, "p": float(p), "median gplearn": float(np.median(a)),
                          "median formulac": float(np.median(b))})
            p_values.append(p)
    for test, corrected in zip(tests, holm(np.array(p_values))):
        test["p (Holm)"] = float(corrected)
        print(f"{test['quantity']:16} {test['test']:20} p {test['p']:.3f} corrected {corrected:.3f}  median "
              f"{test['median gplearn']:.5g} (gplearn) {test['median formulac']:.5g} (formulac)")
    print("indistinguishable" if min(t["p (Holm)"] for t in tests) >= 0.05 else "DIFFERENT")
    if options.output:
        with open(options.output, "w") as file:
            json.dump({"rows": len(x), "features": x.shape[1], "seeds": options.seeds, "tests": tests, "runs": runs}, file, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
