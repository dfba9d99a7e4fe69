#!/usr/bin/env python3
"""Prints how long ditto's passes take for larger and larger modules.

usage: report-compile-time.py [--build=DIRECTORY] [--kind=KIND] [--sizes=1,2,4,..]
                              [--runs=N] [--growth=FACTOR]
  --kind    layers: a Llama of so many; repeats: so many in a chain; functions: so many,
            each with two repeats and attention
  --growth  fail if the last size takes more than FACTOR times as long as the first

Times are those of whole processes on one thread, reading and printing included, the
shortest of a few runs; beside them mlir-opt --canonicalize --cse on a module of layers,
ditto-opt --canonicalize --cse on those with ditto's ops.
"""

import argparse
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "test"))

from Models.support.layers import stack_layers  # noqa: E402


def find_mlir_opt(build):
    cache = (build / "CMakeCache.txt").read_text()
    mlir = re.search(r"^MLIR_DIR:\w+=(.*)", cache, re.M)[1]
    return pathlib.Path(mlir).parents[2] / "bin/mlir-opt"


def time_process(command, runs):
    """The shortest time in seconds that the command kept a processor busy."""
    best = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def make_repeats(number):
    """A chain of both ops, of which no two neighbours are one."""
    ops = ["ditto.repeat_interleave %x{0} by %n dim(1)", "ditto.repeat %x{0} by [%n, 1]"]
    chain = "".join(
        f"  %x{i + 1} = {ops[i % 2].format(i)} : tensor<?x?xf32> -> tensor<?x?xf32>\n" for i in range(number)
    )
    return (
        "func.func @chain(%x0: tensor<?x?xf32>, %n: index) -> tensor<?x?xf32> {\n"
        f"{chain}  return %x{number} : tensor<?x?xf32>\n}}\n"
    )


def make_functions(number):
    text = (ROOT / "examples/attention.mlir").read_text()
    text = text[text.index("func.func"):]
    return "".join(re.sub(r"@\w+", f"@f{i}", text, count=1) for i in range(number))


# The sizes that are measured, and how a module of a size is made.
KINDS = {
    "layers": ("1,2,4,8,16,32,64", stack_layers),
    "repeats": ("10,100,1000,10000", make_repeats),
    "functions": ("1,10,100,1000", make_functions),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--kind", choices=KINDS, default="layers")
    parser.add_argument("--sizes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", type=float, default=float("inf"))
    args = parser.parse_args()

    default_sizes, make_module = KINDS[args.kind]
    ditto_opt = args.build / "bin/ditto-opt"
    stock_opt = find_mlir_opt(args.build) if args.kind == "layers" else ditto_opt
    all_seconds = []
    print(f"| {args.kind} | lines of IR | canonicalize, cse | ditto-optimize |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as work:
        module = pathlib.Path(work) / "module.mlir"
        for size in map(int, (args.sizes or default_sizes).split(",")):
            text = make_module(size)
            module.write_text(text)
            flags = [module, "--mlir-disable-threading", "-o", "/dev/null"]
            stock = [stock_opt, *flags, "--canonicalize", "--cse"]
            ditto = [ditto_opt, *flags, "--ditto-optimize"]
            seconds = [time_process(command, args.runs) for command in (stock, ditto)]
            all_seconds.append(seconds[1])
            lines = text.count("\n")
            times = " | ".join(f"{1000 * value:.0f} ms" for value in seconds)
            print(f"| {size} | {lines} | {times} |", flush=True)
    growth = all_seconds[-1] / all_seconds[0]
    if growth > args.growth:
        print(f"expected {args.growth} times as long at most, but found {growth:.1f}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
