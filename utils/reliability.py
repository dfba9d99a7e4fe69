#!/usr/bin/env python3
"""Looks for bugs for as long as you let it, and says what it looked at.

usage: reliability.py [--build=DIRECTORY] [--minutes=N] [--mutants=N] [--only=NAMES]
                      [--add] [--report] [--update-docs]
  --build        of ditto, with the tests' programs (build/ci)
  --minutes      for each of the random searches (10)
  --mutants      how many changed modules (1000000)
  --only         some of: exhaustive, cases, folds, sizes, mutants
  --add          to what was found at this commit before, instead of in its place
  --report       print what was found last, without looking again
  --update-docs  write the tables of docs/Reliability.md anew, too

  exhaustive  both ops on all small shapes       (test/Integration/exhaustive.py)
  cases       both ops on random shapes          (test/Integration/random-cases.py)
  folds       random graphs, optimised and not   (test/Integration/random-folds.py)
  sizes       products, attention, .. in vectors (test/Integration/awkward-sizes.py)
  mutants     modules that are changed at random (test/Fuzz)

Results are kept in build/reliability/results.json, one after the other.
"""

import argparse
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
WORK = ROOT / "build/reliability"
RESULTS = WORK / "results.json"
PAGE = ROOT / "docs/Reliability.md"
SEED_FILES = ["IR", "Raise", "Analysis", "Transforms", "Idioms", "Lowering", "Codegen", "Pipelines"]


def run(args, name, command, result=None):
    """Runs a search; returns what it wrote to a file, or printed, as JSON."""
    print(f"== {name}", file=sys.stderr, flush=True)
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    environment["PATH"] = f"{args.build}/bin:{environment['PATH']}"
    done = subprocess.run([str(part) for part in command], env=environment, cwd=ROOT, text=True,
                          stdout=subprocess.PIPE)
    if not result:
        return json.loads(done.stdout)
    print(done.stdout, file=sys.stderr)
    return json.loads(result.read_text())


def run_driver(args, name, script, *options):
    """Runs a test driver of test/Integration."""
    result = WORK / f"{name}.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, ROOT / f"test/Integration/{script}.py", f"--work={WORK / name}",
               f"--json={result}", "--progress", *options]
    return run(args, name, command, result)


def search_exhaustively(args):
    cache = (args.build / "CMakeCache.txt").read_text()
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)", cache, re.M)[1]
    options = [f"--compiler={compiler}", f"--source={ROOT}", f"--build={args.build}"]
    found = run_driver(args, "exhaustive", "exhaustive", *options)
    return {"cases": found["number"], "shapes": found["shapes"], **pick(found)}


def pick(found):
    return {key: found[key] for key in ("failures", "seed", "seconds")}


def search_at_random(name, script, *options):
    def search(args):
        found = run_driver(args, name, script, f"--seconds={60 * args.minutes}", "--seed=random",
                           *(option.format(args=args) for option in options))
        return {"cases": found["number"], **pick(found)}
    return search


def search_mutants(args):
    files = [file for stage in SEED_FILES for file in sorted((ROOT / "test" / stage).glob("*.mlir"))]
    directory = WORK / "mutants"
    directory.mkdir(parents=True, exist_ok=True)
    seed = random.randrange(2**40)
    start = datetime.datetime.now()
    found = run(args, "mutants", [args.build / "bin/ditto-fuzz-ir", *files, f"--mutants={args.mutants}",
                                  f"--seed={seed}", f"--findings={directory}", "--progress", "--lower-every=16"])
    return {"cases": found["mutants"], "valid": found["valid"], "failures": len(found["findings"]),
            "seed": seed, "seconds": round((datetime.datetime.now() - start).total_seconds()),
            "findings": found["findings"], "upstream": found["upstream"]}


SEARCHES = {
    "exhaustive": search_exhaustively,
    "cases": search_at_random("cases", "random-cases"),
    "folds": search_at_random("folds", "random-folds", "--plugin={args.build}/lib/DittoTestPasses.so"),
    "sizes": search_at_random("sizes", "awkward-sizes"),
    "mutants": search_mutants,
}
TITLES = {
    "exhaustive": "calls on all small shapes",
    "cases": "random calls of both ops",
    "folds": "random graphs",
    "sizes": "products, attention and others at awkward sizes",
    "mutants": "changed modules",
}


def make_table(results):
    lines = ["| what | how many | failures | seconds | seed | commit |", "| --- | --- | --- | --- | --- | --- |"]
    for name, found in results.items():
        title = TITLES[name]
        if found.get("shapes"):
            title += f"; {found['shapes']} shapes are proven"
        if found.get("valid"):
            title += f"; {found['valid']} of them parse"
        lines.append(f"| {title} | {found['cases']} | {found['failures']} | {found['seconds']} | {found['seed']} | {found['commit']} |")
    return "\n".join(lines)


def make_upstream_list(results):
    """What in MLIR crashes or makes invalid IR, the most frequent first."""
    found = results.get("mutants", {}).get("upstream", [])
    rows = sorted(found, key=lambda row: -row["mutants"])
    lines = ["| finding | mutants |", "| --- | --- |"]
    lines += [f"| {row['finding'][:160].replace('|', ' ')} | {row['mutants']} |" for row in rows]
    return "\n".join(lines)


def read_results():
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def add(before, found):
    """What two searches of the same code found together."""
    total = {**found, "seed": f"{before['seed']}, {found['seed']}"}
    for key in ("cases", "valid", "failures", "seconds"):
        if key in found:
            total[key] += before[key]
    for key in ("findings", "upstream"):
        kinds = {row["finding"]: row for row in before.get(key, [])}
        for row in found.get(key, []):
            others = kinds.get(row["finding"], {"mutants": 0})["mutants"]
            kinds[row["finding"]] = {**row, "mutants": row["mutants"] + others}
        if key in found:
            total[key] = list(kinds.values())
    if "findings" in total:
        total["failures"] = len(total["findings"])
    return total


def update_page(results):
    """Replaces the blocks between `<!-- measured: NAME -->` and `<!-- end -->`."""
    text = PAGE.read_text()
    for name, table in (("searches", make_table(results)), ("upstream", make_upstream_list(results))):
        pattern = rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, lambda match: match[1] + table + "\n" + match[2], text, flags=re.S)
    PAGE.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/ci")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--mutants", type=int, default=1000000)
    parser.add_argument("--only", default="exhaustive,cases,folds,sizes,mutants")
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--update-docs", action="store_true")
    args = parser.parse_args()
    args.build = args.build.resolve()
    WORK.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    for name in [] if args.report else args.only.split(","):
        found = {**SEARCHES[name](args), "commit": commit.stdout.strip()}
        before = read_results().get(name, {})
        if args.add and before.get("commit") == found["commit"]:
            found = add(before, found)
        RESULTS.write_text(json.dumps({**read_results(), name: found}, indent=1) + "\n")
    results = read_results()
    print(make_table(results))
    if args.update_docs:
        update_page(results)
    return 1 if any(found["failures"] for found in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
