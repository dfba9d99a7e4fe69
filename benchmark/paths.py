"""Where things are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
HERE = pathlib.Path(__file__).resolve().parent
# The build of ditto that is measured, and where everything else goes.
BUILD = pathlib.Path(os.environ.get("DITTO_BENCHMARK_BUILD", ROOT / "build/release"))
WORK = pathlib.Path(os.environ.get("DITTO_BENCHMARK_WORK", ROOT / "build/benchmark"))
LLVM = pathlib.Path(os.environ.get("DITTO_BENCHMARK_LLVM", "/usr/lib/llvm-22/bin"))
CLANG = str(LLVM / "clang")


def ditto_version():
    """The commit that is checked out."""
    import subprocess

    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or "?"
    except OSError:
        return "?"
