"""Modules compiled ahead of time into libraries or in memory, and their functions on
NumPy arrays.

A call takes microseconds, so that many sizes can be tried with one compilation.
"""

import ctypes
import os
import pathlib
import subprocess

import numpy

from support.batches import Failure

# Compiled functions take pointers to descriptors and 64-bit integers, all of them
# integers to the calling convention. An error must not skip Python's frames.
CALL = """
#include "ditto/Runtime/Runtime.h"

namespace {
using I = int64_t;
struct Call { void *function; const I *a; I n; };
template <typename... Arguments> void run(const Call &call, Arguments... arguments) {
  reinterpret_cast<void (*)(Arguments...)>(call.function)(arguments...);
}
} // namespace

extern "C" int call(void *function, const I *a, I n, char *message, I size) {
  Call call = {function, a, n};
  auto dispatch = [](void *argument) {
    const Call &call = *static_cast<Call *>(argument);
    const I *a = call.a;
    switch (call.n) {
    case 2: return run(call, a[0], a[1]);
    case 3: return run(call, a[0], a[1], a[2]);
    case 4: return run(call, a[0], a[1], a[2], a[3]);
    case 5: return run(call, a[0], a[1], a[2], a[3], a[4]);
    default: dittoRuntimeFailAssert("expected 1 to 4 arguments");
    }
  };
  return dittoRuntimeCall(dispatch, &call, message, size);
}
"""


class NativeError(Exception):
    """A run-time error; its text is the message."""


class Toolchain:
    """Where what compiles and links is."""

    def __init__(self, compiler, source, build):
        self.compiler = compiler
        self.include = pathlib.Path(source) / "include"
        self.runtime = pathlib.Path(build) / "lib/Runtime/libDittoRuntime.a"
        self.in_memory = pathlib.Path(build) / "lib/DittoTestInMemory.so"
        # What this process has loaded for the sake of the runtime is nothing for tools.
        self.environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}

    def run(self, command, timeout=600):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=self.environment)
        except subprocess.TimeoutExpired:
            raise Failure(f"{' '.join(command)}: no end after {timeout} seconds") from None
        if done.returncode != 0:
            raise Failure(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr[:2000]}")


def describe(array):
    """The memref descriptor of an array: two pointers, offset, extents, strides."""
    strides = [stride // array.itemsize for stride in array.strides]
    pointer = array.ctypes.data
    return numpy.array([pointer, pointer, 0, *array.shape, *strides], dtype=numpy.int64)


class NativeModule:
    """The public functions of `text`, each with one result."""

    def __init__(self, text, path, toolchain, passes=None, options=()):
        """Writes files beside `path`, which has no ending. `passes` are run before."""
        module, object_, library = (path.with_suffix(end) for end in (".mlir", ".o", ".so"))
        module.write_text(text)
        if passes:
            lowered = path.with_suffix(".lowered.mlir")
            toolchain.run(["ditto-opt", str(module), passes, "-o", str(lowered)])
            module = lowered
        toolchain.run(["ditto-run", str(module), "--emit=obj", "-o", str(object_), *options])
        shim = path.with_suffix(".cpp")
        shim.write_text(CALL)
        toolchain.run([toolchain.compiler, "-shared", "-fPIC", f"-I{toolchain.include}", "-o", str(library),
                       str(shim), str(object_), str(toolchain.runtime), "-lm"])
        self.library = ctypes.CDLL(str(library))
        self.library.call.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_int64, ctypes.c_char_p, ctypes.c_int64]
        self.library.dittoRuntimeLiveBytes.restype = ctypes.c_int64
        self.library.dittoRuntimeFree.argtypes = [ctypes.c_void_p]
        self.message = ctypes.create_string_buffer(400)

    def call(self, name, arguments, rank, dtype):
        """The result, of `rank` dimensions; raises NativeError.

        Arguments are arrays, or ints for index arguments. Memory that is still live
        afterwards is a Failure.
        """
        function = ctypes.cast(self.library["_mlir_ciface_" + name], ctypes.c_void_p)
        result = numpy.zeros(3 + 2 * rank, dtype=numpy.int64)
        described = [a if isinstance(a, int) else describe(a) for a in arguments]
        words = numpy.array(
            [result.ctypes.data, *(d if isinstance(d, int) else d.ctypes.data for d in described)],
            dtype=numpy.int64,
        )
        failed = self.library.call(function, words.ctypes.data, len(words), self.message, len(self.message))
        value = None
        if not failed:
            value = self.take(result, rank, numpy.dtype(dtype))
        live = self.library.dittoRuntimeLiveBytes()
        if live != 0:
            raise Failure(f"{name}: {live} bytes are still allocated")
        if failed:
            raise NativeError(self.message.value.decode())
        return value

    def take(self, result, rank, dtype):
        """A copy of the result, which is freed."""
        _, data, offset, *rest = (int(word) for word in result)
        shape, strides = rest[:rank], rest[rank:]
        size = dtype.itemsize
        for extent in shape:
            size *= extent
        expected, packed = 1, []
        for extent in reversed(shape):
            packed.insert(0, expected)
            expected *= extent
        if size and (strides != packed or offset != 0):
            raise Failure(f"expected a contiguous result, but got strides {strides} of {shape}")
        bits = ctypes.string_at(data, size) if size else b""
        self.library.dittoRuntimeFree(int(result[0]))
        return numpy.frombuffer(bits, dtype=dtype).reshape(shape)


