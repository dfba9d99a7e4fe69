"""Time of calls: contenders in turn, round by round, disturbed samples left out.

Contenders that share a machine with other processes are only comparable when they are
measured at the same time: each round has one sample of each, in another order.
"""

import contextlib
import fcntl
import gc
import os
import random
import resource
import statistics
import time

import numpy

from . import paths

# Calls shorter than this are repeated within a sample.
SHORT = 2e-4
# How many samples are enough for calls that take longer than so many seconds.
ENOUGH = ((1.0, 3), (0.25, 5), (0.02, 9))
FEWEST = 3


def pin(cores):
    for thread in os.listdir("/proc/self/task"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(int(thread), cores)


def prefer(preferred):
    """Nobody else's process preempts a sample, where the system lets us ask for that."""
    policy = os.SCHED_RR if preferred else os.SCHED_OTHER
    for thread in os.listdir("/proc/self/task"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(int(thread), policy, os.sched_param(int(preferred)))


@contextlib.contextmanager
def timing_cores(threads):
    """The first cores for this process alone, as far as benchmarks are concerned."""
    everywhere = os.sched_getaffinity(0)
    with open(paths.LOCK, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pin(set(sorted(everywhere)[:threads]))
        prefer(True)
        try:
            yield
        finally:
            prefer(False)
            pin(everywhere)


def disturbances():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_minflt, usage.ru_nivcsw


class Samples:
    """The samples of one contender."""

    def __init__(self, run, cold):
        self.run = run
        self.clean, self.disturbed, self.faults = [], [], []
        result = run()
        del result
        start = time.perf_counter()
        result = run()
        self.estimate = time.perf_counter() - start
        del result
        short = self.estimate < SHORT and not cold
        self.calls = max(1, int(1.5 * SHORT / max(self.estimate, 1e-7))) if short else 1

    def wanted(self, rounds):
        return next((n for limit, n in ENOUGH if self.estimate > limit), rounds)

    def take(self, evict):
        if evict:
            evict()
        elif self.estimate < 0.05:
            result = self.run()  # what the others evicted
            del result
        run, calls = self.run, self.calls
        faults, switches = disturbances()
        start = time.perf_counter()
        for _ in range(calls):
            result = run()
        seconds = (time.perf_counter() - start) / calls
        faults_after, switches_after = disturbances()
        del result  # freeing the last one is not timed
        self.faults.append((faults_after - faults) / calls)
        (self.clean if switches == switches_after else self.disturbed).append(seconds)

    def summary(self):
        # All are better than none; the report says so.
        taken = self.clean if len(self.clean) >= FEWEST else self.clean + self.disturbed
        return {
            "median": statistics.median(taken),
            "min": min(taken),
            "samples": len(taken),
            "disturbed": len(self.disturbed),
            "faults": statistics.median(self.faults),
        }


def measure(runs, threads=1, rounds=15, budget=20.0, evict=None):
    """Times every callable of `runs`; returns their summaries under the same keys."""
    with timing_cores(threads):
        gc.collect()
        gc.disable()
        try:
            samples = {
                key: Samples(run, evict is not None) for key, run in runs.items()
            }
            order = random.Random(1)
            start = time.monotonic()
            for done in range(2 * rounds):
                late = time.monotonic() - start > budget
                missing = [
                    s
                    for s in samples.values()
                    if len(s.clean) < (FEWEST if late else s.wanted(rounds))
                    and len(s.clean) + len(s.disturbed) < 2 * s.wanted(rounds)
                ]
                if not missing or (late and done >= FEWEST):
                    break
                # What one leaves in the caches is not always found by the same other.
                for sample in order.sample(missing, len(missing)):
                    sample.take(evict)
        finally:
            gc.enable()
    return {key: sample.summary() for key, sample in samples.items()}


def evictor(size):
    """A function that pushes everything else out of caches of `size` bytes."""
    memory = numpy.ones(3 * size, numpy.uint8)
    return lambda: memory.view(numpy.int64).max()
