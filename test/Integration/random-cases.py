"""Compiled code does what the executable specification says, byte for byte.

REQUIRES: numpy
RUN: %python %s --work=%t --seed=1 --batches=8

Random cases of both ops over ranks, extents, forms of counts, dims, output sizes,
static and dynamic types and every element type. A batch is one module with one
function of many results; it runs as it is, canonicalized before and in scalar
loops, lowered by convert-ditto-to-linalg alone, and bufferized without it. Cases
that end in a run-time error have a process each. The work is that of the batches,
however fast the machine is. To look longer: `--seed=random --seconds=600`; a
failure prints what reproduces it, and is made smaller, into a test that fails.
"""

import itertools
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys

TEST_ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TEST_ROOT / "spec"), str(TEST_ROOT / "Integration")]

import ditto_spec as spec
from support.batches import Failure, Reproducer, make_parser, run_batches, shrink_failure
from support.cases import Generator
from support.choices import Choices
from support.elements import ELEMENT_TYPES, ElementType, read, write

BATCH = 40
# What ditto-opt does before, and ditto-run's options. LLVM's optimiser takes most
# of the time; a hang shows best without it.
PIPELINES = [
    (None, ["-O", "3"]),
    ("--canonicalize", ["-O", "0", "--vector-bits=0"]),
    ("--convert-ditto-to-linalg", ["-O", "0", "--num-threads=3", "--part-instructions=1"]),
    ("--one-shot-bufferize=dialect-filter=ditto allow-unknown-ops", ["-O", "0"]),
]
# Seconds of the processor, however busy the machine is. A case takes less than one.
BATCH_SECONDS, CASE_SECONDS = 200, 20
COUNTS = {
    "i32": ElementType("i32", 32, "<u4"),
    "i64": ElementType("i64", 64, "<u8"),
    "index": ElementType("index", 64, "<u8"),
}


def batch_module(cases):
    """One function that takes all arguments and returns all results."""
    arguments, body, types = [], [], []
    for number, case in enumerate(cases):
        rename = lambda text: re.sub(r"%(\d+)", rf"%c{number}_\1", text)
        arguments += [
            f"%c{number}_{i}: {type}" for i, (type, _) in enumerate(case.arguments)
        ]
        body.append(f"  %r{number} = {rename(case.operation)}")
        types.append(case.result_type)
    results = ", ".join(f"%r{number}" for number in range(len(cases)))
    return (
        f"func.func @main({', '.join(arguments)}) -> ({', '.join(types)}) {{\n"
        + "\n".join(body)
        + f"\n  return {results} : {', '.join(types)}\n}}\n"
    )


def write_inputs(case, prefix):
    """The --input flags of a case."""
    flags = []
    for number, (type, value) in enumerate(case.arguments):
        if isinstance(value, int):
            flags.append(f"--input={value}")
            continue
        element = case.type
        if number > 0:
            element = COUNTS[re.search(r"(i32|i64|index)>$", type).group(1)]
        path = f"{prefix}.in{number}.npy"
        write(path, element, value.shape, [element.mask(v) for v in value.elements])
        flags.append(f"--input={path}")
    return flags


def run(command, seconds):
    """Runs `command`, which is named without its --input and --output flags."""
    name = " ".join(c for c in command if not c.startswith(("--input", "--output")))
    limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    if done.returncode == -signal.SIGXCPU:
        raise Failure(f"{name}: no end after {seconds} seconds")
    done.stderr = "\n".join(line[:400] for line in done.stderr.splitlines()[:20])
    return name, done


def run_module(path, pipeline, flags, seconds):
    """ditto-run on the module at `path` after the passes of `pipeline`."""
    passes, options = pipeline
    if passes:
        lowered = path.with_suffix(".lowered.mlir")
        name, opt = run(["ditto-opt", str(path), passes, "-o", str(lowered)], seconds)
        if opt.returncode != 0:
            raise Failure(f"{name}: exit status {opt.returncode}\n{opt.stderr}")
        path = lowered
    return run(["ditto-run", str(path), "--entry=main", *options, *flags], seconds)


def check_result(case, path):
    shape, elements = read(path, case.type)
    if shape != case.expected.shape:
        raise Failure(f"expected shape {case.expected.shape}, but got {shape}")
    if len(elements) != len(case.expected.elements):
        raise Failure(f"expected {len(case.expected.elements)} elements, but got {len(elements)}")
    if elements != case.expected.elements:
        first = next(
            i for i, pair in enumerate(zip(elements, case.expected.elements))
            if pair[0] != pair[1]
        )
        raise Failure(
            f"expected element {first} to be {case.expected.elements[first]:#x}, "
            f"but got {elements[first]:#x}"
        )


