"""ditto.compile and ditto.optimize."""

import inspect
import os
import pathlib
import subprocess
import sys
import threading
import time

import ditto
import ml_dtypes
import numpy
import pytest
from ditto import _jobs

REPEAT = """
func.func @main(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %r = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @twice(%x: tensor<2x3xi32>) -> (tensor<2x3xi32>, tensor<4x3xi32>) {
  %r = ditto.repeat %x by [2, 1] : tensor<2x3xi32> -> tensor<4x3xi32>
  return %x, %r : tensor<2x3xi32>, tensor<4x3xi32>
}
"""
SOURCE = pathlib.Path(os.environ.get("DITTO_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


def test_call():
    main = ditto.compile(REPEAT, "main")
    assert main(numpy.array([1, 2], "f4"), 3).tolist() == [1, 2] * 3
    assert main(numpy.arange(6, dtype="f4")[::-2], 2).tolist() == [5, 3, 1] * 2
    assert main(numpy.zeros(0, "f4"), 2).shape == (0,)
    assert "@main(tensor<?xf32>, index) -> (tensor<?xf32>)" in repr(main)
    assert main.name == "main"


def test_several_results():
    x = numpy.arange(6, dtype="i4").reshape(2, 3)
    same, both = ditto.compile(REPEAT, entry="twice")(x)
    assert same.tolist() == x.tolist() and not numpy.shares_memory(same, x)
    assert both.tolist() == numpy.tile(x, (2, 1)).tolist()


def test_results_outlive_everything():
    result = ditto.compile(REPEAT, "main")(numpy.array([1, 2], "f4"), 2)
    view = result[1:]
    del result
    assert view.tolist() == [2, 1, 2]
    view += 1
    assert view.tolist() == [3, 2, 3]


@pytest.mark.parametrize(
    "mlir, dtype",
    [
        *[("i1", "?"), ("i8", "i1"), ("i8", "u1"), ("i64", "u8"), ("index", "i8")],
        *[("f16", "f2"), ("f64", "f8"), ("complex<f64>", "D"), ("ui16", "u2"), ("f80", "g")],
        *[("bf16", ml_dtypes.bfloat16), ("f8E4M3FN", ml_dtypes.float8_e4m3fn)],
    ],
)
def test_element_types(mlir, dtype):
    f = ditto.compile(
        f"""func.func @main(%x: tensor<?x{mlir}>) -> tensor<?x{mlir}> {{
          %r = ditto.repeat %x by [2] : tensor<?x{mlir}> -> tensor<?x{mlir}>
          return %r : tensor<?x{mlir}>
        }}"""
    )
    x = numpy.array([1, 0, 1]).astype(dtype)
    result = f(x)
    assert result.astype(dtype).tolist() == x.tolist() * 2
    assert result.dtype.kind in (x.dtype.kind, "i") and result.dtype.itemsize == x.dtype.itemsize


@pytest.mark.parametrize(
    "mlir, dtype, good, bad",
    [
        ("i1", "?", [True, 0, 1], [-1, 2]),
        ("i8", "i1", [-128, 255, True], [-129, 256, 1.0]),
        ("i4", "i1", [-8, 7], [-9, 16]),
        ("index", "i8", [-(2**63), 2**63 - 1], [2**63, -(2**63) - 1]),
        ("f32", "f4", [1, 0.5, True], [10**400]),
        ("f64", "f8", [1, 0.5], [10**400]),
        ("f16", "f2", [], [1, 0.5]),
    ],
)
def test_numbers(mlir, dtype, good, bad):
    f = ditto.compile(f"func.func @f(%x: {mlir}) -> {mlir} {{ return %x : {mlir} }}")
    for number in good:
        assert f(number).astype(dtype) == numpy.array(number).astype(dtype)
    for number in bad:
        with pytest.raises((ditto.Error, TypeError), match=f"@f: expected argument 0 to be {mlir}, but got {number}"):
            f(number)


def test_sources(tmp_path):
    path = tmp_path / "module.mlir"
    path.write_text(REPEAT)
    x = numpy.ones(1, "f4")
    for source in (path, str(path), REPEAT.encode(), REPEAT):
        assert ditto.compile(source, "main")(x, 2).tolist() == [1, 1]
    with pytest.raises(FileNotFoundError):
        ditto.compile(tmp_path / "nothing.mlir")
    with pytest.raises(TypeError, match="int"):
        ditto.compile(3)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: ditto.compile("func.func @f("), ditto.Error, "<module>:1:13: error: expected"),
        (lambda: ditto.compile(REPEAT, "nobody"), ditto.Error, "expected a function @nobody"),
        (lambda: ditto.compile("func.func @f(%x: memref<2xf32>) { return }"), ditto.Error, "memref"),
        (lambda: ditto.compile(REPEAT, "main", cpu="abacus"), ditto.Error, "abacus"),
        (lambda: ditto.compile(REPEAT, "main", opt_level=9), ditto.Error, "opt_level to be from 0 to 3, but got 9"),
        (lambda: ditto.compile(REPEAT, "main", opt_level=-1), ditto.Error, "but got -1"),
        (lambda: ditto.compile(REPEAT, "main", cpu=None), TypeError, "expected cpu to be a str, but got None"),
        (lambda: ditto.optimize(REPEAT, sink="no"), TypeError, "expected sink to be a bool, but got 'no'"),
        (lambda: ditto.optimize(REPEAT, fold_into="gold"), ditto.Error, "expected fold_into to be 'nothing', .*, but got 'gold'"),
        (lambda: main()(numpy.ones(2, "f4")), TypeError, "expected 2 arguments, but got 1"),
        (lambda: main()(numpy.ones(2, "f8"), 2), TypeError, "argument 0 to be tensor<\\?xf32>, but got elements of type float64"),
        (lambda: main()(numpy.ones((2, 2), "f4"), 2), ditto.Error, "tensor<2x2xf32>"),
        (lambda: ditto.compile(b"\xff\xfe = \x00"), ditto.Error, "xfe"),
        (lambda: main()(numpy.ones(2, "f4"), 2.5), TypeError, "expected argument 1 to be index, but got 2.5"),
        (lambda: main()(numpy.ones(2, "f4"), 2**70), ditto.Error, "argument 1 to be index, but got 11"),
        (lambda: main()("text", 2), TypeError, "argument 0 is a str"),
        (lambda: main()(numpy.ones(2, "f4"), -2), ditto.Error, "ditto.repeat: count -2 of dimension 0 is negative"),
        (lambda: main()(numpy.ones(2, "f4"), 2**61), ditto.Error, "size in bytes"),
        (lambda: main()(numpy.ones(2, "f4"), 2**50), MemoryError, "out of memory"),
    ],
)
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()


