"""Every example of the documentation parses and verifies.

RUN: %python %s %ditto_src

An example is a fence marked `mlir` in a .td file, in a page under docs or in the
README; a line `// becomes` separates two, the input and the output of a rewrite.
An example that is no function is the body of one, whose arguments are the values
that it uses and does not define. What type they have is asked from the parser: it
says which value is unknown, and which type a use of it expects.
"""

import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^[ \t]*```mlir[ \t]*\n(.*?)^[ \t]*```[ \t]*$", re.S | re.M)
BECOMES = re.compile(r"^[ \t]*// becomes.*\n", re.M)
TOP_LEVEL = re.compile(r"^\s*(module|func\.func|#\w+ =)", re.M)
UNDECLARED = re.compile(r":(\d+):(\d+): error: use of undeclared SSA value name")
OTHER_TYPE = re.compile(r"use of value '(%\w+)' expects different type [^:]*: '(.*?)' vs")
MOST_ARGUMENTS = 50


def refusal(module):
    """What ditto-opt has against a module; nothing where it accepts it."""
    run = subprocess.run(
        ["ditto-opt", "-"], input=module, text=True, capture_output=True
    )
    return run.stderr if run.returncode != 0 else ""


def wrap(body, arguments):
    header = ", ".join(f"{name}: {type}" for name, type in arguments.items())
    return f"func.func @example({header}) {{\n{body}\nreturn\n}}\n"


def check(example):
    """What is wrong with an example; nothing where it is fine."""
    if TOP_LEVEL.search(example):
        return refusal(example)
    arguments = {}
    for _ in range(2 * MOST_ARGUMENTS):
        module = wrap(example, arguments)
        error = refusal(module)
        if unknown := UNDECLARED.search(error):
            line, column = map(int, unknown.groups())
            rest = module.splitlines()[line - 1][column - 1 :]
            arguments[re.match(r"%\w+", rest).group()] = "index"
        elif typed := OTHER_TYPE.search(error):
            name, type = typed.groups()
            if arguments.get(name) in (None, type):
                return error
            arguments[name] = type
        else:
            return error
    return error


def check_file(path):
    """Checks the examples of a file; returns how many there are and are refused."""
    text = path.read_text()
    count = refused = 0
    for fence in FENCE.finditer(text):
        for example in BECOMES.split(fence.group(1)):
            count += 1
            if error := check(example):
                refused += 1
                line = text[: fence.start(1)].count("\n") + 1
                print(f"{path}:{line}: example is refused:\n{example}\n{error}")
    return count, refused


def main():
    root = pathlib.Path(sys.argv[1])
    files = [root / "README.md"]
    files += sorted(root.glob("docs/**/*.md"))
    files += sorted(root.glob("include/ditto/**/*.td"))
    results = [check_file(path) for path in files if path.exists()]
    total, refused = map(sum, zip(*results))
    print(f"{total} examples, {refused} refused")
    # The ops' own documentation has some: finding none is a failure of this test.
    return 0 if total >= 2 and refused == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
