"""Checks idioms: what is found in them, what is left of them, what they compute.

usage, in the directory `test`:
  python3 -m Idioms.support.check --build=BUILD_DIRECTORY [--update] FILE.mlir...

A file says in comments what it expects of a function @f:

  // VALUE @f(2x3x5, 4): interleave(x, 4, 1)
      For a tensor of this shape and a number, the result is this expression of
      the arguments x, y, z and w (functions of reference.py), or a tuple of results. Tensors count up,
      unless their elements are given, as in [2 0 3];
      after `small` they are small numbers of either sign, for products stay exact
      in f32. `within E` before the colon allows an error of E, absolute or relative.
      The module is lowered as it is and as ditto-optimize leaves it.
  // RAISED @f: ditto.repeat_interleave by 4 dim(1)
      The repeats that ditto-optimize finds in the function, or `nothing`.
  // LEFT @f: linalg.transpose; linalg.batch_matmul
      The ops on tensors that are left of it, as test-list-work lists them.

A second line RAISED-SO-FAR or LEFT-SO-FAR says what happens now, where that is not
yet what is expected. --update writes LEFT and the lines SO-FAR anew; what is
expected to be found is only ever changed by hand.

Besides, ditto-optimize has to leave alone what it has optimised once.
"""

import argparse
import math
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

from Idioms.support import reference

# `// WORD @function(arguments) options: value`; indented lines go on with it.
EXPECTATION = re.compile(
    r"^// (VALUE|RAISED|LEFT|RAISED-SO-FAR|LEFT-SO-FAR) @(\w+)(?:\((.*?)\)(.*?))?:"
    r"((?: .*)?\n(?://     .*\n)*)",
    re.M,
)
REMARK = re.compile(
    r"^[^\n]*?:(\d+):\d+: remark: \[Passed\] Raised [^\n]*?Op=\"(ditto\.[^\"]*)\"",
    re.M,
)


def read_lines(text):
    """(kind, function, arguments, options, value) of each expectation."""
    return [
        (*rest, re.sub(r"\s*(\n//)?\s+", " ", value).strip())
        for *rest, value in EXPECTATION.findall(text)
    ]


def read_expectations(text):
    """The values of all lines but VALUE, by kind and function."""
    lines = read_lines(text)
    return {(kind, name): value for kind, name, *_, value in lines if kind != "VALUE"}


