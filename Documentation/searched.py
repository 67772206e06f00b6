"""Prints how the networks with found formulas fare beside the others, seed by seed, as the tables of Reproduction.md.

    formulac reproduce --data-dir DATA --seeds 42-51 --searched --out report
    python Documentation/searched.py report

Needs SciPy. Intervals are Student's at 95%; the t test is two-sided and paired over the seeds.
"""
import csv
import os
import statistics
import sys

from scipy import stats

MODELS = {
    "light-relu": "Light ReLU", "light-gelu": "Light GELU", "light-silu": "Light SiLU",
    "light-specialist": "Light Hybrid (Specialist)", "light-transfer": "Light Hybrid (Transfer)", "heavy-relu": "Heavy ReLU",
}


def main():
    with open(os.path.join(sys.argv[1], "runs.csv")) as file:
        rows = list(csv.DictReader(file))
    print("| data | figure | less | mean difference | 95% interval | t test | better in |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for data in sorted({row["data"] for row in rows}):
        runs = {(row["model"], int(row["seed"])): row for row in rows if row["data"] == data}
        seeds = sorted({seed for _, seed in runs})
        for model, title in MODELS.items():
            if (model, seeds[0]) not in runs:
                continue
            for figure, name in (("accuracy", "accuracy"), ("auc", "AUC")):
                differences = [
                    float(runs["light-searched", seed][figure]) - float(runs[model, seed][figure]) for seed in seeds]
                mean = statistics.mean(differences)
                reach = stats.t.ppf(0.975, len(seeds) - 1) * stats.sem(differences)
                p = stats.ttest_1samp(differences, 0).pvalue
                print(
                    f"| {data} | {name} | {title} | {mean:+.4f} | {mean - reach:+.4f} to {mean + reach:+.4f} "
                    f"| {'p < 0.0001' if p < 1e-4 else f'p = {p:.4f}'} | {sum(d > 0 for d in differences)} of {len(seeds)} |")


if __name__ == "__main__":
    main()
