"""Every example of the documentation parses and verifies.

RUN: %python %s %ditto_src

An example is a fence marked `mlir` in a .td file or a page under docs, or in the
README. One that is a list of ops gets a function around it whose arguments are the
values that the example uses but does not define: their types are asked from the
text (`%x` in `ditto.repeat %x by [2] : tensor<4xf32> -> ..` is the first type of
its line), so examples can be written as a reader wants to see them.
"""

import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^[ \t]*```mlir[ \t]*\n(.*?)^[ \t]*```[ \t]*$", re.S | re.M)
VALUE = re.compile(r"%[A-Za-z_0-9]+")
MODULE = re.compile(r"^\s*(module|func\.func|util\.func)\b", re.M)


def split_operations(text):
    """The ops of a straight-line example: a line that starts no op continues one."""
    operations = []
    for line in text.splitlines():
        line = line.split("//")[0].rstrip()
        if not line.strip():
            continue
        if re.match(r"\s*(%|return\b|func\.return\b)", line) or not operations:
            operations.append(line.strip())
        else:
            operations[-1] += " " + line.strip()
    return operations


def split_types(text):
    """Splits `tensor<2x3xf32>, index` at the commas outside brackets."""
    types, depth = [""], 0
    for char in text:
        depth += (char in "<([{") - (char in ">)]}")
        if char == "," and depth == 0:
            types.append("")
        else:
            types[-1] += char
    return [type.strip() for type in types]


def operand_types(operation):
    """The (operand, type) pairs of one ditto op, in the order of its text."""
    body = operation.split("=", 1)[1]
    values, _, signature = body.rpartition(" : ")
    types = split_types(signature.split("->")[0])
    operands = VALUE.findall(values)
    for position, operand in enumerate(operands):
        # After the input comes the count; it has a type only if it is no index.
        typed = position == 0 or (position == 1 and len(types) == 2)
        yield operand, types[position] if typed else "index"


def as_module(text):
    """The example as something that ditto-opt reads."""
    if MODULE.search(text):
        return text
    defined, arguments = set(), {}
    for operation in split_operations(text):
        for operand, type in operand_types(operation):
            if operand not in defined:
                arguments.setdefault(operand, type)
        defined.add(VALUE.match(operation).group())
    header = ", ".join(f"{name}: {type}" for name, type in arguments.items())
    return f"func.func @example({header}) {{\n{text}\nreturn\n}}\n"


def check(path):
    """Runs the examples of one file; returns how many there are and failed."""
    text = path.read_text()
    count = failed = 0
    for match in FENCE.finditer(text):
        line = text[: match.start(1)].count("\n") + 1
        try:
            module = as_module(match.group(1))
        except (IndexError, AttributeError):
            module = match.group(1)
        run = subprocess.run(
            ["ditto-opt", "-"], input=module, text=True, capture_output=True
        )
        count += 1
        if run.returncode != 0:
            failed += 1
            print(f"{path}:{line}: example is refused:\n{run.stderr}\n{module}")
    return count, failed


def main():
    root = pathlib.Path(sys.argv[1])
    files = [root / "README.md"]
    files += sorted(root.glob("docs/**/*.md"))
    files += sorted(root.glob("include/ditto/**/*.td"))
    total = failures = 0
    for path in filter(pathlib.Path.exists, files):
        count, failed = check(path)
        total += count
        failures += failed
    print(f"{total} examples, {failures} refused")
    # The ops' own documentation has some: finding none is a failure of this test.
    return 0 if total >= 2 and failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
