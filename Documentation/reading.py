"""Reads tables by formulac, pandas' C reader and polars in turn, and prints times and peak memory as a table.

    python Documentation/reading.py --formulac .build/release/formulac DATA/HIGGS.csv.gz

The file (gzip, no header, numbers only) is read as it is, then unpacked and repeated to --rows rows. Each reading is a
process of its own; its time is that of reading alone, without starting the program or importing packages, and the least
of the passes counts. All make float32. Peak memory is the process's, its program included.
"""

import argparse
import gzip
import os
import re
import subprocess
import sys
import tempfile

PEERS = {
    "pandas": "import pandas as p; read = lambda f: p.read_csv(f, header=None, dtype='float32', engine='c').shape",
    "polars": (
        "import polars as p; columns = p.read_csv(sys.argv[1], has_header=False, n_rows=1).width\n"
        "read = lambda f: p.read_csv(f, has_header=False, schema_overrides=[p.Float32] * columns).shape"
    ),
}
TIMER = "\nstart = time.perf_counter(); shape = read(sys.argv[1]); print(time.perf_counter() - start, *shape)"


def measure(command, pattern):
    """Runs a command; gives the seconds, rows and columns that it prints, and its peak memory in MiB."""
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        output.seek(0)
        text = output.read()
    found = re.search(pattern, text)
    if status or not found:
        sys.exit(f"{command[0]} failed: {text}")
    return float(found["seconds"]), (int(found["rows"]), int(found["columns"])), usage.ru_maxrss / 1024


def read(name, path, options, folder):
    if name == "formulac":
        target = os.path.join(folder, "read.npy")
        return measure(
            [options.formulac, "data", "convert", path, target],
            r"read (?P<rows>\d+) rows of (?P<columns>\d+) columns in (?P<seconds>[\d.]+) s",
        )
    return measure(
        [sys.executable, "-c", "import sys, time\n" + PEERS[name] + TIMER, path],
        r"(?P<seconds>[\d.]+) (?P<rows>\d+) (?P<columns>\d+)",
    )


def repeated(path, rows, folder):
    """The file unpacked, its lines over and over."""
    with gzip.open(path) as source:
        lines = source.read().splitlines(keepends=True)
    target = os.path.join(folder, "repeated.csv")
    with open(target, "wb") as file:
        for start in range(0, rows, len(lines)):
            file.write(b"".join(lines[: rows - start]))
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--formulac", default=".build/release/formulac")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    names = ["formulac", *PEERS]
    print("| file | reader | seconds | formulac is faster by | peak memory, MiB | of which the matrix |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for path in [options.file, repeated(options.file, options.rows, folder)]:
            best = {}
            for _ in range(options.passes):
                for name in names:
                    seconds, shape, memory = read(name, path, options, folder)
                    if name in best and best[name][1] != shape:
                        sys.exit(f"{name} read {shape}")
                    best[name] = min(best.get(name, (seconds, shape, memory)), (seconds, shape, memory))
            rows, columns = best["formulac"][1]
            label = f"{os.path.basename(path)}, {rows:,} rows, {os.path.getsize(path) / 1e6:,.0f} MB"
            for name in names:
                seconds, shape, memory = best[name]
                assert shape == (rows, columns), f"{name} read {shape}"
                ratio = seconds / best["formulac"][0]
                print(f"| {label} | {name} | {seconds:.3f} | {ratio:.2f} | {memory:.0f} | {rows * columns * 4 / 2**20:.0f} |")
                label = ""


main()
