#!/usr/bin/env python3
"""Prints how long ditto-optimize takes for a Llama of more and more layers.

usage: report-compile-time.py [--build=DIRECTORY] [--layers=1,2,4,..] [--runs=N]
                              [--growth=FACTOR]
  --growth  fail if the last number of layers takes more than FACTOR times as long as
            the first

Times are those of whole processes on one thread, reading and printing included, the
shortest of a few runs; beside them mlir-opt --canonicalize --cse on the same module.
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--layers", default="1,2,4,8,16,32,64")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", type=float, default=float("inf"))
    args = parser.parse_args()

    all_seconds = []
    print("| layers | lines of IR | canonicalize, cse | ditto-optimize |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as work:
        module = pathlib.Path(work) / "layers.mlir"
        for layers in map(int, args.layers.split(",")):
            text = stack_layers(layers)
            module.write_text(text)
            flags = [module, "--mlir-disable-threading", "-o", "/dev/null"]
            stock = [find_mlir_opt(args.build), *flags, "--canonicalize", "--cse"]
            ditto = [args.build / "bin/ditto-opt", *flags, "--ditto-optimize"]
            seconds = [time_process(command, args.runs) for command in (stock, ditto)]
            all_seconds.append(seconds[1])
            lines = text.count("\n")
            times = " | ".join(f"{1000 * value:.0f} ms" for value in seconds)
            print(f"| {layers} | {lines} | {times} |", flush=True)
    growth = all_seconds[-1] / all_seconds[0]
    if growth > args.growth:
        print(f"expected {args.growth} times as long at most, but found {growth:.1f}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
