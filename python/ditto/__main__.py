"""python -m ditto report MODEL: where the copies were, and what became of them."""

import argparse
import sys

from . import Error, __version__, optimize


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m ditto", description=__doc__)
    parser.add_argument("--version", action="version", version=f"ditto {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="optimise a module and tell what became of its repeats")
    report.add_argument("model", help="a file of MLIR, .mlir or .mlirbc")
    report.add_argument("--entry", default="", help="the only function to look at")
    report.add_argument("--html", metavar="FILE", help="write a page, too; it needs no network")
    report.add_argument("--json", action="store_true", help="print JSON instead of the table")
    args = parser.parse_args(arguments)
    try:
        _, found = optimize_file(args.model, args.entry)
        if args.html:
            with open(args.html, "w", encoding="utf-8") as page:
                page.write(found.to_html())
    except (Error, OSError) as error:
        print(f"ditto: {error}", file=sys.stderr)
        return 1
    print(found.to_json() if args.json else found)
    return 0


def optimize_file(path, entry):
    import pathlib

    return optimize(pathlib.Path(path), entry, report=True)


if __name__ == "__main__":
    sys.exit(main())
