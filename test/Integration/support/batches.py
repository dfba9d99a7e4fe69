"""The command line of tests that run batches of random work."""

import argparse
import json
import pathlib
import random
import sys
import time


class Failure(Exception):
    pass


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