def run(*command):
    """Stdout and stderr of a command that has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}:\n{done.stderr}")
    return done.stdout, done.stderr


def find_functions(text):
    """The line on which each function begins, in order."""
    lines = enumerate(text.splitlines(), start=1)
    found = [(n, re.match(r"func\.func (?:private )?@(\w+)", line)) for n, line in lines]
    return [(match[1], n) for n, match in found if match]


def optimize(path, optimized, build):
    """Writes `optimized`; what was raised in each function and what is left."""
    left, remarks = run(
        f"{build}/bin/ditto-opt", str(path), "-o", str(optimized),
        f"--load-pass-plugin={build}/lib/DittoTestPasses.so",
        "--pass-pipeline=builtin.module(ditto-optimize,test-list-work)",
        "--remarks-filter=ditto", "--remark-format=emitRemark",
    )  # fmt: skip
    left = dict(line[1:].split(": ", 1) for line in left.splitlines())
    functions = find_functions(path.read_text())
    raised = {name: [] for name, _ in functions}
    for line, description in REMARK.findall(remarks):
        name = [name for name, begin in functions if begin <= int(line)][-1]
        raised[name].append((int(line), description))
    return {
        name: {
            "RAISED": "; ".join(text for _, text in sorted(sites)) or "nothing",
            "LEFT": left.get(name, "nothing"),
        }
        for name, sites in raised.items()
    }


def check_idempotence(optimized, build):
    again, _ = run(f"{build}/bin/ditto-opt", str(optimized), "--ditto-optimize")
    if again != optimized.read_text():
        raise AssertionError(
            f"a second ditto-optimize gives\n{again}instead of\n{optimized.read_text()}"
        )


def find_types(text, function):
    """The types of the arguments and of the results of @function."""
    header = re.search(rf"^func\.func @{function}\(.*", text, re.M)[0]
    return re.findall(r"\bindex\b|tensor<.*?>", header)


def save(path, tensor, type):
    """Writes a .npy file."""
    codes = {"f32": ("f", "<f4"), "f16": ("e", "<f2"), "i64": ("q", "<i8"), "i32": ("i", "<i4")}
    code, dtype = codes[re.search(r"[fi]\d+", type)[0]]
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {tensor.shape}}}\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack(f"<{len(tensor.elements)}{code}", *tensor.elements))


def make_argument(number, type, spec, is_small):
    if type == "index":
        return int(spec)
    if elements := re.fullmatch(r"\s*\[(.*)\]", spec):
        elements = [int(element) for element in elements[1].split()]
        return reference.Tensor((len(elements),), elements)
    shape = tuple(map(int, spec.split("x")))
    size = math.prod(shape)
    if is_small:
        elements = [(7 * i + 3 * number) % 11 - 4 for i in range(size)]
    else:
        elements = [i + 1 + 1000 * number for i in range(size)]
    return reference.Tensor(shape, elements)


def check_value(modules, build, work, function, arguments, options, expression):
    """Runs @function in all modules; its result has to be what is expected."""
    types = find_types(modules[0].read_text(), function)
    specs = arguments.split(",")
    is_small = "small" in options
    values = [make_argument(i, *pair, is_small) for i, pair in enumerate(zip(types, specs))]
    flags = []
    for number, (value, type) in enumerate(zip(values, types)):
        if isinstance(value, int):
            flags.append(f"--input={value}")
            continue
        path = work / f"{function}.in{number}.npy"
        save(path, value, type)
        flags.append(f"--input={path}")
    results = eval(expression, vars(reference), dict(zip("xyzw", values)))
    if isinstance(results, reference.Tensor):
        results = [results]
    assert len(types) == len(values) + len(results), (types, arguments)
    for number, (result, type) in enumerate(zip(results, types[len(values) :])):
        path = work / f"{function}.out{number}.npy"
        save(path, result, type)
        flags.append(f"--expect={path}")
    tolerance = re.search(r"within (\S+)", options)
    tolerance = tolerance[1] if tolerance else 0
    flags += [f"--rtol={tolerance}", f"--atol={tolerance}"]
    for module in modules:
        run(
            f"{build}/bin/ditto-run", str(module), "--lower-only",
            f"--entry={function}", *flags,
        )  # fmt: skip


def compare(expectations, found):
    """What is wrong with what was found in each function."""
    for name, actual in found.items():
        for kind, value in actual.items():
            wanted = expectations.get((kind, name))
            so_far = expectations.get((f"{kind}-SO-FAR", name), wanted)
            if wanted is None:
                yield f"expected a line {kind} @{name}; it is\n  {value}"
            elif value == wanted and so_far != wanted:
                yield f"{kind} @{name} is as expected now: delete the line SO-FAR"
            elif value != so_far:
                yield f"expected {kind} @{name}:\n  {so_far}\nbut found\n  {value}"


def update(path, build, work):
    """Writes what is left, and what is not yet as expected, into the file."""
    text = path.read_text()
    expectations = read_expectations(text)
    found = optimize(path, work / "optimized.mlir", build)

    def rewrite(match):
        kind, name = match[1], match[2]
        if kind.endswith("-SO-FAR"):
            return ""
        if kind == "VALUE":
            return match[0]
        value, actual = expectations[kind, name], found[name][kind]
        if kind == "LEFT" and ("LEFT-SO-FAR", name) not in expectations:
            value = actual
        lines = f"// {kind} @{name}: {value}\n"
        if value != actual:
            lines += f"// {kind}-SO-FAR @{name}: {actual}\n"
        return lines

    path.write_text(EXPECTATION.sub(rewrite, text))


def check_file(path, build, work):
    """What is wrong with a file."""
    lines = read_lines(path.read_text())
    optimized = work / "optimized.mlir"
    found = optimize(path, optimized, build)
    yield from compare(read_expectations(path.read_text()), found)
    for name in sorted({name for _, name, *_ in lines} - set(found)):
        yield f"there is no function @{name}"
    checks = [(check_idempotence, optimized, build)]
    for kind, *call in lines:
        if kind == "VALUE":
            checks.append((check_value, [path, optimized], build, work, *call))
    for check, *arguments in checks:
        try:
            check(*arguments)
        except AssertionError as failure:
            yield str(failure)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    build = args.build.resolve()
    status = 0
    with tempfile.TemporaryDirectory() as work:
        for path in args.files:
            if args.update:
                update(path, build, pathlib.Path(work))
                continue
            for failure in check_file(path, build, pathlib.Path(work)):
                print(f"{path}: {failure}")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
