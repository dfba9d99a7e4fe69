"""The command line of tests that run batches of random work."""

import argparse
import json
import pathlib
import random
import re
import shutil
import sys
import time

from support.choices import Exhausted, shrink


class Failure(Exception):
    """Something that does not hold."""

    def kind(self):
        """The first line without most numbers: the same for the same cause."""
        numbers = r"(exit status -?[0-9]+)|0x[0-9a-f]+|[0-9]+"
        return re.sub(numbers, lambda number: number[1] or "#", str(self).split("\n", 1)[0])


class Reproducer:
    """A module in a folder of its own, with what it needs and RUN lines that fail: a test
    to copy and to rename."""

    def __init__(self, work):
        self.path = work / "failure/failure.mlir"
        shutil.rmtree(self.path.parent, ignore_errors=True)
        self.inputs = self.path.parent / "Inputs"
        self.inputs.mkdir(parents=True)

    def input(self, name):
        """Where a file of this name is to be written, and what RUN lines call it."""
        return self.inputs / f"failure.{name}", f"%S/Inputs/failure.{name}"

    def write(self, what, runs, module):
        """The last of the lines `runs` fails; `what` should be."""
        lines = [f"// {what}", "//", *(f"// RUN: {run}" for run in runs)]
        self.path.write_text("\n".join(lines) + f"\n\n{module}")
        names = {"%S": self.path.parent, "%s": self.path, "%t": self.path.parent / "failure.tmp"}
        command = " && ".join(re.sub("%[Sst]", lambda name: str(names[name[0]]), run) for run in runs)
        return f"made smaller: {self.path}, shown by\n{command}"


def shrink_failure(failure, numbers, make, check, size, seconds):
    """The smallest case found that fails as `failure` says, and its failure.

    `make(numbers)` gives a case, `check(case)` raises, `size(case)` is compared.
    """
    def attempt(numbers):
        try:
            case = make(numbers)
            check(case)
        except Exhausted:
            pass
        except Failure as other:
            if other.kind() == failure.kind():
                return case, other
        return None, None

    def measure(numbers):
        case, _ = attempt(numbers)
        return size(case) if case else None

    return attempt(shrink(numbers, measure, seconds))


class Progress:
    """How far a run is, on one line of stderr, if that is asked for."""

    def __init__(self, noun, is_shown):
        self.noun = noun
        self.is_shown = is_shown
        self.start = time.monotonic()

    def show(self, total, share):
        """`share` is that of the work that is done, from 0 to 1."""
        if not self.is_shown:
            return
        spent = time.monotonic() - self.start
        left = spent / max(share, 1e-9) * (1 - share)
        text = f"{total} {self.noun}, {total / max(spent, 1e-9):.0f}/s, {100 * share:.0f} %, {left:.0f} s left"
        print(f"\r{text:70}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def write_json(path, **values):
    """What a run found, for programs; `path` may be None."""
    if path:
        path.write_text(json.dumps(values, indent=1) + "\n")


def add_output_options(parser):
    parser.add_argument("--progress", action="store_true", help="say on stderr how far it is")
    parser.add_argument("--json", type=pathlib.Path, help="where to write what was found")


def make_parser(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--seed", default="random")
    parser.add_argument("--batches", type=int, default=2**32)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--shrink-seconds", type=float, default=60,
                        help="for making a failure smaller")
    add_output_options(parser)
    return parser


def run_batches(args, run_batch, noun, least=1):
    """Runs the batches that `args` ask for; returns the exit status.

    `run_batch(seed)` returns how many of `noun` it has compared, or raises Failure.
    Fewer than `least` in all are a failure, too.
    """
    args.work.mkdir(parents=True, exist_ok=True)
    seed = random.randrange(2**32) if args.seed == "random" else int(args.seed)
    progress = Progress(noun, args.progress)
    end = progress.start + args.seconds
    total = failures = 0
    for number in range(args.batches):
        if time.monotonic() > end:
            break
        try:
            total += run_batch(seed + number)
        except Failure as failure:
            failures += 1
            print(f"with --seed={seed + number} --batches=1, in {args.work}:\n{failure}")
            break
        spent = time.monotonic() - progress.start
        progress.show(total, max((number + 1) / args.batches, min(spent / args.seconds, 1)))
    seconds = round(time.monotonic() - progress.start)
    write_json(args.json, kind=noun, number=total, failures=failures, seed=seed, seconds=seconds)
    print(f"{total} {noun} agree, --seed={seed}")
    return 0 if total >= least and not failures else 1