def check_batch(cases, work, pipeline, seconds):
    path = work / "batch.mlir"
    path.write_text(batch_module(cases))
    flags = []
    for number, case in enumerate(cases):
        flags += write_inputs(case, work / f"case{number}")
    outputs = [work / f"case{number}.out.npy" for number in range(len(cases))]
    for output in outputs:
        output.unlink(missing_ok=True)
        flags.append(f"--output={output}")
    name, done = run_module(path, pipeline, flags, seconds)
    if done.returncode != 0:
        raise Failure(f"{name}: exit status {done.returncode}\n{done.stderr}")
    for case, output in zip(cases, outputs):
        check_result(case, output)


def write_reproducer(case, work, pipeline):
    """A folder with the case and its arguments; returns what to say about it."""
    reproducer = Reproducer(work)
    passes, options = pipeline
    runs = [f"ditto-opt %s '{passes}' -o %t.lowered"] if passes else []
    _, prefix = reproducer.input("")
    flags = [flag.replace(str(reproducer.inputs / "failure."), prefix)
             for flag in write_inputs(case, reproducer.inputs / "failure")]
    run = " ".join(["ditto-run", "%t.lowered" if passes else "%s", "--entry=main", *options, *flags])
    if isinstance(case.expected, str):
        runs.append(f"not {run} 2>&1 | FileCheck %s")
        what = f"CHECK: {case.expected}"
    else:
        what = "Elements move where the specification says."
        path, name = reproducer.input("expected.npy")
        write(path, case.type, case.expected.shape, case.expected.elements)
        runs.append(f"{run} --expect={name} --rtol=0 --atol=0")
    return reproducer.write(what, runs, case.function("main"))


def fail(case, check, failure, args, pipeline):
    """Raises the failure of a case as that of the smallest case that fails so."""
    def make(numbers):
        return Generator(Choices(replay=numbers)).make(case.type, isinstance(case.expected, str))

    def size(case):
        values = [value for _, value in case.arguments]
        return len(case.function("main")), sum(v if isinstance(v, int) else len(v.elements) for v in values)

    def check_alike(other):
        if isinstance(other.expected, str) == isinstance(case.expected, str):
            check(other)

    smallest, failure = shrink_failure(failure, case.numbers, make, check_alike, size, args.shrink_seconds)
    raise Failure(f"{describe(smallest, pipeline)}{failure}\n"
                  f"{write_reproducer(smallest, args.work, pipeline)}") from None


def check_cases(cases, args, pipeline):
    """Checks a batch; if it fails as a whole, makes a case smaller that fails alone."""
    check = lambda case: check_batch([case], args.work, pipeline, CASE_SECONDS)
    try:
        check_batch(cases, args.work, pipeline, BATCH_SECONDS)
    except Failure as failure:
        for case in cases:
            try:
                check(case)
            except Failure as alone:
                fail(case, check, alone, args, pipeline)
        raise failure


def describe(case, pipeline):
    """A case to reproduce by hand."""
    inputs = " ".join(
        str(value) if isinstance(value, int) else f"{type}:{list(value.shape)}"
        for type, value in case.arguments
    )
    return f"{case.function('main')}on {inputs}, after {pipeline[0] or 'no pass'}:\n"


def check_error(case, work, pipeline):
    path = work / "error.mlir"
    path.write_text(case.function("main"))
    output = work / "error.out.npy"
    output.unlink(missing_ok=True)
    flags = write_inputs(case, work / "error") + [f"--output={output}"]
    _, done = run_module(path, pipeline, flags, CASE_SECONDS)
    if done.returncode != 1 or case.expected not in done.stderr:
        raise Failure(
            f"expected exit status 1 and\n{case.expected}\n"
            f"but got {done.returncode} and\n{done.stderr}"
        )
    if output.exists():
        raise Failure("a result was written all the same")


def run_batch(seed, args):
    """The cases of one seed; returns how many ran."""
    cases, errors, types = [], [], make_types(seed)
    for number in itertools.count(seed * 1000):
        if len(cases) == BATCH:
            break
        case = Generator(Choices(number)).make(next(types), wrong=len(cases) % 4 == 3)
        (errors if isinstance(case.expected, str) else cases).append(case)
    pipelines = PIPELINES if seed % 2 == 0 else PIPELINES[:1]
    for pipeline in pipelines:
        check_cases(cases, args, pipeline)
    for number, case in enumerate(errors[:4]):
        pipeline = PIPELINES[number % len(PIPELINES)]
        check = lambda case: check_error(case, args.work, pipeline)
        try:
            check(case)
        except Failure as failure:
            fail(case, check, failure, args, pipeline)
    return len(cases) * len(pipelines) + len(errors[:4])


def make_types(seed):
    """Every element type in turn, for ever; the common ones more often."""
    types = list(ELEMENT_TYPES)
    types += [t for t in types if t.name in ("f32", "i64", "bf16", "i8")] * 4
    random.Random(seed).shuffle(types)
    return itertools.cycle(types)


def main():
    args = make_parser(__doc__).parse_args()
    return run_batches(args, lambda seed: run_batch(seed, args), "cases", least=BATCH + 1)


if __name__ == "__main__":
    sys.exit(main())
