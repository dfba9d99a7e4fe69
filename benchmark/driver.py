"""Starts workers for the cases and collects what they report."""

import json
import os
import subprocess
import sys

from . import paths

FAMILIES = ("copies", "decode", "prefill", "layer", "scaling")
THREAD_VARIABLES = (
    "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS",
)  # fmt: skip


def environment(threads):
    result = {**os.environ, **{name: str(threads) for name in THREAD_VARIABLES}}
    result["JAX_PLATFORMS"] = "cpu"
    result["TF_CPP_MIN_LOG_LEVEL"] = "3"
    parallel = "true" if threads > 1 else "false"
    result["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={parallel}"
    result["TORCHINDUCTOR_CACHE_DIR"] = str(paths.WORK / "inductor")
    result["TORCHINDUCTOR_COMPILE_THREADS"] = "1"
    result.setdefault("CXX", "g++")
    result["PYTHONPATH"] = str(paths.ROOT)
    return result


class Results:
    """The rows of all workers, and who was absent why."""

    def __init__(self):
        self.rows, self.absent = [], {}

    def add(self, message):
        if "absent" in message:
            self.absent[message["absent"]] = message["reason"]
        elif "contender" in message:
            self.rows.append(message)


def run_worker(request, names, results, say):
    """Runs cases until all are done or the worker dies; returns those that are left."""
    errors = paths.WORK / "worker.log"
    left, current = list(names), None
    with open(errors, "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=paths.ROOT,
            env=environment(request["threads"]),
        )
        json.dump({**request, "cases": left}, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            message = json.loads(line)
            results.add(message)
            if "begin" in message:
                current = message["begin"]
            if "done" in message:
                left.remove(message["done"])
                say(f"{message['done']} ({message['seconds']} s)")
    if process.wait() == 0:
        return []
    lines = errors.read_text().strip().splitlines() or ["no message"]
    if current is None or current not in left:
        raise RuntimeError(f"a worker died before any case: {lines[-1]}")
    say(f"{current}: the worker died ({lines[-1]})")
    results.absent[f"all, in {current}"] = f"the process died: {lines[-1]}"
    left.remove(current)
    return left


def measure(request, names, say):
    paths.WORK.mkdir(parents=True, exist_ok=True)
    results = Results()
    while names:
        names = run_worker(request, names, results, say)
    return results
