#!/usr/bin/env python3
"""Prints the README's table of models: copies of keys and values that are left.

usage: report-models.py [--build=DIRECTORY] [--models] [ROW...]
       report-models.py [--build=DIRECTORY] --check=README.md [ROW...]
       report-models.py [--build=DIRECTORY] --update=README.md [ROW...]
  ROW       only rows whose title contains this
  --models  one row for each model, not for each group; ROW is about its name
  --check   compare with the rows of a page instead of printing them
  --update  write the rows of a page anew

The same measure for every compiler, whatever the spelling: the optimised module is
lowered as it is and run, and what its contractions read is looked at. An input of a
contraction is an expanded copy if its elements are the same along a part of a
dimension that the result of the contraction has too; all other values being random,
nothing else looks like that. Pipelines:

  stock A   resolve-ranked-shaped-type-result-dims, canonicalize, cse,
            linalg-generalize-named-ops, linalg-fuse-elementwise-ops, canonicalize,
            cse; twice
  stock B   linalg-generalize-named-ops, linalg-fold-unit-extent-dims, canonicalize,
            cse; then A
  ditto     ditto-optimize

TOSA is lowered to linalg for A and B before. Contractions are counted as those with a
name (linalg.contract included), generic ones, and melted ones: generic ones that do
more than multiply and add, for every product again.
"""

import argparse
import fnmatch
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "test"))

from Models.support.check import INPUTS, read_table, unpack  # noqa: E402
from Models.support.stock import STOCK_A, STOCK_B  # noqa: E402

FROM_TOSA = (
    "func.func(tosa-optional-decompositions,tosa-infer-shapes,tosa-make-broadcastable,"
    "tosa-to-linalg-named,canonicalize,tosa-layerwise-constant-fold,"
    "tosa-make-broadcastable,tosa-to-linalg,tosa-to-arith{include-apply-rescale=true},"
    "tosa-to-tensor)"
)
PIPELINES = {
    "as exported": "",
    "stock A": STOCK_A,
    "stock B": f"{STOCK_B},{STOCK_A}",
    "ditto": "ditto-optimize",
}
# The names of weights that are arguments, in .npz files.
WEIGHTS = re.compile(r"/w\d+\.npy$")
# Titles and the models of models.txt that they are about.
ROWS = [
    ("Hugging Face, static", ["torch/*.eager.static", "torch/*.sdpa.static"]),
    ("Hugging Face, decoding", ["torch/*.decode*"]),
    ("Hugging Face, dynamic", ["torch/*.eager.dyn*", "torch/*.sdpa.dyn*"]),
    ("Llama in bf16, in f16, padded, with enable_gqa",
     ["torch/llama.*.static_*", "torch/llama.*.padmask*", "torch/llama.sdpa_*"]),
    ("the tutorial's module", ["torch/tutorial_gqa.*"]),
    ("PyTorch spellings, static", ["torch/attn_*.static", "torch/sp_*.static"]),
    ("PyTorch spellings, dynamic", ["torch/attn_*.dyn*", "torch/sp_*.dyn*"]),
    ("TOSA", ["torch/[al-s]*.tosa"]),
    ("JAX", ["jax/*_gqa_*", "jax/*_llama_*", "jax/*_dpa_*"]),
    ("ONNX, static", ["onnx/[ghmt]*_st"]),
    ("ONNX, dynamic", ["onnx/[ghmt]*_dyn"]),
]  # fmt: skip


@dataclass
class Measure:
    """What is seen of modules."""

    copies: int = 0  # of keys and values
    bytes: int = 0  # of these
    kinds: dict = field(default_factory=dict)  # contractions

    def add(self, other):
        self.copies += other.copies
        self.bytes += other.bytes
        for kind, number in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + number


def run(*command):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=300
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stderr[:2000]}")
    return done.stdout


