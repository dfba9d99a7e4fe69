"""Both ops move every element where the specification says, for all small shapes.

REQUIRES: numpy
RUN: env LD_PRELOAD=%preload %python %s --work=%t --compiler=%cxx_compiler --source=%ditto_src --build=%ditto_build --part=1/60 --seed=1

Where an element goes does not depend on it: a program that is right about 0, 1, 2, ..
is right about all tensors of the shape. Ranks up to 3, extents and counts up to 3:
ditto.repeat with as many new dimensions as fit in three; ditto.repeat_interleave along
every dimension or flattened, by one count or by every vector of up to three. Each with
every subset of the extents known, and the counts as attributes and as values. `--part`
takes a random part of the functions.
"""

import argparse
import itertools
import pathlib
import random
import sys
import time
from dataclasses import dataclass, field

import numpy

TEST_ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TEST_ROOT / "spec"), str(TEST_ROOT / "Integration")]

import ditto_spec as spec
from support.batches import Failure, Progress, add_output_options, write_json
from support.cases import tensor_type
from support.native import InMemoryModule, NativeError, NativeModule, Toolchain

MAX_RANK, MAX = 3, 3
BATCH = 300  # functions in a module
# What ditto-opt does before, and ditto-run's options.
PIPELINES = {
    "loops": (None, ["-O0", "--vector-bits=0"]),
    "vectors": (None, ["-O0"]),
    "canonical": ("--canonicalize", ["-O0"]),
    "linalg": ("--convert-ditto-to-linalg", ["-O1", "--vector-bits=128"]),
}
# Compiled in memory, at this level, rather than ahead of time. What code does is decided
# before by the passes that both ways share; one pipeline shows that it is loaded and
# called rightly.
IN_MEMORY = {"memory": 0}
DTYPES = {"i8": numpy.uint8, "i16": numpy.uint16, "i32": numpy.uint32, "i64": numpy.uint64}


@dataclass
class Function:
    """A function of static and dynamic parts, and what it is called with."""

    text: str  # with `@f`
    rank: int  # of the result
    calls: list = field(default_factory=list)  # (what, arguments, expected)


def iota(shape):
    return spec.Tensor(shape, list(range(spec.size_in_bytes(shape, 1))))


def get_masks(shape):
    """Every view of `shape` that a type may have."""
    return itertools.product(*((extent, None) for extent in shape))


def get_shapes():
    for rank in range(MAX_RANK + 1):
        yield from itertools.product(range(MAX + 1), repeat=rank)


class Cases:
    """All functions, by their text."""

    def __init__(self, element):
        self.element = element
        self.dtype = DTYPES[element]
        self.functions = {}
        self.shapes = 0

    def add(self, operation, types, parameters, result, what, arguments, expected):
        """One call of the function that `operation` is the body of."""
        text = (
            f"func.func @f({', '.join(f'%{i}: {t}' for i, t in enumerate(parameters))}) -> {result} {{\n"
            f"  %r = {operation} : {types} -> {result}\n  return %r : {result}\n}}\n"
        )
        function = self.functions.setdefault(text, Function(text, len(expected.shape)))
        function.calls.append((what, arguments, expected))

    def make_all(self):
        for shape in get_shapes():
            x = iota(shape)
            array = numpy.array(x.elements, dtype=self.dtype).reshape(shape)
            for rank in range(len(shape), MAX_RANK + 1):
                for counts in itertools.product(range(MAX + 1), repeat=rank):
                    self.shapes += 1
                    self.repeat(shape, array, counts, spec.repeat(x, counts))
            for dim in (None, *range(len(shape))):
                extent = len(x.elements) if dim is None else shape[dim]
                for count in range(MAX + 1):
                    self.shapes += 1
                    self.interleave(shape, array, count, dim, spec.repeat_interleave(x, count, dim))
                lengths = {1, extent} if extent <= MAX else {1}
                for length in lengths:
                    for counts in itertools.product(range(MAX + 1), repeat=length):
                        self.shapes += 1
                        expected = spec.repeat_interleave(x, list(counts), dim)
                        self.interleave_by_tensor(shape, array, counts, dim, expected)

    def repeat(self, shape, array, counts, expected):
        new = (1,) * (len(counts) - len(shape))
        for view in get_masks(shape):
            x = tensor_type(view, self.element)
            what = f"{shape} by {counts}"
            known = [None if d is None else c * d for c, d in zip(counts, new + view)]
            self.add(f"ditto.repeat %0 by [{', '.join(map(str, counts))}]", x, [x],
                     tensor_type(known, self.element), what, [array], expected)
            if counts:
                values = ", ".join(f"%{i + 1}" for i in range(len(counts)))
                self.add(f"ditto.repeat %0 by [{values}]", x, [x] + ["index"] * len(counts),
                         tensor_type([None] * len(counts), self.element), what, [array, *counts], expected)

    def get_result(self, view, dim, known):
        if dim is None:
            return tensor_type([known], self.element)
        return tensor_type([*view[:dim], known, *view[dim + 1:]], self.element)

    def interleave(self, shape, array, count, dim, expected):
        text = "" if dim is None else f" dim({dim})"
        for view in get_masks(shape):
            x = tensor_type(view, self.element)
            what = f"{shape} by {count}{text}"
            extent = None if None in view and 0 not in view else spec.size_in_bytes([d or 0 for d in view], 1)
            if dim is not None:
                extent = view[dim]
            known = None if extent is None else extent * count
            self.add(f"ditto.repeat_interleave %0 by {count}{text}", x, [x],
                     self.get_result(view, dim, known), what, [array], expected)
            self.add(f"ditto.repeat_interleave %0 by %1{text}", x, [x, "index"],
                     self.get_result(view, dim, None), what, [array, count], expected)

    def interleave_by_tensor(self, shape, array, counts, dim, expected):
        text = "" if dim is None else f" dim({dim})"
        counts_array = numpy.array(counts, dtype=numpy.int64)
        forms = [tensor_type([len(counts)], "i64"), tensor_type([None], "i64")]
        forms += ["tensor<i64>"] if len(counts) == 1 else []
        for view in get_masks(shape):
            x = tensor_type(view, self.element)
            for form in forms:
                array_of_counts = counts_array.reshape(()) if form == "tensor<i64>" else counts_array
                self.add(f"ditto.repeat_interleave %0 by %1{text}", f"{x}, {form}", [x, form],
                         self.get_result(view, dim, None), f"{shape} by {counts}{text}",
                         [array, array_of_counts], expected)


