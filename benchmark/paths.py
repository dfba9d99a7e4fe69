"""Where things are."""

import os
import pathlib
import tempfile


def setting(name, default):
    return pathlib.Path(os.environ.get(f"DITTO_BENCHMARK_{name}", default))


HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
# The build of ditto that is measured, and where everything else goes.
BUILD = setting("BUILD", ROOT / "build/release")
WORK = setting("WORK", ROOT / "build/benchmark")
LLVM = setting("LLVM", "/usr/lib/llvm-22/bin")
CLANG = str(LLVM / "clang")
# Whoever measures on this machine holds it.
LOCK = setting("LOCK", pathlib.Path(tempfile.gettempdir()) / "ditto-benchmark.lock")
