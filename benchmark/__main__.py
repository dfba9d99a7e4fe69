"""The command line: utils/benchmark.sh [OPTION...]"""

import argparse
import json
import os
import pathlib
import re
import sys
import time

from . import cases, contenders, driver, machine, micro, pages, paths, plots, report

FAMILIES = ("copies", "decode", "prefill", "layer", "scaling")
OTHERS = ("threads", "memory", "micro", "compile-time")
NOT_QUICK = ("threads", "memory")


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="utils/benchmark.sh", description="Measures ditto beside its peers."
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="a few cases, in under two minutes")
    add("--only", help=f"some of the parts {', '.join(FAMILIES + OTHERS)}")
    add("--cases", default="", help="regular expression that names of cases match")
    add("--contenders", default="", help="regular expression that contenders match")
    add("--modes", default="warm,fresh,cold", help="which memory calls find (all)")
    add("--threads", type=int, default=1, help="threads of every contender (1)")
    add("--rounds", type=int, help="samples of each contender (15; quick: 5)")
    add("--budget", type=float, help="seconds for a case in a mode (20; quick: 1)")
    add(
        "--json",
        type=pathlib.Path,
        default=paths.WORK / "results.json",
        help="the results",
    )
    add(
        "--append",
        action="store_true",
        help="keep what --json has and is not measured now",
    )
    add(
        "--update-docs",
        action="store_true",
        help="write the tables of docs/Performance.md",
    )
    add("--report", action="store_true", help="measure nothing, print what --json has")
    add("--list", action="store_true", help="print the names of cases and contenders")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (5 if options.quick else 15)
    options.budget = options.budget or (1 if options.quick else 20)
    if options.only:
        options.only = options.only.split(",")
        for part in options.only:
            if part not in FAMILIES + OTHERS:
                parser.error(f"--only: expected parts, but found '{part}'")
    elif options.cases:
        options.only = list(FAMILIES)
    else:
        options.only = [
            part
            for part in FAMILIES + OTHERS
            if not (options.quick and part in NOT_QUICK)
        ]
    return options


def select(options, families):
    wanted = re.compile(options.cases)
    return [
        case.name
        for case in cases.all_cases()
        if case.family in families
        and wanted.search(case.name)
        and (case.quick or not options.quick)
    ]


def say(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def measure(options):
    """Measures what was asked for; returns the results as they are written."""
    paths.WORK.mkdir(parents=True, exist_ok=True)
    request = {
        "quick": options.quick,
        "threads": options.threads,
        "rounds": options.rounds,
        "budget": options.budget,
        "modes": options.modes.split(","),
        "contenders": options.contenders,
    }
    document = {"machine": machine.describe(), "threads": options.threads}
    results = driver.Results()
    families = [part for part in options.only if part in FAMILIES]
    driver.measure_cases(request, select(options, families), results, say)
    if "threads" in options.only:
        for threads in range(1, len(os.sched_getaffinity(0)) + 1):
            say(f"{threads} thread(s)")
            more = {**request, "threads": threads, "modes": ["warm"]}
            driver.measure_cases(more, select(options, ["threads"]), results, say)
    document["rows"], document["absent"] = results.rows, results.absent
    if "memory" in options.only:
        document["memory"] = driver.measure_memory(request, 16384, say)
    if "micro" in options.only:
        document["micro"] = micro.measure(0.02 if options.quick else 0.2)
        say("small calls")
    if "compile-time" in options.only:
        sizes = {"layers": "1,8,32,64", "repeats": "100,1000,10000", "functions": "10,100,1000"}
        sizes = {"layers": "1,8"} if options.quick else sizes
        document["compile_time"] = driver.measure_compile_time(sizes, 1 if options.quick else 3)
        say("compile time")
    return document


def merge(old, new):
    """What was measured now replaces what is about the same."""

    def key(row):
        return row["case"], row["mode"], row["threads"], row["contender"]

    replaced = {key(row) for row in new["rows"]}
    kept = [row for row in old["rows"] if key(row) not in replaced]
    return {
        **old,
        **new,
        "rows": [*kept, *new["rows"]],
        "absent": {**old["absent"], **new["absent"]},
    }


def main():
    start = time.monotonic()
    options = parse(sys.argv[1:])
    if options.list:
        print("\n".join([*select(options, options.only), "", *contenders.CONTENDERS]))
        return
    if not options.report:
        document = measure(options)
        if options.append and options.json.exists():
            document = merge(json.loads(options.json.read_text()), document)
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(document, indent=1))
    document = json.loads(options.json.read_text())
    print(report.markdown(document))
    for path in plots.write(document, options.json.parent):
        say(f"{path}")
    if options.update_docs:
        pages.update(paths.ROOT / "docs/Performance.md", document)
    say(f"{time.monotonic() - start:.0f} s in all; results in {options.json}")


if __name__ == "__main__":
    main()
