"""How programs that were built with sanitizers run in lit."""

import os
import subprocess

# libMLIR is not instrumented: its arenas look poisoned, and its leaks are not ours.
ASAN = {
    "ASAN_OPTIONS": "allow_user_poisoning=0:detect_leaks=0",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
}


def get_tsan(config):
    """Nor is what libMLIR and OpenMP's library read and write of interest; OpenMP has a
    tool that tells what it orders."""
    return {
        "TSAN_OPTIONS": "ignore_noninstrumented_modules=1",
        "OMP_TOOL_LIBRARIES": os.path.join(config.llvm_tools_dir, "../lib/libarcher.so"),
    }


def find_runtime(config, name):
    """The shared library of a sanitizer, or None."""
    file = f"libclang_rt.{name}-{os.uname().machine}.so"
    command = [config.c_compiler, f"-print-file-name={file}"]
    path = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return path if os.path.isabs(path) else None


def set_up(config):
    """Adds what is needed of the environment, and the features `asan` or `tsan`.
    Returns the shared library that a host without sanitizers has to load before
    it loads ditto, or None if ditto has none."""
    sanitizers = config.ditto_sanitizers.split(",")
    for sanitizer, name, environment in (
        ("address", "asan", ASAN),
        ("thread", "tsan", get_tsan(config)),
    ):
        if sanitizer in sanitizers:
            config.available_features.add(name)
            config.environment.update(environment)
            return find_runtime(config, name)
    return None
