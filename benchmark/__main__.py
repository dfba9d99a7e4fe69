"""usage: utils/benchmark.sh [OPTION...]"""

import argparse
import json
import pathlib
import re
import sys

from . import driver, machine, paths, report


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="utils/benchmark.sh", description="Measures ditto beside its peers."
    )
    parser.add_argument("--quick", action="store_true", help="a few cases, under two minutes")
    parser.add_argument("--only", default="", help="parts, separated by commas: " + ", ".join(driver.FAMILIES))
    parser.add_argument("--cases", default="", help="regular expression of names of cases")
    parser.add_argument("--contenders", default="", help="regular expression of contenders")
    parser.add_argument("--modes", default="warm,fresh,cold", help="(warm,fresh,cold)")
    parser.add_argument("--threads", type=int, default=1, help="threads of every contender (1)")
    parser.add_argument("--rounds", type=int, default=15, help="samples of each (15)")
    parser.add_argument("--budget", type=float, default=20, help="seconds for a case (20)")
    parser.add_argument("--json", type=pathlib.Path, default=paths.WORK / "results.json", help="where results go")
    parser.add_argument("--list", action="store_true", help="names of cases and contenders")
    parser.add_argument("--report", action="store_true", help="only print the tables of --json again")
    return parser.parse_args(arguments)


def select(options):
    from . import cases

    families = options.only.split(",") if options.only else driver.FAMILIES
    wanted = re.compile(options.cases)
    return [
        case
        for case in cases.all_cases()
        if case.family in families
        and wanted.search(case.name)
        and (case.quick or not options.quick)
    ]


def say(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def main():
    options = parse(sys.argv[1:])
    if options.list:
        from . import contenders

        print("\n".join([*(case.name for case in select(options)), *contenders.CONTENDERS]))
        return
    if not options.report:
        request = {
            "threads": options.threads,
            "rounds": options.rounds if not options.quick else 7,
            "budget": options.budget if not options.quick else 2,
            "modes": options.modes.split(","),
            "contenders": options.contenders,
        }
        names = [case.name for case in select(options)]
        results = driver.measure(request, names, say)
        document = {
            "machine": machine.describe(paths.CLANG, paths.ditto_version()),
            "threads": options.threads,
            "absent": results.absent,
            "rows": results.rows,
        }
        options.json.write_text(json.dumps(document, indent=1))
    print(report.markdown(json.loads(options.json.read_text())))


if __name__ == "__main__":
    main()
