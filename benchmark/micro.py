"""The microbenchmarks in C++, where they were built."""

import json

from . import paths
from .native import run


def measure(seconds):
    """Nanoseconds per call by name, or why there are none."""
    program = paths.BUILD / "bin/ditto-benchmarks"
    if not program.exists():
        return {"skipped": "ditto-benchmarks was not built: no Google Benchmark"}
    text = run(
        program, "--benchmark_format=json", f"--benchmark_min_time={seconds}",
        "--benchmark_repetitions=5", "--benchmark_report_aggregates_only=true",
    )  # fmt: skip
    scale = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    return {
        entry["run_name"]: entry["cpu_time"] * scale[entry["time_unit"]]
        for entry in json.loads(text)["benchmarks"]
        if entry["aggregate_name"] == "median"
    }
