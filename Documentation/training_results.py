"""Trains the networks of arXiv 2601.10740 that need no discovery with formulac and with PyTorch, three seeds each, and
writes both beside the paper's figures.

  python training_results.py --data ../shared/data --peers ../shared/peers > results.md

Needs PyTorch, pandas and scikit-learn, and the peer harness (training.py). Both train on the same rows, split by each in its own
way. HIGGS has 52,349 rows where the paper takes 100,000, so the paper is no measure for it.

training.py's loss takes the sigmoid's value, which is 1 or 0 in float32 beyond logits of 17: a row that is wrong by so much then
has no gradient. formulac's takes the logit. So formulas are also trained by PyTorch's BCEWithLogitsLoss, the same loss.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

DATA = {  # name: (file, label column, options)
    "HIGGS": ("HIGGS.csv.gz", 0, []),
    "Forest Cover": ("covtype.data.gz", -1, ["--positive", "2"]),
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


def sample(arguments, folder):
    """The 100,000 rows of Covertype, in a file for both."""
    import numpy
    import pandas
    table = pandas.read_csv(os.path.join(arguments.data, "covtype.data.gz"), header=None).to_numpy()
    rows = numpy.random.default_rng(0).choice(len(table), 100_000, replace=False)
    pandas.DataFrame(table[rows]).to_csv(os.path.join(folder, "covtype.csv"), header=False, index=False)
    DATA["Forest Cover"] = (os.path.join(folder, "covtype.csv"), *DATA["Forest Cover"][1:])


def logits_peer(arguments):
    """training.py with the loss of logits in place of the sigmoid's."""
    sys.path.insert(0, arguments.peers)
    import torch
    import training

    class Sigmoid(torch.nn.Module):
        def forward(self, x):
            return x if self.training else torch.sigmoid(x.double())
    torch.nn.Sigmoid, torch.nn.BCELoss = Sigmoid, torch.nn.BCEWithLogitsLoss
    sys.argv = ["training.py"] + arguments.rest
    training.main()


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
        for seed in arguments.seeds.split(","):
            command += ["--seed", seed]
        runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["runs"]
        for name in names:
            mine = [run for run in runs if run["activation"] == MODELS[name][1]]
            results[name] = mean([run["accuracy"] for run in mine]), mean([run["auc"] for run in mine])
    return results


def peer(arguments, data, name, logits=False):
    file, label, more = DATA[data]
    units, _, activation = MODELS[name]
    options = ["--csv", os.path.join(arguments.data, file), "--label-column", str(label), *more, "--activation", activation,
               "--batches", "slices", "--seeds", arguments.seeds, "--threads", "1"]
    script = [os.path.join(arguments.peers, "training.py")]
    if logits:
        script = [os.path.abspath(__file__), "--peers", arguments.peers, "logits"]
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
    parser.add_argument("--seeds", default="42,43,44")
    parser.add_argument("--only", help="one data set")
    parser.add_argument("command", nargs="?", choices=["logits"])
    arguments, arguments.rest = parser.parse_known_args()
    if arguments.command == "logits":
        return logits_peer(arguments)
    with tempfile.TemporaryDirectory() as folder:
        compare(arguments, folder)


def compare(arguments, folder):
    for data in list(DATA):
        if arguments.only not in (None, data):
            del DATA[data]
    if "Forest Cover" in DATA:
        sample(arguments, folder)
    start = time.perf_counter()
    mine = {data: own(arguments, data) for data in DATA}
    networks = len(DATA) * len(MODELS) * len(arguments.seeds.split(","))
    print(f"formulac trained {networks} networks in {time.perf_counter() - start:.1f} s, reading included.\n", flush=True)
    if arguments.own_only:
        return
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        theirs = {(data, name): pool.submit(peer, arguments, data, name) for data in DATA for name in MODELS}
        logits = {(data, name): pool.submit(peer, arguments, data, name, True) for data in DATA for name in MODELS if "`" in name}
    print("| data | network | accuracy: formulac | PyTorch | of logits | paper | AUC: formulac | PyTorch | of logits | paper |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    same, sigmoid, band = 0, 0, 0
    for data in DATA:
        for name in MODELS:
            a, b = mine[data][name], theirs[data, name].result()
            c = logits[data, name].result() if (data, name) in logits else None
            paper = PAPER.get((data, name))
            differences = [max(abs(x - y) for x, y in zip(a, other)) for other in (b, c or b, paper or a)]
            sigmoid, same, band = max(sigmoid, differences[0]), max(same, differences[1]), max(band, differences[2])
            cells = []
            for i in range(2):
                cells += [f"{a[i]:.4f}", f"{b[i]:.4f}", f"{c[i]:.4f}" if c else "", f"{paper[i]:.3f}" if paper else ""]
            print(f"| {data} | {name} | {' | '.join(cells)} |", flush=True)
    print(f"\nLargest difference of means: {band:.4f} from the paper, {sigmoid:.4f} from PyTorch, {same:.4f} where formulas are "
          "trained by the same loss.")


if __name__ == "__main__":
    main()