def main():
    return ditto.compile(REPEAT, "main")


def test_a_whole_attention_module():
    models = SOURCE / "test/Models"
    f = ditto.compile(models / "tutorial-gqa-static.mlir")
    x = numpy.load(models / "Inputs/tutorial-gqa-static.in0.npy")
    expected = numpy.load(models / "Inputs/tutorial-gqa-static.out0.npy")
    numpy.testing.assert_allclose(f(x), expected, rtol=1e-5, atol=1e-5)


def test_optimize():
    text, report = ditto.optimize(SOURCE / "examples/attention.mlir", report=True)
    assert "tensor<2x20x16xf32>" in text and "ditto." not in text
    assert [repeat.outcome for repeat in report.repeats] == ["removed", "removed"]
    assert report.repeats[0].site.endswith("attention.mlir:9:17")
    assert report.bytes_before == 9216 and report.bytes_after == 0
    assert ditto.optimize(REPEAT, "main").count("func.func") == 1
    assert "ditto.repeat" in ditto.optimize(REPEAT)
    assert "ditto.repeat" not in ditto.optimize(REPEAT, lower=True)


ELEMENTWISE = """
func.func @main(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %r = ditto.repeat %x by [2, 1] : tensor<2x3xf32> -> tensor<4x3xf32>
  %s = linalg.add ins(%r, %y : tensor<4x3xf32>, tensor<4x3xf32>)
    outs(%y : tensor<4x3xf32>) -> tensor<4x3xf32>
  return %s : tensor<4x3xf32>
}
"""
ATTENTION = SOURCE / "examples/attention.mlir"


