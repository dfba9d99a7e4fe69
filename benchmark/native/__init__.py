"""Compiled code called from Python: kernels in C, and functions that MLIR compiled."""

import subprocess


def run(*command, **options):
    """Runs a tool; its complaint is the exception's text."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **options
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise RuntimeError(f"{command[0]}: {lines[0]}")
    return done.stdout
