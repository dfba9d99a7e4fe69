"""Checks models as frontends export them: what they compute, and what is left.

usage, in the directory `test`:
  python3 -m Models.support.check --build=BUILD_DIRECTORY [--update] FAMILY...
  python3 -m Models.support.check --build=BUILD_DIRECTORY --complete

Models are the rows of models.txt. One with data is compiled and run with the inputs
of the data, with and without ditto-optimize, and its results have to be the data's.
Of every model, ditto-optimize has to find and leave what the table says, and a second
run of it must change nothing. --update writes what it does into the table.
--complete checks that every file has a row and every row has one family.
"""

import argparse
import collections
import fnmatch
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

DIRECTORY = pathlib.Path(__file__).resolve().parents[1]
INPUTS = DIRECTORY / "Inputs"
TABLE = DIRECTORY / "models.txt"
FAMILIES = {
    "jax": ["jax/*"],
    "onnx": ["onnx/*"],
    "torch-attention": [f"torch/{name}_*" for name in ("attn", "misc", "sp", "tutorial")],
    "torch-llama": ["torch/llama.*"],
    "torch-others": ["torch/[b-gop-q]*", "torch/mistral.*"],
}
COLUMNS = ["kv", "raised", "left", "contractions", "moves"]
MOVES = {
    "linalg.broadcast", "linalg.copy", "linalg.generic (copy)", "linalg.transpose",
    "tensor.concat", "tensor.gather", "tensor.generate", "tensor.insert_slice",
    "tensor.pad", "tosa.concat", "tosa.gather", "tosa.tile", "tosa.transpose",
}  # fmt: skip


def run(*command):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=300
    )
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}:\n{done.stderr}")
    return done


class Model:
    """A row of the table."""

    def __init__(self, line):
        self.name, self.data, self.tolerance, *rest = line.split()
        self.expected = dict(zip(COLUMNS, rest))
        self.path = INPUTS / f"{self.name}.mlir"

    def format(self, values):
        row = f"{self.name:<39} {self.data:<29} {self.tolerance:<5}"
        widths = [3, 7, 5, 16]
        for column, width in zip(COLUMNS, widths):
            row += f" {values[column]:<{width}}"
        return row + f" {values['moves']}\n"


def read_table():
    lines = TABLE.read_text().splitlines()
    return [Model(line) for line in lines if line and not line.startswith("#")]


def count(listing):
    """How many contractions of each kind and how many moves a listing has."""
    ops = collections.Counter(re.split("; |: |\n", listing))
    named = re.compile(r"linalg\.(contract|\w*matmul\w*|matvec|vecmat|dot)|tosa\.matmul")
    kinds = [
        sum(number for op, number in ops.items() if named.fullmatch(op)),
        ops["linalg.generic (contraction)"],
        ops["linalg.generic (melted contraction)"],
    ]
    return "/".join(map(str, kinds)), sum(ops[op] for op in MOVES)


def optimize(path, optimized, build):
    """Optimises a model; returns what there is to see, as in the table."""

    def opt(passes, *flags):
        return run(
            build / "bin/ditto-opt", path, *flags,
            f"--load-pass-plugin={build}/lib/DittoTestPasses.so",
            f"--pass-pipeline=builtin.module({passes})",
        )  # fmt: skip

    before = count(opt("test-list-work", "-o", "/dev/null").stdout)
    done = opt(
        "ditto-optimize,test-list-work", "-o", optimized,
        "--remarks-filter=ditto", "--remark-format=emitRemark",
    )  # fmt: skip
    after = count(done.stdout)
    return {
        "raised": len(re.findall(r"remark: \[Passed\] Raised ", done.stderr)),
        "left": len(re.findall(r"\bditto\.repeat", done.stdout)),
        "contractions": f"{before[0]}>{after[0]}",
        "moves": f"{before[1]}>{after[1]}",
    }


def unpack(path, work):
    """The arrays of a .npz file as files, those with more digits last."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(work)
        names = sorted(archive.namelist(), key=lambda name: (len(name), name))
    return [work / name for name in names]


def run_model(model, build, work):
    """Compares the results with those of the framework that the model is from."""
    data = INPUTS / f"{model.data}.npz"
    weights = INPUTS / f"{model.data}.weights.npz"
    arrays = unpack(data, work)
    inputs = [path for path in arrays if path.name.startswith("in")]
    if weights.exists():
        inputs += unpack(weights, work)
    flags = [f"--input={path}" for path in inputs]
    flags += [f"--expect={path}" for path in arrays if path.name.startswith("out")]
    flags += [f"--rtol={model.tolerance}", f"--atol={model.tolerance}"]
    # LLVM's optimisations take most of the time, and are not what is tested here.
    run(build / "bin/ditto-run", "-O0", model.path, *flags)
    run(build / "bin/ditto-run", "-O0", "--lower-only", model.path, *flags)


def find_losses(found):
    """What no row may say, whatever is expected."""
    before, after = (
        [int(number) for number in side.split("/")]
        for side in found["contractions"].split(">")
    )
    if sum(before) != sum(after) or after[0] < before[0] or after[2] > before[2]:
        yield f"contractions were lost, renamed or melted: {found['contractions']}"
    moves_before, moves_after = map(int, found["moves"].split(">"))
    if moves_after > moves_before:
        yield f"there are more moves: {found['moves']}"


def check(model, build, work):
    """What is wrong with a model."""
    optimized = work / "optimized.mlir"
    found = optimize(model.path, optimized, build)
    for column, value in found.items():
        if str(value) != model.expected[column]:
            yield f"expected {column} {model.expected[column]}, but found {value}"
    yield from find_losses(found)
    again = run(build / "bin/ditto-opt", optimized, "--ditto-optimize").stdout
    if again != optimized.read_text():
        yield "a second ditto-optimize changes the module again"
    if model.data != "-":
        run_model(model, build, work)


def update(models, build, work):
    lines = []
    for line in TABLE.read_text().splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            model = Model(line)
            if model.name in models:
                found = optimize(model.path, work / "optimized.mlir", build)
                line = model.format({**model.expected, **found})
        lines.append(line)
    TABLE.write_text("".join(lines))


def find_families(name):
    return [
        family
        for family, patterns in FAMILIES.items()
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
    ]


def check_complete():
    files = {str(p.relative_to(INPUTS))[: -len(".mlir")] for p in INPUTS.glob("*/*.mlir")}
    rows = [model.name for model in read_table()]
    for name in sorted(files.symmetric_difference(rows)):
        yield f"{name} is not both a file and a row"
    for name in rows:
        if len(find_families(name)) != 1:
            yield f"{name} is in the families {find_families(name)}"


def check_models(models, build, work):
    for model in models:
        try:
            for failure in check(model, build, work):
                yield f"{model.name}: {failure}"
        except AssertionError as failure:
            yield f"{model.name}: {failure}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", choices=[[], *FAMILIES])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--complete", action="store_true")
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    models = [
        model
        for model in read_table()
        if set(find_families(model.name)) & set(args.families)
    ]
    with tempfile.TemporaryDirectory() as scratch:
        build, work = args.build.resolve(), pathlib.Path(scratch)
        if args.update:
            return update({model.name for model in models}, build, work)
        failures = check_complete() if args.complete else check_models(models, build, work)
        failures = list(failures)
    print("\n".join([*failures, f"{len(models)} models checked"]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
