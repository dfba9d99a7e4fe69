"""The command line of tests that run batches of random work."""

import argparse
import pathlib
import random
import time


class Failure(Exception):
    pass


def make_parser(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--seed", default="random")
    parser.add_argument("--batches", type=int, default=2**32)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    return parser


def run_batches(args, run_batch, noun, least=1):
    """Runs the batches that `args` ask for; returns the exit status.

    `run_batch(seed)` returns how many of `noun` it has compared, or raises Failure.
    Fewer than `least` in all are a failure, too.
    """
    args.work.mkdir(parents=True, exist_ok=True)
    seed = random.randrange(2**32) if args.seed == "random" else int(args.seed)
    end = time.monotonic() + args.seconds
    total = 0
    for number in range(args.batches):
        if time.monotonic() > end:
            break
        try:
            total += run_batch(seed + number)
        except Failure as failure:
            print(f"with --seed={seed + number} --batches=1, in {args.work}:\n{failure}")
            return 1
    print(f"{total} {noun} agree, --seed={seed}")
    return 0 if total >= least else 1
