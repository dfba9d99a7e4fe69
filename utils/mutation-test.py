#!/usr/bin/env python3
"""Breaks ditto's code in one place at a time and sees whether a test fails.

usage: mutation-test.py [--work=DIRECTORY] [--mutants=N] [--seed=N] [--only=REGEX]
                        [--json=FILE] [--again] [--thorough]
  --work      where the last commit is copied to, built and broken (build/mutation)
  --mutants   how many places, picked at random, from each directory as many as its
              share (150)
  --seed      of what is picked (at random)
  --only      of files whose path matches, e.g. `lib/Transforms`
  --json      write what became of each mutant (build/mutation/results.json)
  --again     try those again that survived in that file
  --thorough  run the tests of idioms and integration, too, before a mutant is said to
              survive

A mutant that does not compile is replaced by another one. The tests of the file's
directory run first, then wider ones, until one fails: the mutant is killed. The score
is the share of mutants that are, without those of which utils/equivalent-mutants.txt
says why no test can. The others that survive need a test.
"""

import argparse
import json
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
EQUIVALENT = ROOT / "utils/equivalent-mutants.txt"
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
    # A guard: `if (..) return ..;`
    (r"^  +if \([^;{}]*\)\s+return[^;{}]*;$", ";"),
]
# Tests, as regular expressions of lit, after those of the mutant's own directory.
# Those that take several seconds are left out: a mutant that survives would run all.
STAGES = "IR|Analysis|Raise|Transforms|Lowering|Codegen|TransformOps|Pipelines|CAPI|Runtime|Tools|Unit"
PROGRAMS = "Idioms|Integration|Plugin|spec"
SLOW = (
    "compile-time|threads.test|embedding|guarded-memory|sanitized|valgrind|awkward-sizes"
    "|random-|exhaustive|signalling|broadcast-at-run-time|element-types.py|run-npy"
)
TIMEOUT = 600  # seconds, for each of these steps
LIMITS = {resource.RLIMIT_CPU: 60, resource.RLIMIT_AS: 8 << 30}  # for each process
# Headers of LLVM and MLIR take most of the time that a file takes to compile.
LAUNCHER = """#!/bin/sh
case "$*" in
*" -c $DITTO_MUTANT") "$@" -include-pch "{header}" 2>/dev/null || exec "$@" ;;
*) exec {ccache} "$@" ;;
esac
"""


def find_code(text):
    """`text` with strings, comments and directives blanked out."""
    blank = lambda match: re.sub(r"[^\n]", "\0", match[0])
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|^#[^\n]*', blank, text, flags=re.S | re.M)


def find_sites(root, only):
    """All changes, as rows of results without an outcome."""
    sites = []
    for file in sorted((root / "lib").rglob("*.c*")):
        path = str(file.relative_to(root))
        if file.suffix not in (".c", ".cpp") or not re.search(only, path):
            continue
        text = file.read_text()
        code = find_code(text)
        for pattern, replacement in OPERATORS:
            for match in re.finditer(pattern, code, re.M):
                begin, end = match.span()
                first, last = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
                sites.append({
                    "file": path,
                    "line": text.count("\n", 0, begin) + 1,
                    "before": text[first:last],
                    "after": text[first:begin] + replacement + text[end:last],
                })
    return sites


def order_sites(sites, seed):
    """At random, and such that each directory has its share of the first ones."""
    generator, directories = random.Random(seed), {}
    generator.shuffle(sites)
    for site in sites:
        directories.setdefault(os.path.dirname(site["file"]), []).append(site)
    keys = [
        ((index + generator.random()) / len(of_one), site)
        for of_one in directories.values()
        for index, site in enumerate(of_one)
    ]
    return [site for _, site in sorted(keys, key=lambda key: key[0])]


def summarize(lines):
    """Lines of code as one."""
    return re.sub(r"\s+", " ", lines).strip()


def read_equivalent():
    """The reasons why changes make no difference, by file, line before and after."""
    reasons = {}
    for entry in EQUIVALENT.read_text().split("\n\n"):
        fields = dict(re.findall(r"^(file|before|after|reason): (.*)$", entry, re.M))
        if fields:
            reasons[fields["file"], fields["before"], fields["after"]] = fields["reason"]
    return reasons


