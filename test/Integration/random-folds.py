"""Folding and sinking repeats changes no result, makes nothing larger, and ends.

REQUIRES: numpy
RUN: %python %s --work=%t --plugin=%ditto_test_passes --seed=1 --batches=4

Random graphs (support/graphs.py) run as they are (--lower-only) and optimised; the
results must be the same, byte for byte. Optimising a second time must change nothing,
and where all extents are known, there must not be more work than before. To look
longer: `--seed=random --seconds=600`; a failure prints what reproduces it and leaves the
module of the graph that fails.
"""

import pathlib
import subprocess
import sys

import numpy

TEST_ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TEST_ROOT / "Integration")]

from support.batches import Failure, Reproducer, make_parser, run_batches, shrink_failure
from support.choices import Choices
from support.graphs import Graph

BATCH = 12
SLACK = 1.1
BEFORE = "canonicalize,cse,ditto-raise,canonicalize,cse"  # what work is compared with
TIMEOUT = 300  # seconds, for a batch


def run(command):
    """Runs `command`, which is named without its --input and --output flags."""
    name = " ".join(c for c in command if not c.startswith(("--input", "--output")))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Failure(f"{name}: no end after {TIMEOUT} seconds") from None
    if done.returncode != 0:
        errors = "\n".join(line[:400] for line in done.stderr.splitlines()[:20])
        raise Failure(f"{name}: exit status {done.returncode}\n{errors}")
    return done.stdout


def write_module(graphs, path):
    """All graphs, and a function that calls them; returns the --input flags."""
    texts, body, arguments, flags, results = [], [], [], [], []
    for number, graph in enumerate(graphs):
        texts.append(graph.text)
        names = []
        for i, (_, type, array) in enumerate(graph.arguments):
            names.append(f"%a{number}_{i}")
            arguments.append(f"{names[-1]}: {type}")
            if isinstance(array, int):
                flags.append(f"--input={array}")
                continue
            file = path.with_suffix(f".{number}.{i}.npy")
            numpy.save(file, array)
            flags.append(f"--input={file}")
        types = [result.type for result in graph.results]
        argument_types = ", ".join(type for _, type, _ in graph.arguments)
        body.append(
            f"  %r{number}:{len(types)} = func.call @{graph.name}({', '.join(names)})"
            f" : ({argument_types}) -> ({', '.join(types)})"
        )
        results += [(f"%r{number}#{i}", type) for i, type in enumerate(types)]
    types = ", ".join(type for _, type in results)
    path.write_text(
        "\n".join(texts)
        + f"func.func @main({', '.join(arguments)}) -> ({types}) {{\n"
        + "\n".join(body)
        + f"\n  return {', '.join(name for name, _ in results)} : {types}\n}}\n"
    )
    return flags


def check_results(graphs, path):
    flags = write_module(graphs, path)
    total = sum(len(graph.results) for graph in graphs)
    outputs = {}
    for kind, options in (("plain", ["--lower-only"]), ("optimised", [])):
        files = [path.with_suffix(f".{i}.{kind}.npy") for i in range(total)]
        for file in files:
            file.unlink(missing_ok=True)
        outputs[kind] = files
        output_flags = [f"--output={file}" for file in files]
        run(["ditto-run", str(path), "--entry=main", "-O", "0", *options, *flags, *output_flags])
    for plain, optimised in zip(outputs["plain"], outputs["optimised"]):
        if plain.read_bytes() != optimised.read_bytes():
            raise Failure(
                f"expected the same results, but got\n{numpy.load(plain)}\n"
                f"and, optimised,\n{numpy.load(optimised)}"
            )


def count_work(path, plugin, passes):
    """What test-count-work says of each function after `passes`."""
    pipeline = f"--pass-pipeline=builtin.module({passes},test-count-work)"
    options = [f"--load-pass-plugin={plugin}", pipeline, "-o", "/dev/null"]
    lines = run(["ditto-opt", str(path), *options]).splitlines()
    return {name: work for name, work in (line.split(": ") for line in lines)}


def check_work(graphs, path, plugin):
    """No more work than before, and none of it anew when optimised again."""
    write_module(graphs, path)
    before = count_work(path, plugin, BEFORE)
    after = count_work(path, plugin, "ditto-optimize")
    for name, work in before.items():
        # A repeat is moved towards a product even if somebody else reads it; where the
        # product turns out to need it, it is copied twice.
        if work != "?" and int(after[name]) > SLACK * int(work):
            raise Failure(f"expected {name} to do {work} at most, but got {after[name]}")
    once = path.with_suffix(".once.mlir")
    once.write_text(run(["ditto-opt", str(path), "--ditto-optimize"]))
    if run(["ditto-opt", str(once), "--ditto-optimize"]) != once.read_text():
        raise Failure(f"expected ditto-optimize to leave {once} as it is")


def write_reproducer(graph, failure, work):
    """A folder with the graph and its arguments; returns what to say about it."""
    reproducer = Reproducer(work)
    inputs = []
    for number, (_, _, array) in enumerate(graph.arguments):
        if isinstance(array, int):
            inputs.append(f"--input={array}")
            continue
        path, name = reproducer.input(f"{number}.npy")
        numpy.save(path, array)
        inputs.append(f"--input={name}")
    text = str(failure)
    if "ditto-optimize to leave" in text:
        what = "Optimising a second time changes nothing."
        runs = [f"ditto-opt {source} --ditto-optimize -o {target}"
                for source, target in (("%s", "%t.once"), ("%t.once", "%t.twice"))]
        runs.append("diff %t.once %t.twice")
    elif "to do" in text:
        what = "There is no more work than before."
        count = "%ditto_opt_test %s --pass-pipeline='builtin.module({},test-count-work)' -o /dev/null"
        runs = [count.format(passes) for passes in (BEFORE, "ditto-optimize")]
    else:
        what = "Optimising changes no result."
        run = f"ditto-run %s -O 0 {' '.join(inputs)} --print"
        runs = [f"{run} --lower-only > %t.plain", f"{run} > %t.optimised", "diff %t.plain %t.optimised"]
    return reproducer.write(what, runs, graph.text)


def fail(graph, check, failure, work, seconds):
    """Raises the failure of a graph as that of the smallest graph that fails so."""
    path = work / f"{graph.name}.mlir"
    make = lambda numbers: Graph(Choices(replay=numbers), graph.name)
    smallest, failure = shrink_failure(failure, graph.random.used, make, lambda graph: check([graph], path),
                                       lambda graph: (len(graph.text), len(graph.random.used)), seconds)
    raise Failure(f"{path}: {failure}\n{write_reproducer(smallest, failure, work)}") from None


def check_batch(seed, args):
    """The graphs of one seed; if one fails, makes it smaller."""
    graphs = [Graph(Choices(seed * BATCH + number), f"graph{number}") for number in range(BATCH)]
    for check in (check_results, lambda *graphs: check_work(*graphs, args.plugin)):
        try:
            check(graphs, args.work / "batch.mlir")
        except Failure as failure:
            for graph in graphs:
                try:
                    check([graph], args.work / f"{graph.name}.mlir")
                except Failure as alone:
                    fail(graph, check, alone, args.work, args.shrink_seconds)
            raise failure
    return len(graphs)


def main():
    parser = make_parser(__doc__)
    parser.add_argument("--plugin", help="DittoTestPasses", required=True)
    args = parser.parse_args()
    return run_batches(args, lambda seed: check_batch(seed, args), "graphs")


if __name__ == "__main__":
    sys.exit(main())
