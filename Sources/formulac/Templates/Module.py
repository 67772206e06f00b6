"""@SUMMARY@

Written by formulac @VERSION@; do not edit.
The functions are in @LIBRARY@ beside this file.

    forward(x, ...)              values
    gradient(x, ...)             one array of derivatives for each variable, then for each parameter
    backward(x, ..., dy)         the same, each times dy
    value_and_gradient(x, ...)   values, and the derivatives

take NumPy arrays, numbers or what numpy.asarray accepts, broadcast them, and compute in float32 when the arrays are of
float32 (or narrower) and in float64 otherwise. Parameters are keyword arguments. MANIFEST says what there is.

    torch_forward(x, ...)        differentiable, twice too, by variables and by parameters given as tensors; on the CPU
                                 (a third derivative is refused)
    jax_forward(x, ...)          the same for JAX, also under jit, grad and vmap

need PyTorch or JAX, which are imported when first used.
"""

import ctypes
import functools
import json
import pathlib

import numpy

__all__ = [
    "MANIFEST",
    "forward",
    "gradient",
    "backward",
    "value_and_gradient",
    "torch_forward",
    "jax_forward",
]

MANIFEST = json.loads(@MANIFEST@)

_VARIABLES = tuple(MANIFEST["variables"])
_PARAMETERS = {parameter["name"]: float(parameter["value"]) for parameter in MANIFEST["parameters"]}
_TYPES = {"float": numpy.dtype(numpy.float32), "double": numpy.dtype(numpy.float64)}


def _load():
    """The library's functions of arrays by variant and type, and how many results each has."""
    library = ctypes.CDLL(str(pathlib.Path(__file__).resolve().with_name("@LIBRARY@")))
    pointers = ctypes.POINTER(ctypes.c_void_p)
    functions = {}
    for description in MANIFEST["functions"]:
        function = library[description["arraySymbol"]]
        function.argtypes = (ctypes.c_size_t, pointers, ctypes.c_void_p, pointers)
        function.restype = None
        functions[description["variant"], _TYPES[description["type"]]] = (function, len(description["results"]))
    return functions


_FUNCTIONS = _load()


def _call(variant, inputs, parameters, dtype, shape):
    """Calls a function on arrays of one type and shape. ctypes lets other threads run meanwhile."""
    function, result_count = _FUNCTIONS[variant, dtype]
    inputs = [numpy.ascontiguousarray(array, dtype=dtype) for array in inputs]
    parameters = numpy.array([float(parameter) for parameter in parameters], dtype=dtype)
    results = [numpy.empty(shape, dtype=dtype) for _ in range(result_count)]

    def addresses(arrays):
        return (ctypes.c_void_p * len(arrays))(*(array.ctypes.data for array in arrays))

    count = int(numpy.prod(shape, dtype=numpy.int64))
    function(count, addresses(inputs), parameters.ctypes.data, addresses(results))
    return results


def _parameters(given):
    """The parameters in order: those given, and the others' own values."""
    unknown = sorted(set(given) - set(_PARAMETERS))
    if unknown:
        known = ", ".join(_PARAMETERS) or "none"
        raise TypeError(f"unknown parameter {unknown[0]!r}; the parameters are: {known}")
    return [given.get(name, value) for name, value in _PARAMETERS.items()]


def _check(inputs, names):
    if len(inputs) != len(names):
        raise TypeError(f"expected {len(names)} arguments ({', '.join(names)}), got {len(inputs)}")


def _check_any():
    if not _VARIABLES:
        raise TypeError("the formula has no variable to differentiate by; forward gives its value")


def _evaluate(variant, inputs, parameters, names=_VARIABLES):
    _check(inputs, names)
    arrays = [array if isinstance(array, (int, float)) else numpy.asarray(array) for array in inputs]
    types = [array.dtype for array in arrays if not isinstance(array, (int, float))]
    kind = numpy.result_type(*types, numpy.float16) if types else numpy.dtype(numpy.float64)
    if kind.kind != "f":
        raise TypeError(f"cannot compute with {kind}")
    dtype = _TYPES["float"] if kind.itemsize <= 4 else _TYPES["double"]
    arrays = numpy.broadcast_arrays(*arrays) if arrays else []
    shape = arrays[0].shape if arrays else ()
    # A result of no dimensions becomes a number.
    return [result[()] for result in _call(variant, arrays, _parameters(parameters), dtype, shape)]


def forward(*inputs, **parameters):
    """The formula's values."""
    return _evaluate("forward", inputs, parameters)[0]


def gradient(*inputs, **parameters):
    """The derivatives by each variable, then by each parameter, as a tuple."""
    return tuple(_evaluate("gradient", inputs, parameters))


def backward(*inputs, **parameters):
    """Each derivative times dy, the last argument, as a tuple."""
    return tuple(_evaluate("backward", inputs, parameters, (*_VARIABLES, "dy")))


def value_and_gradient(*inputs, **parameters):
    """The values, and the tuple of derivatives."""
    value, *derivatives = _evaluate("value_and_gradient", inputs, parameters)
    return value, tuple(derivatives)


# Differentiating twice, for PyTorch and JAX alike. The formula f gives the derivatives b = dy·∂f of its backward pass;
# with weights v for them, the library's double_backward gives the derivatives of Σ v·b by variables, parameters and dy.
# A parameter is shared by all elements, so its derivatives are summed and its weight is the same for all.


