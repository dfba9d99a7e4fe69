#!/usr/bin/env python3
"""Breaks ditto's code in one place at a time and sees whether a test fails.

usage: mutation-test.py [--work=DIRECTORY] [--mutants=N] [--seed=N] [--only=REGEX]
                        [--json=FILE]
  --work     where the last commit is copied to, built and broken (build/mutation)
  --mutants  how many places, picked at random among all (100)
  --only     of files whose path matches, e.g. `lib/Transforms`
  --json     write what became of each mutant (build/mutation/results.json)

A mutant that does not compile is replaced by another one. The tests of a stage run
first, then the others but for the slow ones, until one fails: the mutant is killed. The
score is the share of mutants that are. What survives is listed: either a test is
missing, or the change makes no difference.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
# What is replaced by what, in code without strings and comments.
OPERATORS = [
    (r"(?<= )<(?= )", "<="), (r"(?<= )<=(?= )", "<"), (r"(?<= )>(?= )", ">="), (r"(?<= )>=(?= )", ">"),
    (r"(?<= )==(?=\s)", "!="), (r"(?<= )!=(?=\s)", "=="),
    (r"(?<= )&&(?=\s|$)", "||"), (r"(?<= )\|\|(?=\s|$)", "&&"),
    (r"(?<= )\+(?= )", "-"), (r"(?<= )-(?= )", "+"), (r"(?<= )/(?= )", "*"), (r"(?<= )%(?= )", "/"),
    (r"\+\+(?=\w)", "--"), (r"\+=", "-="),
    (r"(?<=return )success\(\)(?=;)", "failure()"), (r"(?<=return )failure\(\)(?=;)", "success()"),
    (r"(?<=return )true(?=;)", "false"), (r"(?<=return )false(?=;)", "true"),
    (r"(?<=[ (])!(?=[\w(])", ""),
    (r"\bfailed\(", "succeeded("), (r"\bsucceeded\(", "failed("),
    (r"\ball_of\(", "any_of("), (r"\bany_of\(", "all_of("),
    (r"\bfront\(\)", "back()"), (r"\bback\(\)", "front()"),
    (r"\binner\b", "outer"), (r"\bouter\b", "inner"),
    (r"(?<=[ ([])0(?=[,;)\] ])", "1"), (r"(?<=[ ([])1(?=[,;)\] ])", "0"),
    (r"\bcontinue;", "break;"),
    (r"^  +[\w.:>-]+\([^;{}]*\);$", ";"),
]
# Of lit; a mutant that passes takes all their time.
SLOW = "Models/|Downstream/|Docs/|Benchmark/|Fuzz/"
TIMEOUT = 600  # seconds, for the tests of a stage and for those of the others


def find_code(text):
    """`text` with strings, comments and directives blanked out."""
    blank = lambda match: re.sub(r"[^\n]", "\0", match[0])
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|^#[^\n]*', blank, text, flags=re.S | re.M)


def find_sites(root, only):
    """(file, begin, end, replacement) of all changes."""
    sites = []
    for file in sorted((root / "lib").rglob("*.c*")):
        path = file.relative_to(root)
        if file.suffix not in (".c", ".cpp") or not re.search(only, str(path)):
            continue
        code = find_code(file.read_text())
        for pattern, replacement in OPERATORS:
            for match in re.finditer(pattern, code, re.M):
                sites.append((path, match.start(), match.end(), replacement))
    return sites


class Checkout:
    """A copy of the last commit with a build tree."""

    def __init__(self, work):
        self.root = work / "source"
        self.build = self.root / "build/dev"
        self.root.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "x"], cwd=self.root, input=archive.stdout, check=True)
        self.run(["cmake", "--preset", "dev"], check=True)
        self.compile(check=True)
        cache = (self.build / "CMakeCache.txt").read_text()
        self.lit = re.search(r"^LLVM_EXTERNAL_LIT:\w+=(.*)", cache, re.M)[1]
        broken = self.find_failure("lib")
        if broken:
            raise SystemExit(f"error: {broken} fails before anything is changed")

    def run(self, command, **options):
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, **options)

    def compile(self, **options):
        return self.run(["ninja", "-C", str(self.build), "ditto-test-depends"], **options).returncode == 0

    def find_failure(self, path):
        """A test that fails, or None; `path` is what was changed."""
        stage = path.split("/")[1] if "/" in path else "no stage"
        for options in (
            ["--filter", f":: (Unit/)?{stage}/"],
            ["--filter-out", f"{SLOW}|:: (Unit/)?{stage}/"],
        ):
            suites = [str(self.build / "test"), str(self.build / "test/Unit")]
            lit = [sys.executable, self.lit, "-j2", "-q", "--max-failures=1", "--allow-empty-runs"]
            done = self.run(["timeout", "--kill-after=5", str(TIMEOUT), *lit, *options, *suites])
            if done.returncode in (124, 137):
                return f"no end after {TIMEOUT} seconds"
            if done.returncode not in (0, 1):
                raise SystemExit(f"error: lit: {done.stderr}")
            if done.returncode == 1:
                return re.search(r"^  (\S.*)", done.stdout.partition("Failed Tests")[2], re.M)[1]
        return None

    def try_mutant(self, site):
        """What became of a mutant, as a row of results."""
        path, begin, end, replacement = site
        file = self.root / path
        text = file.read_text()
        line = text.count("\n", 0, begin)
        mutant = text[:begin] + replacement + text[end:]
        row = {
            "file": str(path),
            "line": line + 1,
            "before": text.split("\n")[line].strip(),
            "after": mutant.split("\n")[line].strip(),
        }
        try:
            file.write_text(mutant)
            if not self.compile():
                return row | {"outcome": "does not compile"}
            failure = self.find_failure(str(path))
            return row | ({"outcome": "killed", "by": failure} if failure else {"outcome": "survived"})
        finally:
            file.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/mutation")
    parser.add_argument("--mutants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()

    checkout = Checkout(args.work.resolve())
    sites = find_sites(checkout.root, args.only)
    random.Random(args.seed).shuffle(sites)
    rows, start = [], time.monotonic()
    output = args.json or args.work / "results.json"
    for site in sites:
        if len(rows) == args.mutants:
            break
        row = checkout.try_mutant(site)
        if row["outcome"] == "does not compile":
            continue
        rows.append(row)
        killed = sum(row["outcome"] == "killed" for row in rows)
        left = (time.monotonic() - start) / len(rows) * (args.mutants - len(rows))
        print(f"{len(rows)} of {args.mutants}, {killed} killed, {left:.0f} s left: {row['outcome']} "
              f"{row['file']}:{row['line']}: {row['after']}", flush=True)
        output.write_text(json.dumps({"sites": len(sites), "seed": args.seed, "mutants": rows}, indent=1))
    print(f"{killed} of {len(rows)} mutants killed, {100 * killed / max(len(rows), 1):.0f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
