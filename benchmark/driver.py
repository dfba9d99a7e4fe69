"""Starts the processes that measure, and collects what they report."""

import json
import os
import re
import subprocess
import sys

from . import paths

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


class Process:
    """A module of this package that reads a request and writes lines of JSON."""

    def __init__(self, module, request):
        self.log = paths.WORK / f"{module}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.{module}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=paths.ROOT,
                env=environment(request["threads"]),
            )
        json.dump(request, self.process.stdin)
        self.process.stdin.close()

    def messages(self):
        for line in self.process.stdout:
            yield json.loads(line)

    def failure(self):
        """Why the process died, or None."""
        if self.process.wait() == 0:
            return None
        lines = self.log.read_text().strip().splitlines()
        return lines[-1] if lines else f"exit code {self.process.returncode}"


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
    left, current = list(names), None
    process = Process("worker", {**request, "cases": left})
    for message in process.messages():
        results.add(message)
        current = message.get("begin", current)
        if "done" in message:
            left.remove(message["done"])
            say(f"{message['done']} ({message['seconds']} s)")
    failure = process.failure()
    if failure is None:
        return []
    if current not in left:
        raise RuntimeError(f"a worker died before any case: {failure}")
    say(f"{current}: the worker died ({failure})")
    results.absent[f"all, in {current}"] = f"the process died: {failure}"
    left.remove(current)
    return left


def measure_cases(request, names, results, say):
    while names:
        names = run_worker(request, names, results, say)


def measure_memory(request, keys, say):
    """Rows of the table of memory, one per spelling of each contender."""
    rows = []
    wanted = re.compile(request["contenders"])
    pairs = next(Process("memory", request).messages())
    for name, spelling in pairs:
        if not wanted.search(name):
            continue
        process = Process(
            "memory", {**request, "contender": name, "spelling": spelling, "keys": keys}
        )
        answer = next(process.messages(), None) or {"skipped": process.failure()}
        rows.append({"contender": name, "spelling": spelling, "keys": keys, **answer})
        say(f"memory of {name}, {spelling}")
    return rows


def measure_compile_time(sizes, runs):
    """The tables of utils/report-compile-time.py; `sizes` has those of each kind."""
    tables = []
    for kind, text in sizes.items():
        command = [
            sys.executable, str(paths.ROOT / "utils/report-compile-time.py"),
            f"--build={paths.BUILD}", f"--kind={kind}", f"--sizes={text}", f"--runs={runs}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True)
        tables.append(done.stdout if done.returncode == 0 else done.stderr.strip().splitlines()[-1])
    return "\n".join(tables)
