"""Checks modules written by `formulac export python`: check_module.py FOLDER numpy|torch|jax

The folder holds swish, x*sigmoid(beta*x) with beta = 1.5, and pair, x*sin(y) + exp(-x*x).
"""

import sys

sys.path.insert(0, sys.argv[1])

import numpy
import pair
import swish

x = numpy.linspace(-20, 20, 1001)
y = numpy.linspace(3, -5, 1001)


def swish_value(x, beta=1.5):
    return x / (1 + numpy.exp(-beta * x))


def swish_gradient(x, beta=1.5):
    sigmoid = 1 / (1 + numpy.exp(-beta * x))
    slope = sigmoid / (1 + numpy.exp(beta * x))
    return sigmoid + beta * x * slope, x * x * slope


def refuses(function, *arguments, **parameters):
    try:
        function(*arguments, **parameters)
    except TypeError:
        return
    raise AssertionError(f"{function.__name__} took {arguments} {parameters}")


def check_numpy():
    close = numpy.testing.assert_allclose
    equal = numpy.testing.assert_array_equal
    close(swish.forward(x), swish_value(x), rtol=1e-14)
    close(swish.forward(x, beta=-0.5), swish_value(x, -0.5), rtol=1e-14)
    close(swish.gradient(x), swish_gradient(x), rtol=1e-12, atol=1e-15)
    single = x.astype(numpy.float32)
    assert swish.forward(single).dtype == numpy.float32
    # The product beta*x is rounded once to float before the exponential magnifies its error.
    close(swish.forward(single), swish_value(single.astype(float)), rtol=3e-6)
    value, (by_x, by_beta) = swish.value_and_gradient(single)
    equal(value, swish.forward(single))
    equal(by_x, swish.gradient(single)[0])
    equal(by_beta, swish.gradient(single)[1])
    close(swish.backward(x, y), [y * derivative for derivative in swish_gradient(x)], rtol=1e-12, atol=1e-15)

    close(pair.forward(x, y), x * numpy.sin(y) + numpy.exp(-x * x), rtol=1e-12, atol=1e-15)
    # Broadcasting, views with gaps, views in reverse, integers, numbers, nothing at all.
    table = pair.forward(x[:, None], y[None, :])
    assert table.shape == (1001, 1001)
    equal(table[3], pair.forward(x[3], y))
    equal(pair.forward(x[::3], y[::-3]), pair.forward(x, y[::-1])[::3])
    equal(swish.forward(numpy.arange(5)), swish.forward([0.0, 1, 2, 3, 4]))
    assert isinstance(swish.forward(1.0), numpy.float64)
    assert isinstance(pair.forward(numpy.float32(1), 2.0), numpy.float32)
    assert swish.forward(numpy.empty((0, 3))).shape == (0, 3)
    assert swish.forward(x.astype(numpy.float16)).dtype == numpy.float32

    refuses(swish.forward)
    refuses(swish.forward, x, x)
    refuses(swish.forward, x, gamma=1)
    refuses(swish.forward, x + 1j)
    refuses(swish.backward, x)
    assert swish.MANIFEST["formula"] == "x*sigmoid(beta*x)"


def check_torch():
    import torch

    inputs = torch.tensor(x[::50], requires_grad=True)
    others = torch.tensor(y[::50], requires_grad=True)
    beta = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)

    def function(inputs, beta):
        return swish.torch_forward(inputs, beta=beta)

    assert torch.autograd.gradcheck(function, (inputs, beta))
    assert torch.autograd.gradgradcheck(function, (inputs, beta))
    assert torch.autograd.gradcheck(pair.torch_forward, (inputs, others))
    assert torch.autograd.gradgradcheck(pair.torch_forward, (inputs, others))
    # Broadcasting and views.
    assert torch.autograd.gradcheck(lambda a, b: pair.torch_forward(a[:5, None], b[None, ::4]), (inputs, others))

    # A third derivative is refused, whatever it is by: zeros in its place would be taken for the truth.
    for by in [inputs, beta]:
        first = torch.autograd.grad(function(inputs, beta).sum(), by, create_graph=True)[0]
        second = torch.autograd.grad(first.sum(), by, create_graph=True)[0]
        try:
            torch.autograd.grad(second.sum(), by)
            raise AssertionError("a third derivative was given")
        except RuntimeError as error:
            assert "not three times" in str(error), error

    single = torch.tensor(x.astype(numpy.float32), requires_grad=True)
    result = swish.torch_forward(single)
    assert result.dtype == torch.float32
    numpy.testing.assert_array_equal(result.detach().numpy(), swish.forward(x.astype(numpy.float32)))
    result.sum().backward()
    numpy.testing.assert_array_equal(single.grad.numpy(), swish.gradient(x.astype(numpy.float32))[0])
    # Against PyTorch's own function.
    numpy.testing.assert_allclose(
        swish.torch_forward(inputs, beta=1.0).detach(), torch.nn.functional.silu(inputs).detach(), rtol=1e-14)
    # As the activation of a network that is trained: beta descends to the value that made the data.
    data = torch.linspace(-3, 3, 50, dtype=torch.float64)
    target = swish.torch_forward(data, beta=2.5)
    learned = torch.nn.Parameter(torch.tensor(1.0, dtype=torch.float64))
    optimizer = torch.optim.Adam([learned], lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        loss = (swish.torch_forward(data, beta=learned) - target).square().sum()
        loss.backward()
        optimizer.step()
    assert abs(learned.item() - 2.5) < 0.01, learned

    refuses(swish.torch_forward, torch.arange(3))
    refuses(swish.torch_forward, single, beta=torch.ones(2))
    refuses(swish.torch_forward, single, gamma=1)


def check_jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    from jax.test_util import check_grads

    single = jnp.asarray(x.astype(numpy.float32))
    assert swish.jax_forward(single).dtype == jnp.float32
    numpy.testing.assert_array_equal(swish.jax_forward(single), swish.forward(x.astype(numpy.float32)))
    numpy.testing.assert_array_equal(jax.jit(swish.jax_forward)(x), swish.forward(x))
    inputs, others = jnp.asarray(x[::50]), jnp.asarray(y[::50])
    check_grads(lambda a, beta: swish.jax_forward(a, beta=beta), (inputs, 1.5), order=2, modes=["rev"])
    check_grads(pair.jax_forward, (inputs, others), order=2, modes=["rev"])

    def value(a):
        return swish.jax_forward(a)

    first = jax.vmap(jax.grad(value))(inputs)
    numpy.testing.assert_array_equal(first, swish.gradient(x[::50])[0])
    second = jax.jit(jax.vmap(jax.grad(jax.grad(value))))(inputs)
    step = 1e-6
    difference = (swish.gradient(x[::50] + step)[0] - swish.gradient(x[::50] - step)[0]) / (2 * step)
    numpy.testing.assert_allclose(second, difference, atol=1e-8)
    table = jax.vmap(lambda a: pair.jax_forward(a, others))(inputs)
    numpy.testing.assert_array_equal(table, pair.forward(x[::50, None], y[None, ::50]))
    assert swish.jax_forward(single.astype(jnp.bfloat16)).dtype == jnp.float32
    refuses(swish.jax_forward, single, gamma=1)
    refuses(swish.jax_forward, single + 1j)


{"numpy": check_numpy, "torch": check_torch, "jax": check_jax}[sys.argv[2]]()
