#!/usr/bin/env python3
"""Breaks ditto's code in one place at a time and sees whether a test fails.

usage: mutation-test.py [--work=DIRECTORY] [--mutants=N] [--seed=N] [--only=REGEX]
                        [--json=FILE] [--again] [--thorough] [--report] [--update-docs]
  --work      where the last commit is copied to, built and broken (build/mutation)
  --mutants   how many places, picked at random, from each directory as many as its
              share (150)
  --seed      of what is picked (at random)
  --only      of files whose path matches, e.g. `lib/Transforms`
  --json      write what became of each mutant (build/mutation/results.json)
  --again     try those again that survived in that file
  --thorough  run the tests of idioms and integration, too, before a mutant is said to
              survive
  --report    print what was found last, without trying anything
  --update-docs  write the tables of docs/Reliability.md anew, too

A mutant that does not compile is replaced by another one. The tests of the file's
directory run first, then wider ones, until one fails: the mutant is killed. The score
is the share of mutants that are, without those of which utils/surviving-mutants.txt
says why no test can. It also says of others why none does; what else survives needs a
test.
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
SURVIVING = ROOT / "utils/surviving-mutants.txt"
PAGE = ROOT / "docs/Reliability.md"
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


def read_surviving():
    """What is known of changes that no test sees, by file, line before and after: a pair,
    whether they make no difference, and why."""
    known = {}
    for entry in SURVIVING.read_text().split("\n\n"):
        fields = dict(re.findall(r"^([a-z]+): (.*)$", entry, re.M))
        if "file" in fields:
            reason = fields.get("equivalent") or fields["untested"]
            known[fields["file"], fields["before"], fields["after"]] = ("equivalent" in fields, reason)
    return known


def get_key(row):
    return row["file"], summarize(row["before"]), summarize(row["after"])


class Checkout:
    """A copy of the last commit with a build tree."""

    def __init__(self, work):
        self.root = work / "source"
        self.build = self.root / "build/dev"
        self.root.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "xm"], cwd=self.root, input=archive.stdout, check=True)
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


def count(rows, outcome):
    return sum(row["outcome"] == outcome for row in rows)


def make_report(rows, total, start):
    """One line on how far it is."""
    left = (time.monotonic() - start) / len(rows) * (total - len(rows))
    row = rows[-1]
    return (f"{len(rows)} of {total}, {count(rows, 'killed')} killed, {count(rows, 'equivalent')} equivalent, "
            f"{left:.0f} s left: {row['outcome']} {row['file']}:{row['line']}: "
            f"{summarize(row['before'])} => {summarize(row['after'])}")


def make_score(results):
    """One sentence on all mutants."""
    rows = results["mutants"]
    number = len(rows) - count(rows, "equivalent") - count(rows, "gone")
    killed = count(rows, "killed")
    first = sum(row["outcome"] == "killed" and "first" not in row for row in rows)
    percent = lambda part, whole: f"{100 * part / max(whole, 1):.1f} %"
    return (f"{len(rows)} of {results['sites']} places, seed {results['seed']} at {results['commit']}: of the {number} "
            f"changes that make a difference, tests notice {killed}, {percent(killed, number)}; before "
            f"those that were written for changes that survived, and code that did nothing was removed, it was {first} "
            f"of {number + count(rows, 'gone')}, {percent(first, number + count(rows, 'gone'))}.")


def make_tables(results):
    """The score, and what survives, for docs/Reliability.md."""
    rows = results["mutants"]
    outcomes = ("killed", "survived", "equivalent", "gone")
    lines = [make_score(results), "", "| directory | changes | noticed | not noticed | no difference | gone |",
             "| --- | --- | --- | --- | --- | --- |"]
    for directory in sorted({os.path.dirname(row["file"]) for row in rows}):
        of_one = [row for row in rows if os.path.dirname(row["file"]) == directory]
        lines.append(f"| {directory} | {len(of_one)} | " + " | ".join(str(count(of_one, o)) for o in outcomes) + " |")
    code = lambda text: "`` " + summarize(text).replace("|", "\\|") + " ``"
    lines += ["", "| not noticed | before | after | why |", "| --- | --- | --- | --- |"]
    for row in sorted(rows, key=lambda row: (row["file"], row["line"])):
        if row["outcome"] != "killed":
            lines.append(f"| `{row['file']}` | {code(row['before'])} | {code(row['after'])} | {row.get('reason', '?')} |")
    return "\n".join(lines)


def update_page(results):
    """Replaces what is between `<!-- measured: broken code -->` and `<!-- end -->`."""
    text = PAGE.read_text()
    pattern = r"(<!-- measured: broken code -->\n).*?(<!-- end -->)"
    PAGE.write_text(re.sub(pattern, lambda match: match[1] + make_tables(results) + "\n" + match[2], text, flags=re.S))


def try_sites(args, results, sites, done, total):
    """Tries `sites` until there are `total` results, which are written as they come."""
    checkout = Checkout(args.work.resolve())
    broken = checkout.find_failure("lib/IR", args.thorough)
    if broken:
        raise SystemExit(f"error: {broken} fails before anything is changed")
    known = read_surviving()
    rows, start = [], time.monotonic()
    for site in sites:
        if len(done) + len(rows) == total:
            break
        same, reason = known.get(get_key(site), (False, None))
        row = site | {"outcome": "equivalent"} if same else checkout.try_mutant(site, args.thorough)
        if row["outcome"] == "does not compile":
            continue
        if reason and row["outcome"] != "killed":
            row["reason"] = reason
        rows.append(row)
        print(make_report(rows, total - len(done), start), flush=True)
        # What was not tried again yet stays as it was.
        rest = sites[len(rows):] if args.again else []
        results["mutants"] = done + rows + rest
        args.json.write_text(json.dumps(results, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/mutation")
    parser.add_argument("--mutants", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--only", default="")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--update-docs", action="store_true")
    args = parser.parse_args()
    args.json = args.json or args.work / "results.json"

    if args.again or args.report:
        results = json.loads(args.json.read_text())
        done = [row for row in results["mutants"] if row["outcome"] == "killed"]
        again = [row | {"first": "survived"} for row in results["mutants"] if row["outcome"] != "killed"]
        if args.again:
            try_sites(args, results, again, done, len(results["mutants"]))
    else:
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
        sites = order_sites(find_sites(ROOT, args.only), args.seed)
        results = {"seed": args.seed, "sites": len(sites), "commit": commit.stdout.strip()}
        print(f"seed {args.seed}, {len(sites)} places", flush=True)
        try_sites(args, results, sites, [], args.mutants)
    print(make_score(results))
    if args.update_docs:
        update_page(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
