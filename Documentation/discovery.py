"""Times the paper's search beside its peers on one core: one JSON line for each engine, share of the rows and seed.

    python discovery.py --engine formulac --formulac PATH --csv HIGGS.csv.gz
    python discovery.py --engine gplearn --csv HIGGS.csv.gz        (gplearn 0.4.2, scikit-learn 1.3)
    python discovery.py --engine pyoperon --csv HIGGS.csv.gz       (pyoperon 0.5)

Every engine runs 500 programs of add, sub, mul, sin, cos and abs for 5 generations on the same standardised rows in Float;
`seconds` is the search alone, without reading data or importing modules. Node evaluations are counted in one way for all: the
functions of every program judged, times rows, whatever an engine computes less often. gplearn's are counted as it executes
programs; formulac reports its own; pyoperon does not tell, so its are the mean number of functions in the individuals of
every generation (from runs of 1 to 5 generations with the same seed) times the programs that it evaluated.
"""
import argparse
import json
import os
import subprocess
import tempfile
import time

import numpy as np


def run_formulac(x, y, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sample.npy")
        np.save(path, np.column_stack([x, y]).astype(np.float32))
        report = json.loads(subprocess.run(
            [options.formulac, "discover", "--data", path, "--label", "last", "--fraction", "1", "--threads", "1", "--seed",
             str(seed), "--json"], check=True, capture_output=True, text=True).stdout)
    return report["seconds"], report["nodeEvaluations"], report["best"]["program"]


def run_gplearn(x, y, seed, options):
    import gplearn._program
    from gplearn.genetic import SymbolicClassifier
    nodes = 0
    original = gplearn._program._Program.execute

    def counted(self, rows):
        nonlocal nodes
        nodes += sum(not isinstance(node, (int, float)) for node in self.program) * len(rows)
        return original(self, rows)

    def model():
        return SymbolicClassifier(population_size=500, generations=5, random_state=seed, n_jobs=1,
                                  function_set=["add", "sub", "mul", "sin", "cos", "abs"])
    start = time.perf_counter()
    fitted = model().fit(x, y)
    seconds = time.perf_counter() - start
    gplearn._program._Program.execute = counted
    try:
        model().fit(x, y)
    finally:
        gplearn._program._Program.execute = original
    return seconds, nodes, str(fitted._program)


def run_pyoperon(x, y, seed, options):
    from pyoperon.sklearn import SymbolicRegressor

    def model(generations):
        return SymbolicRegressor(
            allowed_symbols="add,sub,mul,sin,cos,abs,constant,variable", population_size=500, pool_size=500,
            generations=generations, max_length=50, max_evaluations=10 ** 9, max_time=600, optimizer_iterations=0,
            local_search_probability=0.0, n_threads=1, random_state=seed, objectives=["mse"])
    target = y.astype(np.float32)
    start = time.perf_counter()
    fitted = model(5).fit(x, target)
    seconds = time.perf_counter() - start
    means = [np.mean([sum(node.Arity > 0 for node in individual.Genotype.Nodes) for individual in model(g).fit(x, target).individuals_])
             for g in range(1, 6)]
    nodes = int(np.mean(means) * fitted.stats_["evaluation_count"] * len(x))
    return seconds, nodes, fitted.get_model_string(fitted.model_, precision=4)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["formulac", "gplearn", "pyoperon"], required=True)
    parser.add_argument("--formulac", default="formulac", help="the built command")
    parser.add_argument("--csv", required=True, help="text without a header, the label first")
    parser.add_argument("--fractions", type=lambda t: [float(v) for v in t.split(",")], default=[0.1, 1.0])
    parser.add_argument("--seeds", type=lambda t: [int(v) for v in t.split(",")], default=[42, 43, 44])
    parser.add_argument("--cpu", type=int, default=0)
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.cpu})
    table = np.loadtxt(options.csv, delimiter=",", dtype=np.float32)
    engine = {"formulac": run_formulac, "gplearn": run_gplearn, "pyoperon": run_pyoperon}[options.engine]
    for fraction in options.fractions:
        for seed in options.seeds:
            rows = np.random.default_rng(seed).permutation(len(table))[: round(fraction * len(table))]
            x, y = table[rows, 1:], table[rows, 0].astype(int)
            deviation = x.std(0)
            x = ((x - x.mean(0)) / np.where(deviation > 0, deviation, 1)).astype(np.float32)
            # The first run pays for compiling, lazy imports and cold caches; the second is the one that counts.
            engine(x, y, seed, options)
            seconds, nodes, program = engine(x, y, seed, options)
            print(json.dumps({"engine": options.engine, "rows": len(x), "seed": seed, "seconds": round(seconds, 4),
                              "node_evaluations": nodes, "node_evaluations_per_s": round(nodes / seconds), "program": program}),
                  flush=True)


if __name__ == "__main__":
    main()
