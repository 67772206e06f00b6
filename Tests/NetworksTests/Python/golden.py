"""Writes the golden values of ../Golden: small networks that PyTorch trains in float64 and in float32 from the same
weights on the same batch, dropout off, noted before, and after 1, 10 and 100 steps.

  python golden.py        (torch 2.x on the CPU; one thread)

One JSON file for each case. Names of weights are formulac's (NetworkWeights). Numbers of float32 stand as decimal texts that
give them back exactly; those of float64 with 17 digits.
"""
import json
import os

import torch

FEATURES, ROWS, LAYERS = 4, 24, (6, 5)
STEPS = (1, 10, 100)

CASES = {
    "relu": dict(formula="relu(x)", function=torch.relu),
    "gelu": dict(formula="x*normal_cdf(x)", function=torch.nn.functional.gelu),
    "silu": dict(formula="x*sigmoid(x)", function=torch.nn.functional.silu),
    "x_cos_x": dict(formula="x*cos(x)", function=lambda x: x * torch.cos(x)),
    "multiclass": dict(formula="x*sigmoid(x)", function=torch.nn.functional.silu, classes=3),
    "regression": dict(formula="relu(x)", function=torch.relu, classes=0, optimizer="sgd"),
    "adamw_clipped": dict(formula="relu(x)", function=torch.relu, optimizer="adamw", clip=0.25),
    "swish_per_layer": dict(formula="x*sigmoid(b*x)", parameter="layer"),
    "swish_per_unit": dict(formula="x*sigmoid(b*x)", parameter="unit"),
    "without_norm": dict(formula="x*cos(x)", function=lambda x: x * torch.cos(x), norm=False),
}


class Network(torch.nn.Module):
    def __init__(self, case):
        super().__init__()
        self.case = case
        self.dense, self.norm, width = torch.nn.ModuleList(), torch.nn.ModuleList(), FEATURES
        self.beta = torch.nn.ParameterList()
        for units in LAYERS:
            self.dense.append(torch.nn.Linear(width, units))
            if case.get("norm", True):
                self.norm.append(torch.nn.BatchNorm1d(units))
            if "parameter" in case:
                self.beta.append(torch.nn.Parameter(torch.ones(units if case["parameter"] == "unit" else 1)))
            width = units
        self.output = torch.nn.Linear(width, max(1, case.get("classes", 1)))

    def forward(self, x):
        for index, dense in enumerate(self.dense):
            x = dense(x)
            if self.norm:
                x = self.norm[index](x)
            x = x * torch.sigmoid(self.beta[index] * x) if self.beta else self.case["function"](x)
        return self.output(x)

    def tensors(self):
        for index, dense in enumerate(self.dense):
            prefix = f"layers.{index}."
            yield prefix + "weight", dense.weight
            yield prefix + "bias", dense.bias
            if self.norm:
                norm = self.norm[index]
                yield prefix + "norm.weight", norm.weight
                yield prefix + "norm.bias", norm.bias
                yield prefix + "norm.running_mean", norm.running_mean
                yield prefix + "norm.running_var", norm.running_var
            if self.beta:
                yield prefix + "activation.b", self.beta[index]
        yield "output.weight", self.output.weight
        yield "output.bias", self.output.bias

    def snapshot(self):
        return {name: [number(v) for v in tensor.detach().double().flatten().tolist()] for name, tensor in self.tensors()}


def number(value):
    """A float with as many digits as its own type needs; Python prints the shortest text that reads back."""
    single = torch.tensor(value, dtype=torch.float32).item()
    return float(f"{value:.9g}") if single == value else value


def run(case, dtype, initial, rows, labels):
    network = Network(case).to(dtype)
    with torch.no_grad():
        for name, tensor in network.tensors():
            tensor.copy_(torch.tensor(initial[name], dtype=torch.float64).reshape(tensor.shape))
    rows, classes = rows.to(dtype), case.get("classes", 1)
    labels = labels if classes > 1 else labels.to(dtype)
    loss_of = {0: torch.nn.MSELoss(), 1: torch.nn.BCEWithLogitsLoss()}.get(classes, torch.nn.CrossEntropyLoss())
    parameters = list(network.parameters())
    optimizer = {
        "adam": lambda: torch.optim.Adam(parameters, lr=1e-3),
        "adamw": lambda: torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01),
        "sgd": lambda: torch.optim.SGD(parameters, lr=1e-2, momentum=0.9),
    }[case.get("optimizer", "adam")]()
    network.train()
    losses, snapshots = [], {}
    for step in range(1, max(STEPS) + 1):
        optimizer.zero_grad()
        output = network(rows)
        loss = loss_of(output if classes > 1 else output[:, 0], labels)
        loss.backward()
        if "clip" in case:
            torch.nn.utils.clip_grad_norm_(parameters, case["clip"])
        optimizer.step()
        if step in STEPS:
            # The loss of the step itself, before its weights change.
            losses.append(number(loss.item()))
            snapshots[str(step)] = network.snapshot()
    return {"losses": losses, "weights": snapshots}


def main():
    torch.set_num_threads(1)
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Golden")
    for index, (name, case) in enumerate(CASES.items()):
        torch.manual_seed(100 + index)
        rows = torch.randn(ROWS, FEATURES)
        classes = case.get("classes", 1)
        labels = torch.randn(ROWS) if classes == 0 else torch.randint(0, max(2, classes), (ROWS,))
        initial = {key: tensor.detach().flatten().tolist() for key, tensor in Network(case).tensors()}
        result = {
            "formula": case["formula"], "classes": classes, "optimizer": case.get("optimizer", "adam"), "clip": case.get("clip"),
            "parameter": case.get("parameter"), "norm": case.get("norm", True), "layers": LAYERS, "steps": STEPS,
            "rows": [number(v) for v in rows.flatten().tolist()], "labels": [number(v) for v in labels.flatten().tolist()],
            "initial": {key: [number(v) for v in values] for key, values in initial.items()},
            "float64": run(case, torch.float64, initial, rows, labels), "float32": run(case, torch.float32, initial, rows, labels),
        }
        with open(os.path.join(folder, f"{name}.json"), "w") as file:
            json.dump(result, file, separators=(",", ":"))
            file.write("\n")


if __name__ == "__main__":
    main()