@pytest.mark.parametrize(
    "source, options, outcomes",
    [
        (ATTENTION, {}, ["removed"] * 2),
        (ATTENTION, {"fold_into": "nothing", "sink": False}, ["kept"] * 2),
        (ATTENTION, {"fold_into": "contractions"}, ["removed"] * 2),
        (ELEMENTWISE, {"sink": False}, ["removed"]),
        (ELEMENTWISE, {"sink": False, "fold_into": "contractions"}, ["kept"]),
    ],
)
def test_options_of_optimize(source, options, outcomes):
    _, report = ditto.optimize(source, report=True, **options)
    assert [repeat.outcome for repeat in report.repeats] == outcomes


def test_options_of_raising():
    module = """
    func.func @main(%x: tensor<3xf32>) -> tensor<2x3xf32> {
      %e = tensor.empty() : tensor<2x3xf32>
      %b = linalg.broadcast ins(%x : tensor<3xf32>) outs(%e : tensor<2x3xf32>) dimensions = [0]
      return %b : tensor<2x3xf32>
    }"""
    assert "ditto." not in ditto.optimize(module)
    assert "ditto.repeat" in ditto.optimize(module, raise_plain_broadcasts=True)
    attention = ditto.optimize(ATTENTION, raise_broadcasts=False, fold_into="nothing", sink=False)
    assert "linalg.broadcast" in attention and "ditto." not in attention


def test_options_of_optimize_change_what_is_compiled_and_not_what_is_computed():
    x, y = numpy.ones((2, 3), "f4"), numpy.arange(12, dtype="f4").reshape(4, 3)
    for options in ({}, {"fold_into": "nothing", "sink": False}, {"optimize": False}):
        assert (ditto.compile(ELEMENTWISE, **options)(x, y) == y + 1).all()


def test_keywords_are_the_options_of_the_extension():
    options = ditto._native.Options()
    names = {name for name in dir(options) if not name.startswith("_")}
    found = set()
    for function in (ditto.compile, ditto.optimize):
        for name, parameter in inspect.signature(function).parameters.items():
            if name in names:
                assert parameter.default == getattr(options, name), name
                found.add(name)
    assert found == names - {"remark_kept"}


def test_threads_compile_and_call_at_the_same_time():
    results = []

    def work(n):
        f = ditto.compile(REPEAT, "main")
        x = numpy.arange(1000, dtype="f4")
        results.append(all((f(x, n) == numpy.tile(x, n)).all() for _ in range(200)))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 5)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert results == [True] * 4


def slow_module(ops):
    """Products that each come with work for every pass."""
    lines = ["func.func @main(%x0: tensor<8x8xf32>, %i: tensor<8x8xf32>) -> tensor<8x8xf32> {"]
    for n in range(ops):
        lines.append(
            f"  %x{n + 1} = linalg.matmul ins(%x{n}, %x{n} : tensor<8x8xf32>, tensor<8x8xf32>) "
            "outs(%i : tensor<8x8xf32>) -> tensor<8x8xf32>"
        )
    return "\n".join(lines + [f"  return %x{ops} : tensor<8x8xf32>", "}"])


def run_program(program, **environment):
    return subprocess.run(
        [sys.executable, "-"],
        input=program,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=300,
    )


def test_keyboard_interrupt():
    program = f"""
import ditto, os, signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
begin = time.time()
try:
    ditto.compile({slow_module(200)!r})
    print("compiled", time.time() - begin)
except KeyboardInterrupt:
    print("interrupted", time.time() - begin)
import numpy
print(ditto.compile({REPEAT!r}, "main")(numpy.ones(1, "f4"), 2))
"""
    run = run_program(program)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("interrupted") and run.stdout.endswith("[1. 1.]\n")
    assert float(run.stdout.split()[1]) < 5


