"""Trains the networks of arXiv 2601.10740 that need no discovery with formulac and with PyTorch, three seeds each, and
writes both beside the paper's figures.

  python training_results.py --data ../shared/data --peers ../shared/peers > results.md

Needs PyTorch and scikit-learn, and the peer harness (training.py). HIGGS has 52,349 rows where the paper takes 100,000,
so the paper is no measure for it.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import time

SEEDS = ["42", "43", "44"]
DATA = {  # name: (file, label column, options)
    "HIGGS": ("HIGGS.csv.gz", 0, []),
    "Forest Cover": ("covtype.data.gz", -1, ["--positive", "2", "--sample", "100000"]),
    "Spambase": ("spambase.data", -1, []),
}
MODELS = {  # name: (units, formula, training.py's activation)
    "Heavy ReLU": ("200,100", "relu(x)", "native:relu"), "Light ReLU": ("64,32", "relu(x)", "native:relu"),
    "Light GELU": ("64,32", "gelu(x)", "native:gelu"), "Light SiLU": ("64,32", "silu(x)", "native:silu"),
    "Light `cos(x) - cos(cos(x))`": ("64,32", "cos(x) - cos(cos(x))", "cos(x) - cos(cos(x))"),
    "Light `x*cos(x)`": ("64,32", "x*cos(x)", "x*cos(x)"), "Light `2*x^2 + x`": ("64,32", "2*x^2 + x", "2*x^2 + x"),
}
PAPER = {  # (data, model): (accuracy, AUC)
    ("Forest Cover", "Heavy ReLU"): (0.834, 0.915), ("Forest Cover", "Light ReLU"): (0.811, 0.894),
    ("Forest Cover", "Light GELU"): (0.810, 0.893), ("Forest Cover", "Light SiLU"): (0.801, 0.883),
    ("Spambase", "Heavy ReLU"): (0.931, 0.978), ("Spambase", "Light ReLU"): (0.919, 0.961),
    ("Spambase", "Light GELU"): (0.920, 0.961), ("Spambase", "Light SiLU"): (0.918, 0.959),
}


def mean(values):
    return sum(values) / len(values)


def own(arguments, data):
    """All models of a data set: Heavy, then the Light ones together."""
    file, label, more = DATA[data]
    results = {}
    for units in ("200,100", "64,32"):
        names = [name for name, model in MODELS.items() if model[0] == units]
        command = [arguments.formulac, "train", "--data", os.path.join(arguments.data, file), "--label", "first" if label == 0 else "last",
                   *more, "--layers", units, "--json"]
        for name in names:
            command += ["--activation", MODELS[name][1]]
        for seed in SEEDS:
            command += ["--seed", seed]
        runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["runs"]
        for name in names:
            mine = [run for run in runs if run["activation"] == MODELS[name][1]]
            results[name] = mean([run["accuracy"] for run in mine]), mean([run["auc"] for run in mine])
    return results


def peer(arguments, data, name):
    file, label, more = DATA[data]
    units, _, activation = MODELS[name]
    options = ["--csv", os.path.join(arguments.data, file), "--label-column", str(label), *more, "--activation", activation,
               "--batches", "slices", "--seeds", ",".join(SEEDS), "--threads", "1"]
    script = [os.path.join(arguments.peers, "training.py")]
    if units != "64,32":
        script = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "training_speed.py"), "--peers", arguments.peers, "heavy"]
    done = subprocess.run([sys.executable, *script, *options], check=True, capture_output=True, text=True)
    summary = json.loads(done.stdout.splitlines()[-1])
    return summary["accuracy_mean"], summary["auc_mean"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--peers", default="../shared/peers")
    parser.add_argument("--formulac", default=".build/release/formulac")
    parser.add_argument("--own-only", action="store_true", help="trains with formulac alone and says how long it took")
    parser.add_argument("--jobs", type=int, default=2, help="PyTorch runs at a time")
    arguments = parser.parse_args()
    start = time.perf_counter()
    mine = {data: own(arguments, data) for data in DATA}
    print(f"formulac trained {len(DATA) * len(MODELS) * len(SEEDS)} networks in {time.perf_counter() - start:.1f} s, reading included.\n", flush=True)
    if arguments.own_only:
        return
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        theirs = {(data, name): pool.submit(peer, arguments, data, name) for data in DATA for name in MODELS}
    print("| data | network | accuracy: formulac | PyTorch | paper | AUC: formulac | PyTorch | paper |")
    print("|---|---|---|---|---|---|---|---|")
    largest, band = 0, 0
    for data in DATA:
        for name in MODELS:
            a, b = mine[data][name], theirs[data, name].result()
            paper = PAPER.get((data, name))
            largest = max(largest, abs(a[0] - b[0]), abs(a[1] - b[1]))
            if paper:
                band = max(band, abs(a[0] - paper[0]), abs(a[1] - paper[1]))
            texts = [f"{paper[i]:.3f}" if paper else "" for i in range(2)]
            print(f"| {data} | {name} | {a[0]:.4f} | {b[0]:.4f} | {texts[0]} | {a[1]:.4f} | {b[1]:.4f} | {texts[1]} |", flush=True)
    print(f"\nLargest difference of means: {largest:.4f} from PyTorch, {band:.4f} from the paper.")


if __name__ == "__main__":
    main()
