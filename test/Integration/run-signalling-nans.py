# REQUIRES: numpy
# RUN: %python %s %t

"""Movement keeps every bit of a float, in vectors, their tails and scalar code.

Hardware quiets a signalling NaN that it converts, so elements are random bits
that are signalling NaNs half of the time. Each module moves them along every path
through the compiler: the ops of ditto at extents around those of vectors, loops
over scalars, branches, gathers, padding.
"""

import os
import pathlib
import random
import subprocess
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from support.elements import ElementType, read, write

# An element is one or two floats, of the bits of a signalling NaN and those that
# may be random beside them.
TYPES = [
    (ElementType("bf16", 16, "<u2"), 1, 0x7F80, 0x803F),
    (ElementType("f16", 16, "<f2"), 1, 0x7C00, 0x81FF),
    (ElementType("f8E5M2", 8, "|u1"), 1, 0x7C, 0x81),
    (ElementType("f32", 32, "<f4"), 1, 0x7F80 << 16, 0x803FFFFF),
    (ElementType("f64", 64, "<f8"), 1, 0x7FF << 52, (1 << 63) | (1 << 51) - 1),
    (ElementType("f80", 80, "|V16"), 1, 0xFFFF << 63, (1 << 79) | (1 << 62) - 1),
    (ElementType("complex<bf16>", 32, "|V4"), 2, 0x7F80, 0x803F),
    (ElementType("complex<f16>", 32, "|V4"), 2, 0x7C00, 0x81FF),
    (ElementType("complex<f32>", 64, "<c8"), 2, 0x7F80 << 16, 0x803FFFFF),
]
EXTENTS = [1, 3, 17, 64]
CONFIGURATIONS = [["-O0", "--cpu=generic"], ["-O3"]]

# Functions of %x : tensor<?x$T>, %c : tensor<?xi64>, %n : index, and what they do
# to a list of elements and its counts.
PATHS = {
    "interleave": (
        """
  %r = ditto.repeat_interleave %x by %c dim(0)
      : tensor<?x$T>, tensor<?xi64> -> tensor<?x$T>
""",
        lambda x, c: [e for e, n in zip(x, c) for _ in range(n)],
    ),
    "interleave_uniformly": (
        """
  %r = ditto.repeat_interleave %x by 5 dim(0) : tensor<?x$T> -> tensor<?x$T>
""",
        lambda x, c: [e for e in x for _ in range(5)],
    ),
    "repeat": (
        """
  %r = ditto.repeat %x by [3] : tensor<?x$T> -> tensor<?x$T>
""",
        lambda x, c: x * 3,
    ),
    # A value that every iteration stores, with a branch between.
    "fill_in_scalar_loop": (
        """
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %first = tensor.extract %x[%zero] : tensor<?x$T>
  %empty = tensor.empty(%n) : tensor<?x$T>
  %r = scf.for %i = %zero to %n step %one iter_args(%y = %empty) -> tensor<?x$T> {
    %count = tensor.extract %c[%i] : tensor<?xi64>
    %odd = arith.trunci %count : i64 to i1
    %e = scf.if %odd -> $T {
      %own = tensor.extract %x[%i] : tensor<?x$T>
      scf.yield %own : $T
    } else {
      scf.yield %first : $T
    }
    %next = tensor.insert %e into %y[%i] : tensor<?x$T>
    scf.yield %next : tensor<?x$T>
  }
""",
        lambda x, c: [e if n % 2 else x[0] for e, n in zip(x, c)],
    ),
    "shift_in_scalar_loop": (
        """
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %first = tensor.extract %x[%zero] : tensor<?x$T>
  %empty = tensor.empty(%n) : tensor<?x$T>
  %r, %last = scf.for %i = %zero to %n step %one
      iter_args(%y = %empty, %e = %first) -> (tensor<?x$T>, $T) {
    %next = tensor.insert %e into %y[%i] : tensor<?x$T>
    %own = tensor.extract %x[%i] : tensor<?x$T>
    scf.yield %next, %own : tensor<?x$T>, $T
  }
""",
        lambda x, c: x[:1] + x[:-1],
    ),
    "gather": (
        """
  %one = arith.constant 1 : index
  %last = arith.subi %n, %one : index
  %r = tensor.generate %n {
  ^bb0(%i: index):
    %j = arith.subi %last, %i : index
    %e = tensor.extract %x[%j] : tensor<?x$T>
    tensor.yield %e : $T
  } : tensor<?x$T>
""",
        lambda x, c: x[::-1],
    ),
    "pad": (
        """
  %zero = arith.constant 0 : index
  %first = tensor.extract %x[%zero] : tensor<?x$T>
  %r = tensor.pad %x low[2] high[3] {
  ^bb0(%i: index):
    tensor.yield %first : $T
  } : tensor<?x$T> to tensor<?x$T>
""",
        lambda x, c: x[:1] * 2 + x + x[:1] * 3,
    ),
    "concat": (
        """
  %zero = arith.constant 0 : index
  %first = tensor.extract %x[%zero] : tensor<?x$T>
  %some = tensor.from_elements %first, %first : tensor<2x$T>
  %both = tensor.cast %some : tensor<2x$T> to tensor<?x$T>
  %r = tensor.concat dim(0) %both, %x : (tensor<?x$T>, tensor<?x$T>) -> tensor<?x$T>
""",
        lambda x, c: x[:1] * 2 + x,
    ),
}


