"""The package as part of a process: its caches, threads, forks, leaks and neighbours."""

import importlib.util
import itertools
import os
import subprocess
import sys
import threading

import ditto
import numpy
import pytest

SMALL = "import numpy, ditto; r = ditto.repeat_interleave(numpy.arange(6.0).reshape(2, 3), 3, 1); "
SMALL += "assert r.tolist() == [[0] * 3 + [1] * 3 + [2] * 3, [3] * 3 + [4] * 3 + [5] * 3]; "
STATISTICS = "s = ditto._native.kernel_statistics(); print(s['compiled'], s['loaded'])"


def run_python(program, **environment):
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout.strip()


# ===-- Caches ---------------------------------------------------------------===


def test_second_process_loads_what_the_first_compiled(tmp_path):
    cache = str(tmp_path / "cache")
    assert run_python(SMALL + STATISTICS, DITTO_CACHE_DIR=cache) == "1 0"
    assert run_python(SMALL + STATISTICS, DITTO_CACHE_DIR=cache) == "0 1"
    (directory,) = (tmp_path / "cache").iterdir()
    assert directory.name.startswith(ditto.__version__ + "-")
    assert directory.stat().st_mode & 0o077 == 0


def test_damaged_files_are_compiled_again(tmp_path):
    cache = str(tmp_path)
    run_python(SMALL, DITTO_CACHE_DIR=cache)
    (path,) = tmp_path.glob("*/*.o")
    good = path.read_bytes()
    damaged = good[:-100] + bytes([good[-100] ^ 1]) + good[-99:]
    for content in (b"", good[:50], good[:-1], damaged, good.replace(b"cpu", b"gpu", 1)):
        path.write_bytes(content)
        assert run_python(SMALL + STATISTICS, DITTO_CACHE_DIR=cache) == "1 0"
    assert path.read_bytes() == good


def test_cache_can_be_off_or_impossible(tmp_path):
    assert run_python(SMALL + STATISTICS, DITTO_CACHE_DIR="") == "1 0"
    (tmp_path / "file").write_text("")
    assert run_python(SMALL + STATISTICS, DITTO_CACHE_DIR=str(tmp_path / "file")) == "1 0"


def test_one_kernel_for_all_extents_strides_and_types_of_a_size():
    program = """
import numpy, ditto
x = numpy.arange(10000.0)
for n in range(10, 60):
    ditto.repeat_interleave(x[: n * n].reshape(n, n), n, 0)
    ditto.repeat_interleave(x[: n * n].reshape(n, n).astype('i8'), n + 1, 0)
"""
    assert run_python(program + STATISTICS, DITTO_CACHE_DIR="") == "1 0"


def test_calls_are_counted_once_in_memory():
    before = ditto._native.kernel_statistics()
    for _ in range(3):
        ditto.repeat(numpy.zeros((5, 3)), 2, 3)
    after = ditto._native.kernel_statistics()
    assert sum(map(after.get, ("compiled", "loaded"))) <= 1 + sum(
        map(before.get, ("compiled", "loaded"))
    )


# ===-- Threads and forks ----------------------------------------------------===


def test_threads_share_the_cache():
    failures = []

    def work(seed):
        rng = numpy.random.default_rng(seed)
        for _ in range(100):
            x = rng.integers(0, 99, rng.integers(1, 9, 3)).astype(f"i{2 ** rng.integers(0, 4)}")
            dim, count = int(rng.integers(0, 3)), int(rng.integers(0, 12))
            if (ditto.repeat_interleave(x, count, dim) != numpy.repeat(x, count, dim)).any():
                failures.append((x.shape, dim, count))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not failures


def test_long_calls_let_other_threads_run():
    program = """
import threading, time, numpy, ditto
x, out = numpy.ones(1 << 22), numpy.empty(1 << 27, 'f8')
ditto.repeat(x, 32, out=out)
turns, begun, done = 0, threading.Event(), False
def count():
    global turns
    begun.set()
    while not done:
        turns += 1
        time.sleep(0.0005)
thread = threading.Thread(target=count); thread.start(); begun.wait()
before = turns
begin = time.time()
for _ in range(3):
    ditto.repeat(x, 32, out=out)
seconds = time.time() - begin
during = turns - before
done = True
thread.join()
assert during > 2, (during, seconds)
"""
    run_python(program)


