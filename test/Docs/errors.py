"""The Spec's table of run-time errors is Errors.def, word for word.

RUN: %python %s %ditto_src
"""

import pathlib
import re
import sys

# // label, then what the arguments are; DITTO_RUNTIME_ERROR(name, code, strings)
ERROR = re.compile(
    r'^// (\w+).*\n(?://.*\n)*DITTO_RUNTIME_ERROR\(\w+, (\d+),((?:\s*"[^"]*")+)\)', re.M
)
ROW = re.compile(r"^\| (\d+) \| (\w+) \| `(.*)` \|$", re.M)


def main():
    root = pathlib.Path(sys.argv[1])
    source = (root / "include/ditto/Runtime/Errors.def").read_text()
    errors = [
        (code, label, "".join(re.findall(r'"([^"]*)"', message)))
        for label, code, message in ERROR.findall(source)
    ]
    rows = ROW.findall((root / "docs/Spec.md").read_text())
    for missing in sorted(set(errors) - set(rows)):
        print(f"expected a row in docs/Spec.md for {missing}")
    for unknown in sorted(set(rows) - set(errors)):
        print(f"expected no row in docs/Spec.md for {unknown}")
    # Every use of the macro has been understood.
    uses = len(re.findall(r"^DITTO_RUNTIME_ERROR\(", source, re.M))
    print(f"{len(rows)} rows, {uses} errors")
    return 0 if rows == errors and len(errors) == uses > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
