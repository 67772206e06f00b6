"""Times an epoch of training beside PyTorch: same rows, same network, same batches, one thread on one core.

  python training_speed.py --data ../shared/data --peers ../shared/peers [--only HIGGS.csv.gz] > speed.md

Needs PyTorch, and the peer harness, whose training.py is the Light network in PyTorch; this file adds the Heavy one. The
rows are medians over the epochs but the first, of the best pass; passes of all contestants take turns.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

DATA = {"HIGGS.csv.gz": (0, []), "covtype.data.gz": (-1, ["--positive", "2", "--sample", "100000"])}
COSINES = "cos(x) - cos(cos(x))"
NETWORKS = {  # name: (units, formula for formulac, activation for training.py)
    "Light, ReLU": ("64,32", "relu(x)", "native:relu"),
    f"Light, `{COSINES}`": ("64,32", COSINES, COSINES),
    "Heavy, ReLU": ("200,100", "relu(x)", "native:relu"),
}


def heavy_peer(arguments):
    """training.py with the Heavy network in the Light one's place."""
    sys.path.insert(0, arguments.peers)
    import training

    def heavy_model(torch, width, activation):
        nn = torch.nn
        return nn.Sequential(nn.Linear(width, 200), nn.BatchNorm1d(200), activation(), nn.Dropout(0.3),
                             nn.Linear(200, 100), nn.BatchNorm1d(100), activation(), nn.Dropout(0.3),
                             nn.Linear(100, 1), nn.Sigmoid())
    training.light_model = heavy_model
    sys.argv = ["training.py"] + arguments.rest
    training.main()


def products_alone(width, rows, batch=1024, units=(200, 100)):
    """Seconds that PyTorch takes for an epoch's matrix products alone."""
    import time
    import torch
    torch.set_num_threads(1)
    sizes = [width, *units, 1]
    x = [torch.randn(batch, size) for size in sizes]
    weights = [torch.randn(b, a) for a, b in zip(sizes, sizes[1:])]
    times = []
    for _ in range(60):
        start = time.perf_counter()
        for layer, weight in enumerate(weights):
            torch.mm(x[layer], weight.t())
            torch.mm(x[layer + 1].t(), x[layer])
            if layer > 0:
                torch.mm(x[layer + 1], weight)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * rows / batch


def peer(arguments, data, network, mode, batches):
    label, more = DATA[data]
    options = ["--csv", os.path.join(arguments.data, data), "--label-column", str(label), *more, "--activation", NETWORKS[network][2],
               "--mode", mode, "--batches", batches, "--epochs", str(arguments.epochs), "--seeds", "42", "--threads", "1"]
    if NETWORKS[network][0] == "64,32":
        command = [sys.executable, os.path.join(arguments.peers, "training.py"), *options]
    else:
        command = [sys.executable, __file__, "--peers", arguments.peers, "heavy", *options]
    row = json.loads(run(arguments, command).splitlines()[0])
    return statistics.median(row["epoch_s"][1:])


def own(arguments, data, network):
    label, more = DATA[data]
    units, formula, _ = NETWORKS[network]
    command = [arguments.formulac, "train", "--data", os.path.join(arguments.data, data), "--label", "first" if label == 0 else "last",
               *more, "--layers", units, "--activation", formula, "--epochs", str(2 * arguments.epochs), "--threads", "1", "--json"]
    return statistics.median(json.loads(run(arguments, command))["runs"][0]["epochSeconds"][1:])


def run(arguments, command):
    done = subprocess.run(["taskset", "-c", str(arguments.cpu), *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--peers", default="../shared/peers")
    parser.add_argument("--formulac", default=".build/release/formulac")
    parser.add_argument("--only", help="one data file")
    parser.add_argument("--network", help="networks whose name begins so")
    parser.add_argument("--eager", action="store_true", help="leaves out torch.compile, which takes a while to begin")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--cpu", type=int, default=1)
    parser.add_argument("command", nargs="?", choices=["heavy"])
    arguments, arguments.rest = parser.parse_known_args()
    if arguments.command == "heavy":
        return heavy_peer(arguments)
    os.sched_setaffinity(0, {arguments.cpu})
    print("| data | network | formulac | PyTorch: eager, slices | eager, DataLoader | compiled, slices | compiled, DataLoader | best of them / formulac |")
    print("|---|---|---|---|---|---|---|---|")
    for data in DATA:
        if arguments.only not in (None, data):
            continue
        for network in NETWORKS:
            if not network.startswith(arguments.network or ""):
                continue
            ours, theirs = [], {}
            for _ in range(arguments.passes):
                ours.append(own(arguments, data, network))
                for mode in ("eager", "compile_model"):
                    for batches in ("slices", "dataloader"):
                        if mode == "eager" or not arguments.eager:
                            theirs.setdefault((mode, batches), []).append(peer(arguments, data, network, mode, batches))
            best = min(min(times) for times in theirs.values())
            cells = [f"{1e3 * min(theirs[key]):.1f}" if key in theirs else "—" for key in
                     (("eager", "slices"), ("eager", "dataloader"), ("compile_model", "slices"), ("compile_model", "dataloader"))]
            print(f"| {data} | {network} | {1e3 * min(ours):.1f} | {' | '.join(cells)} | {best / min(ours):.1f} |", flush=True)
            if network.startswith("Heavy"):
                width, rows = (28, 41879) if data.startswith("HIGGS") else (54, 80000)
                alone = products_alone(width, rows)
                print(f"\nPyTorch's matrix products of Heavy on {data} alone: {1e3 * alone:.1f} ms an epoch; formulac's whole epoch takes "
                      f"{min(ours) / alone:.2f} times that.\n", flush=True)


if __name__ == "__main__":
    main()
