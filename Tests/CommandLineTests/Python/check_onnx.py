"""Compares ONNX models with what formulac itself computed: python check_onnx.py FOLDER ULPS FLOOR.

For every NAME.onnx in the folder, NAME.inputs.npy has one column for each input and NAME.expected.npy the results. They may
differ by ULPS units in the last place of the result in Float, of FLOOR where that is larger; subnormal numbers may be zero,
as runtimes may take them. With a FLOOR below 1 zeros must have the same sign, except those that onnxruntime's Where takes from
its second input: it makes +0 of all.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime

allowed, floor = float(sys.argv[2]), numpy.float32(sys.argv[3])
failed = False
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert [entry.version for entry in model.opset_import] == [17]
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_inputs()]
    columns = numpy.load(path.with_suffix(".inputs.npy"))
    feeds = {name: numpy.ascontiguousarray(columns[:, index]) for index, name in enumerate(names)}
    (result,) = session.run(None, feeds)
    expected = numpy.load(path.with_suffix(".expected.npy"))[:, 0]
    assert result.dtype == numpy.float32 and result.shape == expected.shape, (path.stem, result.dtype, result.shape)
    with numpy.errstate(all="ignore"):
        ulp = numpy.spacing(numpy.maximum(abs(expected), floor))
        distance = abs(result.astype(numpy.float64) - expected.astype(numpy.float64)) / ulp
    tiny = abs(expected) < 2.0**-126
    distance[tiny & (abs(result) <= 2.0**-126)] = 0
    same = (result == expected) | (numpy.isnan(result) & numpy.isnan(expected))
    distance[same] = 0
    if floor < 1 and path.stem != "where":
        zero = (result == 0) & (expected == 0)
        distance[zero & (numpy.signbit(result) != numpy.signbit(expected))] = numpy.inf
    distance[~same & ~(numpy.isfinite(result) & numpy.isfinite(expected))] = numpy.inf
    place = int(distance.argmax())
    ok = distance[place] <= allowed
    failed |= not ok
    point = {name: float(column[place]) for name, column in feeds.items()}
    print(
        f"{'ok' if ok else 'WRONG'} {path.stem}: {distance[place]:.2f} of {allowed:g} ulp, at {point}: "
        f"{result[place]!r} for {expected[place]!r}"
    )
sys.exit(failed)