def test_keyboard_interrupt_between_and_during_calls():
    """A call ends before Ctrl-C is heard, as NumPy's and PyTorch's do."""
    program = f"""
import ditto, numpy, os, signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
f = ditto.compile({REPEAT!r}, "main")
small, large = numpy.ones(4, "f4"), numpy.ones(1 << 22, "f4")
out = numpy.empty(1 << 26, "f4")
live = ditto._native.live_bytes()
calls = {{
    "small": lambda: (ditto.repeat(small, 2), ditto.repeat_interleave(small, 2), f(small, 2)),
    "large": lambda: ditto.repeat(large, 16, out=out),
    "model": lambda: f(large, 16),
}}
for name, call in calls.items():
    call()
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    begin = time.time()
    try:
        while time.time() - begin < 60:
            call()
    except KeyboardInterrupt:
        print(name, "interrupted", time.time() - begin < 20)
    call()
    assert (f(small, 3) == 1).all() and ditto._native.live_bytes() == live
"""
    run = run_program(program)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [f"{n} interrupted True" for n in ("small", "large", "model")]


def start_job(ops):
    options = ditto._native.Options()
    return ditto._native.CompileJob(slow_module(ops).encode(), "slow", options)


def test_progress_goes_from_nothing_to_everything():
    job, seen = start_job(30), []
    while not job.wait(0.001):
        seen.append(job.progress())
    finished = [part for _, part in seen]
    assert finished == sorted(finished) and 0 <= finished[0] and finished[-1] < 1
    steps = {name for name, _ in seen}
    assert {"CSE", "SLPVectorizerPass", "generating code"} & steps and len(set(finished)) > 20
    job.result()


def test_a_cancelled_job_does_not_get_to_the_code_generator():
    job = start_job(60)
    while job.progress()[1] < 0.15:
        assert not job.wait(0.001)
    job.cancel()
    assert job.wait(60) and job.progress()[1] < 0.6
    with pytest.raises(ditto.Error, match="cancelled"):
        job.result()


class Slow:
    """A job that takes a while."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def wait(self, seconds):
        time.sleep(min(seconds, max(0, self.end - time.monotonic())))
        return time.monotonic() >= self.end

    def progress(self):
        return "SomePass", 0.25

    def result(self):
        return "done"


@pytest.mark.parametrize("wanted, seconds", [("1", 1.3), ("1", 0.2), ("0", 1.3), (None, 1.3)])
def test_progress_is_shown_after_a_second_to_those_who_look(wanted, seconds, capfd, monkeypatch):
    monkeypatch.delenv("DITTO_PROGRESS", raising=False)
    if wanted:
        monkeypatch.setenv("DITTO_PROGRESS", wanted)
    assert _jobs.wait(Slow(seconds), "ditto: compiling model") == "done"
    shown = capfd.readouterr().err
    assert bool(shown) == (wanted == "1" and seconds > 1)
    if shown:
        assert "[#####...............] 25%, 1 s, ditto: compiling model: SomePass" in shown
        assert shown.endswith("\r\x1b[2K")


@pytest.mark.parametrize("wanted, seconds", [("1", 1.3), ("1", 0), ("0", 1.3)])
def test_steps_of_other_packages_are_shown_too(wanted, seconds, capfd, monkeypatch):
    monkeypatch.setenv("DITTO_PROGRESS", wanted)
    with _jobs.Steps("ditto: loading a model", 2) as steps:
        steps.begin("tracing")
        steps.begin("lowering")
        time.sleep(seconds)
    shown = capfd.readouterr().err
    assert bool(shown) == (wanted == "1" and seconds > 1)
    if shown:
        assert "[##########..........] 50%, 1 s, ditto: loading a model: lowering" in shown
        assert shown.endswith("\r\x1b[2K")
    assert threading.active_count() == 1