class TestArray(ctypes.Structure):
    """As in test/lib/InMemory.cpp."""

    _fields_ = [("bits", ctypes.c_int64), ("rank", ctypes.c_int64),
                ("shape", ctypes.c_void_p), ("data", ctypes.c_void_p)]


class InMemoryModule:
    """As NativeModule, through the compiler that programs embed: ORC loads the code, and
    arguments and results are checked and packed by the signature."""

    LARGEST = 1 << 20  # bytes of a result

    def __init__(self, text, toolchain, level):
        self.library = ctypes.CDLL(str(toolchain.in_memory))
        self.library.dittoTestCompile.restype = ctypes.c_void_p
        self.library.dittoTestCompile.argtypes = [ctypes.c_char_p, ctypes.c_uint, ctypes.c_char_p, ctypes.c_int64]
        self.library.dittoTestCall.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(TestArray),
                                               ctypes.c_int64, ctypes.POINTER(TestArray), ctypes.c_int64,
                                               ctypes.c_char_p, ctypes.c_int64]
        self.library.dittoTestLiveBytes.restype = ctypes.c_int64
        self.library.dittoTestDestroy.argtypes = [ctypes.c_void_p]
        self.message = ctypes.create_string_buffer(400)
        self.data = ctypes.create_string_buffer(self.LARGEST)
        self.code = self.library.dittoTestCompile(text.encode(), level, self.message, len(self.message))
        if not self.code:
            raise Failure(self.message.value.decode())

    def call(self, name, arguments, rank, dtype):
        arrays = (TestArray * len(arguments))()
        alive = []
        for array, argument in zip(arrays, arguments):
            values = numpy.asarray(argument, dtype=numpy.int64) if isinstance(argument, int) else argument
            shape = numpy.array(values.shape, dtype=numpy.int64)
            array.bits = 0 if isinstance(argument, int) else 8 * values.itemsize
            array.rank, array.shape, array.data = values.ndim, shape.ctypes.data, values.ctypes.data
            alive += [values, shape]
        shape = numpy.zeros(rank, dtype=numpy.int64)
        result = TestArray(0, rank, shape.ctypes.data, ctypes.addressof(self.data))
        failed = self.library.dittoTestCall(self.code, name.encode(), arrays, len(arrays), result, self.LARGEST,
                                            self.message, len(self.message))
        live = self.library.dittoTestLiveBytes()
        if live != 0:
            raise Failure(f"{name}: {live} bytes are still allocated")
        if failed:
            raise NativeError(self.message.value.decode())
        size = int(shape.prod()) * numpy.dtype(dtype).itemsize
        return numpy.frombuffer(ctypes.string_at(self.data, size), dtype=dtype).reshape(shape)

    def __del__(self):
        if self.code:
            self.library.dittoTestDestroy(self.code)
