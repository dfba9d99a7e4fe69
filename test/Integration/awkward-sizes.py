"""Products, attention, transposes, repeats by counts, reductions: at awkward sizes the results of NumPy.

REQUIRES: numpy
RUN: %python %s --work=%t --seed=1 --batches=3

A batch is one module of random kernels, a function each. It is compiled to scalar
loops and to vectors of every width, and each result compared with NumPy's: exactly,
where sums are exact in any order, or within what rounding explains. With
--keep-order vectors have to give the same bits as scalar loops. The work is that of
the batches, however fast the machine is. To look longer: `--seed=random
--seconds=600`; a failure prints what reproduces it.
"""

import pathlib
import subprocess
import sys

import numpy

TEST_ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TEST_ROOT / "Integration"))

from support.batches import Failure, make_parser, run_batches
from support.families import FAMILIES

# How many kernels of a family a batch has.
BATCH = {"product": 14, "attention": 4, "transpose": 8, "counted": 10, "reduction": 10, "function": 3}
SCALAR = ["--vector-bits=0", "--keep-order", "-O0"]
# LLVM's optimiser takes most of the time.
CONFIGURATIONS = [
    SCALAR,
    ["--vector-bits=128", "--cpu=generic", "-O0"],
    ["--vector-bits=256", "--keep-order", "-O0"],
    ["--vector-bits=512", "-O1"],
    ["--vector-bits=512", "--keep-order", "-O0"],
    ["--vector-bits=512", "--lower-only", "-O0"],
    ["--vector-bits=0", "--keep-order", "--num-threads=3", "--part-instructions=1", "-O0"],
    ["--vector-bits=512", "--keep-order", "--num-threads=3", "--part-instructions=1", "-O0"],
]


def make_module(kernels):
    """A function for each kernel, and one that takes and returns everything."""
    parameters, calls, types = [], [], []
    for number, kernel in enumerate(kernels):
        own = [f"%k{number}_{i}: {type}" for i, (type, _) in enumerate(kernel.arguments)]
        names = ", ".join(text.split(":")[0] for text in own)
        signature = f"({', '.join(type for type, _ in kernel.arguments)}) -> {kernel.result_type}"
        calls.append(f"  %r{number} = call @kernel{number}({names}) : {signature}\n")
        parameters += own
        types.append(kernel.result_type)
    functions = "".join(kernel.function(f"kernel{i}", "private ") for i, kernel in enumerate(kernels))
    results = ", ".join(f"%r{number}" for number in range(len(kernels)))
    return (
        f"{functions}func.func @main({', '.join(parameters)}) -> ({', '.join(types)}) {{\n"
        f"{''.join(calls)}  return {results} : {', '.join(types)}\n}}\n"
    )


def run_module(kernels, work, configuration):
    """The results of all kernels."""
    path = work / "kernels.mlir"
    path.write_text(make_module(kernels))
    flags, outputs = [], [work / f"out{i}.npy" for i in range(len(kernels))]
    for number, (_, array) in enumerate(a for kernel in kernels for a in kernel.arguments):
        numpy.save(work / f"in{number}.npy", array)
        flags.append(f"--input={work / f'in{number}.npy'}")
    for output in outputs:
        output.unlink(missing_ok=True)
        flags.append(f"--output={output}")
    command = ["ditto-run", str(path), "--entry=main", *configuration, *flags]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"exit status {done.returncode}\n{done.stderr[:2000]}")
    return [numpy.load(output).view(k.element.dtype) for k, output in zip(kernels, outputs)]


def check_kernels(kernels, work, configuration, scalar):
    """The results; `scalar` are those of scalar loops, or None for each."""
    try:
        results = run_module(kernels, work, configuration)
    except Failure as failure:
        if len(kernels) > 1:  # find one that fails alone
            for kernel in kernels:
                check_kernels([kernel], work, configuration, [None])
            raise
        raise Failure(f"{describe(kernels[0], configuration)}{failure}") from None
    keeps_order = "--keep-order" in configuration
    for kernel, found, bits in zip(kernels, results, scalar):
        error = kernel.find_error(found, bits if keeps_order and kernel.is_exact_in_order else None)
        if error:
            raise Failure(f"{describe(kernel, configuration)}{error}")
    return results


def describe(kernel, configuration):
    shapes = ", ".join(str(array.shape) for _, array in kernel.arguments)
    return f"{kernel.function('main')}on arrays of shapes {shapes} with {' '.join(configuration)}:\n"


def run_batch(seed, work):
    """The kernels of one seed; returns how many ran."""
    rng = numpy.random.default_rng(seed)
    kernels = [FAMILIES[family](rng) for family, number in BATCH.items() for _ in range(number)]
    scalar = [None] * len(kernels)
    for configuration in CONFIGURATIONS:
        results = check_kernels(kernels, work, configuration, scalar)
        if configuration is SCALAR:
            scalar = results
    return len(kernels) * len(CONFIGURATIONS)


def main():
    args = make_parser(__doc__).parse_args()
    return run_batches(args, lambda seed: run_batch(seed, args.work), "results")


if __name__ == "__main__":
    sys.exit(main())
