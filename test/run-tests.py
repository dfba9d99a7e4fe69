#!/usr/bin/env python3
"""Runs lit and ends with one line, `N passed, N failed`, over all tests.

usage: run-tests.py --lit=PATH DIRECTORY... [-- OPTION OF LIT...]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "EXCLUDED", "SKIPPED"}


def count(test):
    """How many passed, failed and were skipped: more than one in a file of pytest."""
    metrics = test.get("metrics")
    if metrics:
        return metrics["passed"], metrics["failed"], metrics["skipped"]
    passed, skipped = test["code"] in PASSED, test["code"] in SKIPPED
    return passed, not passed and not skipped, skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lit", required=True)
    parser.add_argument("directories", nargs="+")
    args, lit_options = parser.parse_known_args()

    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        command = [sys.executable, args.lit, "-sv", "--no-progress-bar", "--output", report]
        command += [option for option in lit_options if option != "--"]
        lit = subprocess.run(command + args.directories)
        try:
            with open(report) as file:
                counts = [count(test) for test in json.load(file)["tests"]]
        except FileNotFoundError:  # lit itself failed
            counts = []

    passed, failed, skipped = (sum(column) for column in zip((0, 0, 0), *counts))
    line = f"{passed} passed, {failed} failed"
    print(line + f", {skipped} skipped" * (skipped > 0), flush=True)
    if passed == 0:
        print("error: no test ran", file=sys.stderr)
    return 0 if lit.returncode == 0 and failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