def is_expanded(array, dims):
    """Whether elements are the same along a part of one of the dimensions."""
    bits = array.view(f"u{array.itemsize}") if array.itemsize <= 8 else array
    if bits.size == 0 or (bits == bits.flat[0]).all():
        return False
    for dim in dims:
        outer, extent = bits.shape[:dim], bits.shape[dim]
        for count in range(2, extent + 1):
            for inner in range(1, extent // count + 1):
                if extent % (count * inner):
                    continue
                split = bits.reshape(*outer, -1, count, inner, *bits.shape[dim + 1 :])
                first = split[(slice(None),) * (dim + 1) + (slice(0, 1),)]
                # One-hot rows, say, are the same for other reasons.
                if (split == first).all() and numpy.unique(first).size * 2 > first.size:
                    return True
    return False


def make_inputs(model, module, work):
    """The --input flags: the model's own data, or random floats and small numbers."""
    if model.data != "-":
        arrays = unpack(INPUTS / f"{model.data}.npz", work)
        inputs = [path for path in arrays if path.name.startswith("in")]
        weights = INPUTS / f"{model.data}.weights.npz"
        return inputs + (unpack(weights, work) if weights.exists() else [])
    signature = re.search(r"func\.func @\w+\((.*?)\) ->", module, re.S)[1]
    inputs = []
    for type in re.findall(r"tensor<(.*?)>", signature):
        *shape, element = type.split("x")
        # A batch of 2 and a sequence of 1: torch-mlir's dynamic modules with linear
        # layers read and write out of bounds for longer ones.
        extents = [("2" if i == 0 else "1") if d == "?" else d for i, d in enumerate(shape)]
        fill = "random" if element[0] in "fb" else "iota"
        inputs.append(f"{fill}:{'x'.join(extents)}" if "?" in shape else fill)
    return inputs


def measure(model, pipeline, build):
    """What contractions of the model read after a pipeline."""
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        passes = PIPELINES[pipeline]
        if pipeline.startswith("stock") and model.name.endswith(".tosa"):
            passes = f"{FROM_TOSA},{passes}"
        optimized = work / "optimized.mlir"
        tool = build / "bin/ditto-opt" if pipeline == "ditto" else find_mlir_opt(build)
        run(tool, model.path, f"--pass-pipeline=builtin.module({passes})", "-o", optimized)
        exposed = work / "exposed.mlir"
        listing = run(
            build / "bin/ditto-opt", optimized, "-o", exposed,
            f"--load-pass-plugin={build}/lib/DittoTestPasses.so",
            "--pass-pipeline=builtin.module(test-fill-weights,test-expose-contractions)",
        )  # fmt: skip

        found = Measure()
        for kind in re.findall(r"^contraction (\w+)", listing, re.M):
            found.add(Measure(kinds={kind: 1}))
        operands = re.findall(r"^operand (\d+) dims ([\d,]+) of (.*)$", listing, re.M)
        last = max((int(number) for number, *_ in operands), default=-1)
        inputs = make_inputs(model, model.path.read_text(), work)
        weights = {str(i) for i, path in enumerate(inputs) if WEIGHTS.search(str(path))}
        outputs = [f"--output={work / f'{number}.npy'}" for number in range(last + 1)]
        flags = [f"--input={value}" for value in inputs] + outputs
        run(build / "bin/ditto-run", "--lower-only", "-O0", "--seed=1", exposed, *flags)
        for number, dims, arguments in operands:
            if set(arguments.split(",")) <= weights | {""}:
                continue  # no key or value
            array = numpy.load(work / f"{number}.npy")
            if is_expanded(array, [int(dim) for dim in dims.split(",")]):
                found.add(Measure(1, array.nbytes))
        return found


def find_mlir_opt(build):
    cache = (build / "CMakeCache.txt").read_text()
    mlir = re.search(r"^MLIR_DIR:\w+=(.*)", cache, re.M)[1]
    return pathlib.Path(mlir).parents[2] / "bin/mlir-opt"


def format_kinds(kinds):
    return "/".join(str(kinds.get(kind, 0)) for kind in ("named", "generic", "melted"))


HEADER = (
    "| models | copies of K and V | left by stock A | stock B | ditto | bytes of them:"
    " before → ditto | contractions: stock A | stock B | ditto |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def format_row(title, models, found):
    exported, a, b, ditto = (found[pipeline] for pipeline in PIPELINES)
    copies = [exported.copies, a.copies, b.copies, ditto.copies]
    kinds = [format_kinds(x.kinds) for x in (a, b, ditto)]
    size = f"{exported.bytes} → {ditto.bytes}"
    cells = [f"{title} ({len(models)})", *copies, size, *kinds]
    return "| " + " | ".join(map(str, cells)) + " |"


def make_rows(args, models):
    rows = [
        (title, [m for m in models if any(fnmatch.fnmatchcase(m.name, p) for p in patterns)])
        for title, patterns in ROWS
    ]
    if args.models:
        rows = [(model.name, [model]) for _, group in rows for model in group]
    if args.rows:
        rows = [row for row in rows if any(wanted in row[0] for wanted in args.rows)]
    pool = ThreadPoolExecutor(args.jobs)
    try:
        futures = {
            (model.name, pipeline): pool.submit(measure, model, pipeline, args.build)
            for _, group in rows
            for model in group
            for pipeline in PIPELINES
        }
        for title, group in rows:
            found = {pipeline: Measure() for pipeline in PIPELINES}
            for model in group:
                for pipeline in PIPELINES:
                    found[pipeline].add(futures[model.name, pipeline].result())
            yield format_row(title, group, found)
    finally:
        pool.shutdown(cancel_futures=True)


def update(path, rows):
    """Replaces the rows of a page that have the same titles."""
    page = path.read_text().splitlines()
    title = lambda line: line.split(" (")[0]
    places = {title(line): number for number, line in enumerate(page)}
    for row in rows:
        page[places[title(row)]] = row
    path.write_text("\n".join(page) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--check", type=pathlib.Path)
    parser.add_argument("--update", type=pathlib.Path)
    parser.add_argument("--models", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    args.build = args.build.resolve()
    rows = make_rows(args, read_table())
    if args.update:
        return update(args.update, rows)
    if not args.check:
        print(HEADER)
        for row in rows:
            print(row, flush=True)
        return 0
    page = args.check.read_text().splitlines()
    missing = [row for row in rows if row not in page]
    for row in missing:
        print(f"expected in {args.check}\n{row}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
