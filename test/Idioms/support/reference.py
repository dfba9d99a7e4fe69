"""What idioms compute, element by element in plain Python numbers.

The expressions of VALUE lines are made of these functions. Shapes are small, so
nothing here is fast.
"""

import math
from itertools import product

from spec.ditto_spec import Tensor, generate
from spec.ditto_spec import repeat as _repeat
from spec.ditto_spec import repeat_interleave as _interleave


def repeat(x, counts):
    return _repeat(x, counts)


def interleave(x, count, dim=None):
    return _interleave(x, count, dim)


def reshape(x, shape):
    assert math.prod(x.shape) == math.prod(shape), (x.shape, shape)
    return Tensor(tuple(shape), x.elements)


def transpose(x, permutation):
    """Dimension i of the result is dimension permutation[i] of `x`."""
    shape = [x.shape[source] for source in permutation]
    return generate(
        shape, lambda j: x[tuple(j[permutation.index(d)] for d in range(len(j)))]
    )


def part(x, dim, begin, end):
    """The elements with indices `begin` to `end` - 1 of a dimension."""
    shape = x.shape[:dim] + (end - begin,) + x.shape[dim + 1 :]
    return generate(shape, lambda j: x[j[:dim] + (j[dim] + begin,) + j[dim + 1 :]])


def concat(parts, dim):
    """Tensors after each other along a dimension."""
    origins = [(x, i) for x in parts for i in range(x.shape[dim])]
    shape = parts[0].shape[:dim] + (len(origins),) + parts[0].shape[dim + 1 :]

    def element(j):
        x, i = origins[j[dim]]
        return x[j[:dim] + (i,) + j[dim + 1 :]]

    return generate(shape, element)


def elementwise(function, *operands):
    """`function` of elements, with dimensions of extent 1 broadcast."""
    rank = max(len(x.shape) for x in operands)
    operands = [reshape(x, (1,) * (rank - len(x.shape)) + x.shape) for x in operands]
    shape = [max(extents) for extents in zip(*(x.shape for x in operands))]

    def at(x, j):
        return x[tuple(0 if extent == 1 else i for i, extent in zip(j, x.shape))]

    return generate(shape, lambda j: function(*(at(x, j) for x in operands)))


def add(x, y):
    return elementwise(lambda a, b: a + b, x, y)


def mul(x, y):
    return elementwise(lambda a, b: a * b, x, y)


def scale(x, factor):
    return elementwise(lambda a: a * factor, x)


def iota(shape, dim):
    """Each element is its index in a dimension."""
    return generate(shape, lambda j: j[dim])


def matmul(x, y):
    """Matrix products of the last two dimensions, for each index of the others."""
    assert x.shape[:-2] == y.shape[:-2] and x.shape[-1] == y.shape[-2]
    return generate(
        x.shape[:-1] + y.shape[-1:],
        lambda j: sum(
            x[j[:-1] + (k,)] * y[j[:-2] + (k, j[-1])] for k in range(x.shape[-1])
        ),
    )


def softmax(x):
    """Of the last dimension."""
    rows = []
    for row in product(*map(range, x.shape[:-1])):
        exponentials = [math.exp(x[row + (k,)]) for k in range(x.shape[-1])]
        rows += [value / sum(exponentials) for value in exponentials]
    return Tensor(x.shape, rows)


def rope(x, cos, sin):
    """The rotary embedding of the last two dimensions (position, feature)."""
    half = x.shape[-1] // 2
    last = len(x.shape) - 1
    turned = concat([scale(part(x, last, half, 2 * half), -1), part(x, last, 0, half)], last)
    return add(mul(x, cos), mul(turned, sin))
