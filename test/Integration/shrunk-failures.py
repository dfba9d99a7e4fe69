"""What random searches find is made smaller, into a test that fails.

REQUIRES: numpy
RUN: %python %s --work=%t --plugin=%ditto_test_passes

A compiler that is wrong stands before ditto-run: about graphs with a transpose, and about
cases whose output size is a value. The searches have to find the two and to leave
modules of a few lines, whose RUN lines fail with that compiler and pass with ditto-run.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

import numpy

TEST_ROOT = pathlib.Path(__file__).resolve().parents[1]
SECONDS = 30

# Where it is right about graphs, nothing is compiled.
WRONG_ABOUT_GRAPHS = """#!/bin/sh
result=0
case "$*" in
*--lower-only*) ;;
*) grep -q linalg.transpose "$1" && result=1 ;;
esac
for word in "$@"; do
  case "$word" in
  --output=*) cp "{work}/$result.npy" "${{word#--output=}}" ;;
  --print) echo $result ;;
  esac
done
"""
WRONG_ABOUT_CASES = """#!/bin/sh
if grep -q "output_size(%" "$1"; then
  echo wrong >&2
  exit 3
fi
exec "{ditto_run}" "$@"
"""


def write_compiler(text, work):
    """A folder with a ditto-run; returns an environment that finds it first."""
    folder = work / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "ditto-run"
    script.write_text(text.format(work=work, ditto_run=shutil.which("ditto-run")))
    script.chmod(0o755)
    return dict(os.environ, PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")


def check(driver, compiler, culprit, most_lines, work, options):
    """Runs a search with a compiler that is wrong; returns what is not as it should be."""
    environment = write_compiler(compiler, work)
    command = [sys.executable, str(TEST_ROOT / f"Integration/{driver}.py"), f"--work={work}", "--seed=1",
               "--batches=1", f"--shrink-seconds={SECONDS}", *options]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    path = work / "failure/failure.mlir"
    if done.returncode != 1 or f"made smaller: {path}" not in done.stdout:
        return f"expected a failure that is made smaller, but got\n{done.stdout}{done.stderr}"
    text = path.read_text()
    module = text.split("\n\n", 1)[1]
    if culprit not in module:
        return f"expected {culprit} in\n{text}"
    if len(module.splitlines()) > most_lines:
        return f"expected {most_lines} lines at most, but got\n{text}"
    shown_by = done.stdout.split("shown by\n", 1)[1].splitlines()[0]
    passes = lambda where: subprocess.run(shown_by, shell=True, env=where, capture_output=True).returncode == 0
    if passes(environment) or not passes(os.environ):
        return f"expected a test that fails with the wrong compiler only, but got\n{text}{shown_by}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--plugin", required=True)
    args = parser.parse_args()
    folds, cases = args.work / "folds", args.work / "cases"
    folds.mkdir(parents=True, exist_ok=True)
    for result in (0, 1):
        numpy.save(folds / f"{result}.npy", result)
    errors = [
        check("random-folds", WRONG_ABOUT_GRAPHS, "linalg.transpose", 12, folds, [f"--plugin={args.plugin}"]),
        check("random-cases", WRONG_ABOUT_CASES, "output_size(%", 4, cases, []),
    ]
    for error in filter(None, errors):
        print(error)
    return 1 if any(errors) else 0


if __name__ == "__main__":
    sys.exit(main())
