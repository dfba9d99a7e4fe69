"""The executable specification agrees with NumPy and PyTorch where they are defined.

REQUIRES: numpy
RUN: %python %s numpy
RUN: %if torch %{ %python %s torch %}

Exhaustive over small shapes: rank 0 to 3, extents and counts 0 to 2 (0 to 3 up to
rank 2), every dim and none, every counts vector. The oracles see nothing huge or
negative, and run in a child process with limits: they crash or wrap on those, and
there the Spec decides.
"""

import importlib
import resource
import subprocess
import sys
from itertools import product

import ditto_spec as spec

RANGES = {0: 4, 1: 4, 2: 4, 3: 3}  # rank -> extents and counts below this


def numpy_repeat(numpy, x, shape, counts):
    return numpy.tile(numpy.array(x, "i8").reshape(shape), counts)


def numpy_interleave(numpy, x, shape, counts, dim):
    return numpy.repeat(numpy.array(x, "i8").reshape(shape), counts, dim)


def torch_repeat(torch, x, shape, counts):
    return torch.tensor(x, dtype=torch.int64).reshape(shape).repeat(counts)


def torch_interleave(torch, x, shape, counts, dim):
    if not isinstance(counts, int):
        counts = torch.tensor(counts, dtype=torch.int64)
    x = torch.tensor(x, dtype=torch.int64).reshape(shape)
    return torch.repeat_interleave(x, counts, dim)


ORACLES = {
    "numpy": (numpy_repeat, numpy_interleave),
    "torch": (torch_repeat, torch_interleave),
}


def iota(shape):
    size = spec.size_in_bytes(shape, 1)
    return spec.Tensor(shape, list(range(size)))


def same(result, oracle):
    return result.shape == tuple(oracle.shape) and result.elements == (
        oracle.flatten().tolist()
    )


def repeat_cases():
    for rank, limit in RANGES.items():
        for shape in product(range(limit), repeat=rank):
            for extra in range(2 if rank == 3 else 3):
                for counts in product(range(limit), repeat=rank + extra):
                    yield shape, counts


def interleave_cases():
    for rank, limit in RANGES.items():
        for shape in product(range(limit), repeat=rank):
            for dim in [None, *range(rank)]:
                extent = spec.size_in_bytes(shape, 1) if dim is None else shape[dim]
                for count in range(4):
                    yield shape, count, dim
                    yield shape, [count], dim
                if extent in (0, 2, 3):
                    for counts in product(range(4), repeat=extent):
                        yield shape, list(counts), dim


def compare(name):
    """In the child: exits with a failure on the first difference."""
    module = importlib.import_module(name)
    repeat, interleave = ORACLES[name]
    number = 0
    for shape, counts in repeat_cases():
        x = iota(shape)
        result = spec.repeat(x, counts)
        oracle = repeat(module, x.elements, shape, counts)
        assert same(result, oracle), f"repeat {shape} by {counts}: {result}, {oracle}"
        number += 1
    for shape, counts, dim in interleave_cases():
        x = iota(shape)
        result = spec.repeat_interleave(x, counts, dim)
        oracle = interleave(module, x.elements, shape, counts, dim)
        assert same(result, oracle), (
            f"repeat_interleave {shape} by {counts} dim {dim}: {result}, {oracle}"
        )
        number += 1
    print(f"{name} {module.__version__}: {number} cases agree")
    assert number > 10000, "too few cases"


def main():
    name = sys.argv[1]
    if "--child" in sys.argv:
        resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
        compare(name)
        return 0
    return subprocess.run([sys.executable, __file__, name, "--child"]).returncode


if __name__ == "__main__":
    sys.exit(main())
