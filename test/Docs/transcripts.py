"""Every transcript of the documentation is what the tools print.

RUN: %python %s %ditto_src

A transcript is a fence marked `console` in a page under docs or in the README. A
line `$ command` is run by the shell in the root of the sources, with a line that
ends in a backslash continued by the next; the lines up to the next command are all
that it must print, to stdout and stderr together. A line `...` stands for any
lines, and white space at the ends of lines and of the output does not count.
docs/Embedding.md has a test of its own, embedding.py.
"""

import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^```console[ \t]*\n(.*?)^```[ \t]*$", re.S | re.M)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n", re.M)
ELISION = "..."
# An error has status 1; anything else is a crash or a command that is not there.
STATUSES = (0, 1)


def normalise(text):
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def as_pattern(expected):
    """A regular expression for all outputs that `expected` allows."""
    pattern = ""
    for line in normalise(expected).splitlines():
        if line.strip() == ELISION:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.split(ELISION))) + r"\n"
    return pattern


def check(root, command, expected):
    """What is wrong with one command of a transcript; nothing where it is fine."""
    run = subprocess.run(
        ["sh", "-c", command],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if run.returncode not in STATUSES:
        return f"exit status {run.returncode}:\n{run.stdout}"
    printed = normalise(run.stdout)
    if not re.fullmatch(as_pattern(expected), printed):
        return f"expected\n{expected}but it prints\n{printed}"
    return ""


def check_file(root, path):
    """Checks a page; returns how many commands there are and are wrong."""
    text = path.read_text()
    count = wrong = 0
    for fence in FENCE.finditer(text):
        line = text[: fence.start(1)].count("\n") + 1
        before, *parts = COMMAND.split(fence.group(1))
        if before or not parts:
            wrong += 1
            print(f"{path}:{line}: expected a transcript to begin with `$ command`")
        for command, expected in zip(parts[::2], parts[1::2]):
            count += 1
            if error := check(root, command, expected):
                wrong += 1
                print(f"{path}:{line}: $ {command}\n{error}")
    return count, wrong


def main():
    root = pathlib.Path(sys.argv[1])
    files = [root / "README.md", *sorted(root.glob("docs/**/*.md"))]
    files.remove(root / "docs/Embedding.md")
    results = [check_file(root, path) for path in files]
    total, wrong = map(sum, zip(*results))
    print(f"{total} commands, {wrong} wrong")
    # The README has one of ditto-opt and one of ditto-run.
    return 0 if total >= 2 and wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
