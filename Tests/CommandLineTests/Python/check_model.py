"""Reads a model file with safetensors, computes its predictions in double precision with NumPy, and compares those of
formulac, of onnxruntime and of the C predictor with them: python check_model.py FOLDER.

The folder holds model.safetensors, model.onnx, rows.npy (features as in the data), predictions.npy (by `formulac predict`)
and any number of c-*.bin (by the C predictor). Each may be off by FACTOR times what Float's rounding of sums can do: the
error of a unit's sum is bounded by half a unit in the last place of the sum of its terms' sizes for each addition.
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
import safetensors
import safetensors.numpy

folder = pathlib.Path(sys.argv[1])
tensors = safetensors.numpy.load_file(folder / "model.safetensors")
with safetensors.safe_open(folder / "model.safetensors", framework="numpy") as file:
    metadata = file.metadata()
network = json.loads(metadata["network"])
assert metadata["format"] == "pt" and metadata["formulac"]
assert all(tensor.dtype == (numpy.float64 if name.startswith("input.") else numpy.float32) for name, tensor in tensors.items())

# The activations of the test, by formulac's own spelling.
sigmoid = lambda x: 1 / (1 + numpy.exp(-x))
rows = numpy.load(folder / "rows.npy")
mean, deviation = tensors["input.mean"], tensors["input.deviation"]
x = ((rows.astype(numpy.float64) - mean) / deviation).astype(numpy.float32).astype(numpy.float64)
for index, layer in enumerate(network["layers"]["hidden"]):
    part = lambda name: tensors[f"layers.{index}.{name}"].astype(numpy.float64)
    x = x @ part("weight").T + part("bias")
    if layer["hasBatchNormalization"]:
        scale = part("norm.weight") / numpy.sqrt(part("norm.running_var") + 1e-5)
        x = (x - part("norm.running_mean")) * scale + part("norm.bias")
    formula = layer["activation"]["formula"]
    values = {value["name"]: value["value"] for value in layer["activation"]["parameters"]}
    for name in layer["activation"]["trained"]:
        values[name] = part(f"activation.{name}")
    x = eval(
        formula.replace("^", "**"),
        {"__builtins__": {}},
        {"x": x, "cos": numpy.cos, "sin": numpy.sin, "sigmoid": sigmoid, "max": numpy.maximum, **values},
    )
scores = x @ tensors["output.weight"].astype(numpy.float64).T + tensors["output.bias"]
target = network["target"]
if "positive" in target:
    expected = sigmoid(scores)
elif "classes" in target:
    exponentials = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    expected = exponentials / exponentials.sum(axis=1, keepdims=True)
else:
    expected = scores * target["deviation"] + target["mean"]

model = onnx.load(folder / "model.onnx")
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
found = {"onnxruntime": session.run(None, {"features": rows})[0]}
predictions = numpy.load(folder / "predictions.npy")
found["predict"] = predictions[:, :1] if expected.shape[1] == 1 else predictions[:, 1:]
for path in sorted(folder.glob("c-*.bin")):
    found[path.stem] = numpy.fromfile(path, dtype=numpy.float32).reshape(expected.shape)
size = numpy.abs(expected).max()
errors = {name: float(numpy.abs(values - expected).max() / size) for name, values in found.items()}
print(errors)
assert all(values.dtype == numpy.float32 and values.shape == expected.shape for values in found.values())
# A part in a million is 8 units in the last place at 1: what a few layers of Float sums and functions may lose.
assert max(errors.values()) < 1e-6 * float(sys.argv[2]), errors
c = [values for name, values in found.items() if name.startswith("c-")]
assert all((values == c[0]).all() for values in c)