def module(type):
    functions = [
        f"func.func private @{name}(%x: tensor<?x$T>, %c: tensor<?xi64>, %n: index)"
        f" -> tensor<?x$T> {{{body}  return %r : tensor<?x$T>\n}}\n"
        for name, (body, _) in PATHS.items()
    ]
    calls = [
        f"  %{name} = call @{name}(%x, %c, %n)"
        " : (tensor<?x$T>, tensor<?xi64>, index) -> tensor<?x$T>\n"
        for name in PATHS
    ]
    results = ", ".join(f"%{name}" for name in PATHS)
    types = ", ".join(["tensor<?x$T>"] * len(PATHS))
    main = (
        "func.func @main(%x: tensor<?x$T>, %c: tensor<?xi64>)"
        f" -> ({types}) {{\n"
        "  %zero = arith.constant 0 : index\n"
        "  %n = tensor.dim %x, %zero : tensor<?x$T>\n"
        f"{''.join(calls)}  return {results} : {types}\n}}\n"
    )
    return ("".join(functions) + main).replace("$T", type)


rng = random.Random(0)


def random_element(type, parts, nan, free):
    bits = type.bits // parts
    element = 0
    for _ in range(parts):
        part = rng.getrandbits(bits)
        if rng.random() < 0.5:
            # At least one bit of the significand, or it is an infinity.
            part = nan | part & free | 1
        element = element << bits | part
    return element


directory = sys.argv[1]
os.makedirs(directory, exist_ok=True)
os.chdir(directory)
for type, parts, nan, free in TYPES:
    with open("model.mlir", "w") as file:
        file.write(module(type.name))
    for extent in EXTENTS:
        x = [random_element(type, parts, nan, free) for _ in range(extent)]
        counts = [rng.randrange(1, 5) for _ in range(extent)]
        write("x.npy", type, (extent,), x)
        np.save("counts.npy", np.array(counts, dtype="i8"))
        outputs = [f"--output={name}.npy" for name in PATHS]
        for flags in CONFIGURATIONS:
            subprocess.run(
                ["ditto-run", "model.mlir", "--entry=main", *flags]
                + ["--input=x.npy", "--input=counts.npy", *outputs],
                check=True,
            )
            for name, (_, expect) in PATHS.items():
                _, elements = read(f"{name}.npy", type)
                wanted = expect(x, counts)
                case = (type.name, extent, flags, name)
                assert elements == wanted, (
                    *case,
                    [hex(e) for e in wanted],
                    [hex(e) for e in elements],
                )