@functools.cache
def _torch_function():
    import torch

    count = len(_VARIABLES)

    def run(variant, like, inputs, parameters):
        dtype = _TYPES["double" if like.dtype == torch.float64 else "float"]
        arrays = [tensor.detach().contiguous().numpy() for tensor in inputs]
        results = _call(variant, arrays, parameters, dtype, tuple(like.shape))
        return [torch.from_numpy(result) for result in results]

    # A function of its own, so that a third derivative is refused even where only the inputs ask for it: autograd would
    # otherwise take these results for constants, and answer with zeros.
    class DoubleBackward(torch.autograd.Function):
        @staticmethod
        def forward(ctx, weight_count, *tensors):
            weights, (dy, *arguments) = tensors[:weight_count], tensors[weight_count:]
            inputs, parameters = arguments[:count], arguments[count:]
            weights = [weight.expand_as(dy) for weight in weights]
            *derivatives, by_dy = run("double_backward", dy, (*inputs, dy, *weights), parameters)
            return (by_dy, *derivatives[:count], *(result.sum() for result in derivatives[count:]))

        @staticmethod
        def backward(ctx, *_):
            raise RuntimeError("torch_forward can be differentiated twice, not three times")

    class Backward(torch.autograd.Function):
        @staticmethod
        def forward(ctx, dy, *arguments):
            ctx.save_for_backward(dy, *arguments)
            inputs, parameters = arguments[:count], arguments[count:]
            results = run("backward", dy, (*inputs, dy), parameters)
            return (*results[:count], *(result.sum() for result in results[count:]))

        @staticmethod
        def backward(ctx, *weights):
            return DoubleBackward.apply(len(weights), *weights, *ctx.saved_tensors)

    class Forward(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *arguments):
            ctx.save_for_backward(*arguments)
            inputs, parameters = arguments[:count], arguments[count:]
            return run("forward", inputs[0], inputs, parameters)[0]

        @staticmethod
        def backward(ctx, dy):
            return Backward.apply(dy, *ctx.saved_tensors)

    def function(*inputs, **parameters):
        _check_any()
        _check(inputs, _VARIABLES)
        tensors = [torch.as_tensor(tensor) for tensor in inputs]
        dtype = functools.reduce(torch.promote_types, (tensor.dtype for tensor in tensors))
        if dtype not in (torch.float32, torch.float64):
            raise TypeError(f"expected tensors of float32 or float64, got {dtype}")
        values = [torch.as_tensor(value, dtype=dtype) for value in _parameters(parameters)]
        for tensor in (*tensors, *values):
            if tensor.device.type != "cpu":
                raise TypeError(f"expected tensors on the CPU, got one on {tensor.device}")
        for name, value in zip(_PARAMETERS, values):
            if value.dim() != 0:
                raise TypeError(f"the parameter {name!r} must be a single number")
        return Forward.apply(*torch.broadcast_tensors(*(tensor.to(dtype) for tensor in tensors)), *values)

    return function


def torch_forward(*inputs, **parameters):
    """The formula's values as a tensor that autograd can differentiate."""
    return _torch_function()(*inputs, **parameters)


@functools.cache
def _jax_function():
    import jax
    import jax.numpy as jnp

    def run(variant, inputs, parameters):
        shape, dtype = inputs[0].shape, numpy.dtype(inputs[0].dtype)
        result_count = _FUNCTIONS[variant, dtype][1]

        def compute(inputs, parameters):
            return tuple(_call(variant, inputs, parameters, dtype, shape))

        wanted = (jax.ShapeDtypeStruct(shape, dtype),) * result_count
        return jax.pure_callback(compute, wanted, inputs, parameters, vmap_method="sequential")

    def split(inputs, results):
        return tuple(results[: len(inputs)]), tuple(jnp.sum(result) for result in results[len(inputs) :])

    @jax.custom_vjp
    def differentiate(dy, inputs, parameters):
        return split(inputs, run("backward", (*inputs, dy), parameters))

    def differentiate_again(residual, weights):
        dy, inputs, parameters = residual
        weights = [jnp.broadcast_to(weight, dy.shape) for weight in (*weights[0], *weights[1])]
        *derivatives, by_dy = run("double_backward", (*inputs, dy, *weights), parameters)
        return (by_dy, *split(inputs, derivatives))

    differentiate.defvjp(lambda *arguments: (differentiate(*arguments), arguments), differentiate_again)

    @jax.custom_vjp
    def evaluate(inputs, parameters):
        return run("forward", inputs, parameters)[0]

    evaluate.defvjp(
        lambda *arguments: (evaluate(*arguments), arguments),
        lambda residual, dy: differentiate(dy, *residual),
    )

    def function(*inputs, **parameters):
        _check_any()
        _check(inputs, _VARIABLES)
        dtype = jnp.result_type(*inputs, float)
        if not jnp.issubdtype(dtype, jnp.floating):
            raise TypeError(f"cannot compute with {dtype}")
        # Narrower types are computed in float32.
        dtype = dtype if dtype == jnp.float64 else jnp.float32
        inputs = jnp.broadcast_arrays(*(jnp.asarray(array, dtype=dtype) for array in inputs))
        values = tuple(jnp.asarray(value, dtype=dtype) for value in _parameters(parameters))
        return evaluate(tuple(inputs), values)

    return function


def jax_forward(*inputs, **parameters):
    """The formula's values as a JAX array that can be differentiated."""
    return _jax_function()(*inputs, **parameters)