def test_forks_while_other_threads_compile():
    program = """
import os, threading, numpy, ditto
stop = False
def compile_all_the_time():
    n = 1
    while not stop:
        ditto.repeat(numpy.zeros((n % 7 + 1, n % 8 + 1), f'i{2 ** (n % 4)}'), n % 8 + 1, n % 7 + 1)
        n += 1
threads = [threading.Thread(target=compile_all_the_time) for _ in range(2)]
[thread.start() for thread in threads]
for i in range(20):
    child = os.fork()
    if child == 0:
        x = numpy.arange(12.0).reshape(3, 4)
        good = (ditto.repeat_interleave(x, i + 1, 0) == numpy.repeat(x, i + 1, 0)).all()
        f = ditto.compile("func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }")
        good = good and (f(numpy.ones(2, 'f4')) == 1).all()
        os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
stop = True
[thread.join() for thread in threads]
"""
    run_python(program, DITTO_CACHE_DIR="")


# ===-- Leaks ----------------------------------------------------------------===


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def virtual():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def fails(call):
    with pytest.raises((ditto.Error, TypeError)):
        call()


def test_a_hundred_thousand_calls_leak_nothing():
    x = numpy.arange(4096, dtype="f4").reshape(64, 64)
    counts = numpy.arange(64) % 3
    f = ditto.compile(
        """func.func @main(%x: tensor<?x64xf32>, %n: index) -> tensor<?x64xf32> {
          %r = ditto.repeat %x by [%n, 1] : tensor<?x64xf32> -> tensor<?x64xf32>
          return %r : tensor<?x64xf32>
        }"""
    )
    out = numpy.empty((128, 64), "f4")

    def calls(times):
        for _ in range(times):
            ditto.repeat(x, 2, 1)
            ditto.repeat(x, 2, 1, out=out)
            ditto.repeat_interleave(x.T, 2, 0)
            ditto.repeat_interleave(x, counts, 0)
            f(x, 2)
        for _ in range(times // 20):
            for bad in (
                lambda: ditto.repeat(x, -1, 1),
                lambda: ditto.repeat(x, 2, 1, out=out[1:]),
                lambda: ditto.repeat_interleave(x, counts[1:], 0),
                lambda: f(x, -1),
            ):
                try:
                    bad()
                except ditto.Error:
                    pass

    calls(1000)
    before, live = resident(), ditto._native.live_bytes()
    references = sys.getrefcount(x), sys.getrefcount(x.dtype), sys.getrefcount(out)
    calls(20000)
    assert ditto._native.live_bytes() == live
    assert (sys.getrefcount(x), sys.getrefcount(x.dtype), sys.getrefcount(out)) == references
    assert resident() - before < 4 << 20


def test_memory_of_large_results_is_used_again():
    x = numpy.arange(1 << 20, dtype="f4")
    live = ditto._native.live_bytes()
    addresses = set()
    for _ in range(5):
        result = ditto.repeat(x, 4)
        assert result.shape == (4 << 20,) and result.flags.writeable and (result[-5:] == x[-5:]).all()
        assert ditto._native.live_bytes() == live + result.nbytes
        addresses.add(result.ctypes.data)
        view = result[1:]
        del result
        assert ditto._native.live_bytes() > live
        del view
    assert len(addresses) == 1 and ditto._native.live_bytes() == live


def test_models_run_in_the_memory_of_the_last_call():
    # 40 MiB in between, and 40 MiB of result: blocks that malloc does not keep.
    f = ditto.compile(
        """func.func @main(%x: tensor<4096x16xf32>, %w: tensor<16x2560xf32>) -> tensor<4096x2560xf32> {
          %zero = arith.constant 0.0 : f32
          %e = tensor.empty() : tensor<4096x2560xf32>
          %init = linalg.fill ins(%zero : f32) outs(%e : tensor<4096x2560xf32>) -> tensor<4096x2560xf32>
          %p = linalg.matmul ins(%x, %w : tensor<4096x16xf32>, tensor<16x2560xf32>) outs(%init : tensor<4096x2560xf32>) -> tensor<4096x2560xf32>
          %f = tensor.empty() : tensor<2560xf32>
          %zeros = linalg.fill ins(%zero : f32) outs(%f : tensor<2560xf32>) -> tensor<2560xf32>
          %s = linalg.reduce ins(%p : tensor<4096x2560xf32>) outs(%zeros : tensor<2560xf32>) dimensions = [0] (%a: f32, %b: f32) {
            %c = arith.addf %a, %b : f32
            linalg.yield %c : f32
          }
          %t = linalg.broadcast ins(%s : tensor<2560xf32>) outs(%e : tensor<4096x2560xf32>) dimensions = [0]
          %r = linalg.sub ins(%t, %p : tensor<4096x2560xf32>, tensor<4096x2560xf32>) outs(%e : tensor<4096x2560xf32>) -> tensor<4096x2560xf32>
          return %r : tensor<4096x2560xf32>
        }"""
    )
    x, w = numpy.ones((4096, 16), "f4"), numpy.ones((16, 2560), "f4")
    live = ditto._native.live_bytes()

    f(x, w), f(x, w)
    result = f(x, w)
    assert result[-1, -1] == 16 * 4095
    mapped = virtual()
    del result
    assert ditto._native.live_bytes() == live
    # What is not in use is kept, and all that the next call needs.
    assert virtual() == mapped
    result = f(x, w)
    assert virtual() == mapped


def test_compiling_leaks_nothing():
    module = "func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }"
    for _ in range(20):
        ditto.compile(module)
    before = resident()
    for _ in range(100):
        ditto.compile(module)
        fails(lambda: ditto.compile(module + "}"))
    assert resident() - before < 8 << 20


# ===-- Neighbours -----------------------------------------------------------===

NEIGHBOURS = [
    name
    for name in ("torch", "jaxlib.mlir.ir", "torch_mlir.ir")
    if importlib.util.find_spec(name.split(".")[0])
]
CHECK = """
import numpy
f = ditto.compile('''func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  %r = ditto.repeat %x by [2] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}''')
assert f(numpy.ones(3, "f4")).shape == (6,) and ditto.repeat(numpy.ones(3), 2).shape == (6,)
"""
USES = {
    "torch": "assert torch.ones(2).repeat(2).sum() == 4",
    "jaxlib.mlir.ir": "jaxlib.mlir.ir.Context()",
    "torch_mlir.ir": "torch_mlir.ir.Module.parse('module {}', torch_mlir.ir.Context())",
}


@pytest.mark.parametrize("flags", ["RTLD_NOW", "RTLD_NOW | os.RTLD_GLOBAL"])
@pytest.mark.parametrize("order", [*itertools.permutations(["ditto", *NEIGHBOURS])], ids="-".join)
def test_import_orders(order, flags):
    if len(order) == 1:
        pytest.skip("none of torch, jaxlib and torch-mlir is installed")
    lines = [f"import os, sys; sys.setdlopenflags(os.{flags})"]
    lines += [f"import {name}" for name in order]
    run_python("\n".join(lines) + CHECK + "\n".join(USES[name] for name in NEIGHBOURS))


def test_the_extension_shows_one_symbol():
    path = ditto._native.__file__
    symbols = subprocess.run(["nm", "-D", "--defined-only", path], capture_output=True, text=True)
    if symbols.returncode:
        pytest.skip("no nm")
    assert [line.split()[-1] for line in symbols.stdout.splitlines()] == ["PyInit__native"]
    libraries = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
    assert "LLVM" not in libraries and "MLIR" not in libraries
