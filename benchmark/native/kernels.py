"""The hand-written kernels, built for this processor."""

import ctypes
import functools
import pathlib

from .. import paths
from . import memory, run

REQUIRED = ("avx512f", "avx512bw", "avx512_vbmi", "avx512_vbmi2")


def missing():
    """What building or running the kernels lacks, or None."""
    if not pathlib.Path(paths.CLANG).exists():
        return paths.CLANG
    with open("/proc/cpuinfo") as lines:
        flags = next((line for line in lines if line.startswith("flags")), "").split()
    # Linux spells avx512_vbmi without the underscore.
    lacking = [
        name for name in REQUIRED if not {name, name.replace("_", "")} & {*flags}
    ]
    return ", ".join(lacking) or None


@functools.cache
def library():
    sources = sorted((paths.HERE / "kernels").glob("*.[ch]"))
    built = paths.WORK / "kernels.so"
    newest = max(source.stat().st_mtime for source in sources)
    if not built.exists() or built.stat().st_mtime < newest:
        paths.WORK.mkdir(parents=True, exist_ok=True)
        built.unlink(missing_ok=True)
        run(
            paths.CLANG, "-O3", "-march=native", "-ffp-contract=fast", "-shared", "-fPIC",
            *(s for s in sources if s.suffix == ".c"), "-o", built, "-lm",
        )  # fmt: skip
    return ctypes.CDLL(str(built))


def bind(name, *arguments):
    """A call of a kernel without further arguments: arrays, integers, floats."""
    function = getattr(library(), name)
    function.restype = None
    converted = tuple(convert(argument) for argument in arguments)

    # Arguments are kept alive, and converted once: that is half of what a call costs.
    def call(function=function, converted=converted, _keep=arguments):
        function(*converted)

    return call


def convert(argument):
    """An argument as C has it."""
    if hasattr(argument, "ctypes"):
        return ctypes.c_void_p(argument.ctypes.data)
    if isinstance(argument, ctypes.Structure):
        return ctypes.c_void_p(ctypes.addressof(argument))
    return (
        ctypes.c_float(argument)
        if isinstance(argument, float)
        else ctypes.c_int64(argument)
    )


def bind_fresh(name, size, huge, arguments):
    """A call of a kernel that allocates its result of `size` bytes; returns the block."""
    function = library().computeFresh
    function.restype = ctypes.c_void_p
    kernel = ctypes.cast(getattr(library(), name), ctypes.c_void_p)
    converted = [convert(argument) for argument in arguments]
    converted += [ctypes.c_int64(0)] * (6 - len(converted))
    converted = (kernel, ctypes.c_int64(size), ctypes.c_int64(huge), *converted)

    def call(function=function, converted=converted, _keep=arguments):
        return memory.Block(function(*converted))

    return call