class Checkout:
    """A copy of the last commit with a build tree."""

    def __init__(self, work):
        self.root = work / "source"
        self.build = self.root / "build/dev"
        self.root.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "x"], cwd=self.root, input=archive.stdout, check=True)
        launcher = work / "launcher.sh"
        header = work / "headers.pch"
        ccache = "ccache" if self.run(["sh", "-c", "command -v ccache"]).returncode == 0 else ""
        launcher.write_text(LAUNCHER.format(header=header, ccache=ccache))
        launcher.chmod(0o755)
        self.run(["cmake", "--preset", "dev", "-DDITTO_ENABLE_CCACHE=OFF",
                  f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}"], check=True)
        self.compile("none", check=True)
        self.compile_headers(work / "headers.h", header)
        cache = (self.build / "CMakeCache.txt").read_text()
        self.lit = re.search(r"^LLVM_EXTERNAL_LIT:\w+=(.*)", cache, re.M)[1]

    def run(self, command, **options):
        def set_limits():
            for limit, value in LIMITS.items():
                resource.setrlimit(limit, (value, value))
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, preexec_fn=set_limits, **options)

    def compile(self, path, **options):
        environment = dict(os.environ, DITTO_MUTANT=str(self.root / path))
        command = ["ninja", "-j2", "-C", str(self.build), "ditto-test-depends"]
        return self.run(command, env=environment, **options).returncode == 0

    def compile_headers(self, file, output):
        """Precompiles the headers of LLVM and MLIR that several files include."""
        counts = {}
        for source in (self.root / "lib").rglob("*.cpp"):
            for header in re.findall(r'^#include "((?:mlir|llvm)/.*)"$', source.read_text(), re.M):
                counts[header] = counts.get(header, 0) + 1
        file.write_text("".join(f'#include "{header}"\n' for header, count in sorted(counts.items()) if count > 3))
        commands = json.loads((self.build / "compile_commands.json").read_text())
        command = next(entry["command"] for entry in commands if "/lib/Analysis/" in entry["file"])
        compiler, flags = re.search(r"(\S*clang\S*) (.*) -o ", command).groups()
        done = self.run(["sh", "-c", f"{compiler} {flags} -x c++-header {file} -o {output}"])
        if done.returncode:
            raise SystemExit(f"error: {done.stderr}")

    def find_failure(self, path, thorough):
        """A test that fails, or None; `path` is what was changed."""
        stage = path.split("/")[1]
        steps = [f":: (Unit/)?{stage}/", f":: ({STAGES})/"] + [f":: ({PROGRAMS})/"] * thorough
        suites = [str(self.build / "test"), str(self.build / "test/Unit")]
        lit = [sys.executable, self.lit, "-j2", "-q", "--max-failures=1", "--allow-empty-runs"]
        for step in steps:
            options = ["--filter", step, "--filter-out", SLOW]
            done = self.run(["timeout", "--kill-after=5", str(TIMEOUT), *lit, *options, *suites])
            if done.returncode in (124, 137):
                return f"no end after {TIMEOUT} seconds"
            if done.returncode not in (0, 1):
                raise SystemExit(f"error: lit: {done.stderr}")
            if done.returncode == 1:
                failures = re.search(r"^  (\S.*)", done.stdout.partition("Failed Tests")[2], re.M)
                return failures[1] if failures else "a test that did not end"
        return None

    def try_mutant(self, site, thorough):
        """What became of a mutant: its row with an outcome."""
        file = self.root / site["file"]
        text = file.read_text()
        # The nearest of the lines that read so, should the file have changed since.
        places = [match.start() for match in re.finditer(re.escape(site["before"]), text)]
        if not places:
            return site | {"outcome": "gone"}
        begin = min(places, key=lambda place: abs(text.count("\n", 0, place) + 1 - site["line"]))
        try:
            file.write_text(text[:begin] + site["after"] + text[begin + len(site["before"]):])
            if not self.compile(site["file"]):
                return site | {"outcome": "does not compile"}
            failure = self.find_failure(site["file"], thorough)
            return site | ({"outcome": "killed", "by": failure} if failure else {"outcome": "survived"})
        finally:
            file.write_text(text)


def make_report(rows, total, start):
    """One line on how far it is."""
    numbers = {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in ("killed", "equivalent")}
    left = (time.monotonic() - start) / len(rows) * (total - len(rows))
    row = rows[-1]
    return (f"{len(rows)} of {total}, {numbers['killed']} killed, {numbers['equivalent']} equivalent, {left:.0f} s left: "
            f"{row['outcome']} {row['file']}:{row['line']}: {summarize(row['before'])} => {summarize(row['after'])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/mutation")
    parser.add_argument("--mutants", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--thorough", action="store_true")
    args = parser.parse_args()

    output = args.json or args.work / "results.json"
    checkout = Checkout(args.work.resolve())
    broken = checkout.find_failure("lib/IR", args.thorough)
    if broken:
        raise SystemExit(f"error: {broken} fails before anything is changed")
    equivalent = read_equivalent()
    if args.again:
        results = json.loads(output.read_text())
        done = [row for row in results["mutants"] if row["outcome"] != "survived"]
        sites = [row for row in results["mutants"] if row["outcome"] == "survived"]
    else:
        sites = order_sites(find_sites(checkout.root, args.only), args.seed)
        results, done = {"seed": args.seed, "sites": len(sites)}, []
    total = len(done) + len(sites) if args.again else args.mutants
    print(f"seed {results['seed']}, {results['sites']} places", flush=True)
    rows, start = [], time.monotonic()
    for site in sites:
        if len(done) + len(rows) == total:
            break
        reason = equivalent.get((site["file"], summarize(site["before"]), summarize(site["after"])))
        row = site | {"outcome": "equivalent", "reason": reason} if reason else checkout.try_mutant(site, args.thorough)
        if row["outcome"] == "does not compile":
            continue
        rows.append(row)
        print(make_report(rows, total - len(done), start), flush=True)
        # What was not tried again yet stays as it was.
        rest = sites[len(rows):] if args.again else []
        output.write_text(json.dumps(results | {"mutants": done + rows + rest}, indent=1))
    rows = done + rows
    killed = sum(row["outcome"] == "killed" for row in rows)
    alive = sum(row["outcome"] == "survived" for row in rows)
    print(f"{killed} of {killed + alive} mutants killed, {100 * killed / max(killed + alive, 1):.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