def check_call(module, name, function, call, dtype):
    what, arguments, expected = call
    before = [a.copy() for a in arguments if not isinstance(a, int)]
    try:
        result = module.call(name, arguments, function.rank, dtype)
    except NativeError as error:
        raise Failure(f"{function.text}on {what}: {error}") from None
    if result.shape != expected.shape or result.ravel().tolist() != expected.elements:
        raise Failure(f"{function.text}on {what}: expected {expected}, but got {result.tolist()}")
    for old, new in zip(before, (a for a in arguments if not isinstance(a, int))):
        if not numpy.array_equal(old, new):
            raise Failure(f"{function.text}on {what}: an argument was written to")


def check_functions(functions, path, toolchain, pipeline, dtype):
    """Compiles and calls them; returns the number of calls."""
    text = "".join(f.text.replace("@f(", f"@f{i}(") for i, f in enumerate(functions))
    if pipeline in IN_MEMORY:
        module = InMemoryModule(text, toolchain, IN_MEMORY[pipeline])
    else:
        module = NativeModule(text, path, toolchain, *PIPELINES[pipeline])
    calls = 0
    for number, function in enumerate(functions):
        for call in function.calls:
            check_call(module, f"f{number}", function, call, dtype)
            calls += 1
    return calls


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--compiler", required=True, help="a C++ compiler that links shared libraries")
    parser.add_argument("--source", required=True, help="ditto's source tree")
    parser.add_argument("--build", required=True, help="ditto's build tree")
    parser.add_argument("--element", default="i32", choices=DTYPES)
    parser.add_argument("--pipelines", default=",".join([*PIPELINES, *IN_MEMORY]))
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--seed", type=int, default=1)
    add_output_options(parser)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)

    cases = Cases(args.element)
    cases.make_all()
    functions = list(cases.functions.values())
    random.Random(args.seed).shuffle(functions)
    numerator, denominator = map(int, args.part.split("/"))
    functions = functions[: len(functions) * numerator // denominator]
    toolchain = Toolchain(args.compiler, args.source, args.build)
    pipelines = args.pipelines.split(",")
    jobs = [(p, start) for p in pipelines for start in range(0, len(functions), BATCH)]
    progress = Progress("calls", args.progress)
    calls = failures = 0
    for number, (pipeline, start) in enumerate(jobs):
        path = args.work / f"{pipeline}{start}"
        batch = functions[start : start + BATCH]
        try:
            calls += check_functions(batch, path, toolchain, pipeline, cases.dtype)
        except Failure as failure:
            print(f"{failure}\nafter {pipeline}, in {path}")
            failures += 1
            break
        progress.show(calls, (number + 1) / len(jobs))
    proven = cases.shapes if args.part == "1/1" and not failures else None
    write_json(args.json, kind="calls", number=calls, failures=failures, seed=args.seed,
               seconds=round(time.monotonic() - progress.start), functions=len(functions),
               shapes=proven, element=args.element, pipelines=pipelines)
    if failures:
        return 1
    what = f"{proven} shapes are proven" if proven else f"part {args.part} of {cases.shapes} shapes"
    print(f"{len(functions)} functions, {calls} calls agree: {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
