"""The hand-written kernels, built for this processor."""

import ctypes
import functools

from .. import paths
from . import run

REQUIRED = ("avx512f", "avx512bw", "avx512_vbmi", "avx512_vbmi2")


def missing_features():
    """What the processor lacks of what the kernels are written for."""
    with open("/proc/cpuinfo") as lines:
        flags = next((line for line in lines if line.startswith("flags")), "").split()
    return [name for name in REQUIRED if name not in flags and name.replace("_", "") not in flags]


@functools.cache
def library():
    sources = sorted((paths.HERE / "kernels").glob("*.[ch]"))
    built = paths.WORK / "kernels.so"
    newest = max(source.stat().st_mtime for source in sources)
    if not built.exists() or built.stat().st_mtime < newest:
        paths.WORK.mkdir(parents=True, exist_ok=True)
        run(
            paths.CLANG, "-O3", "-march=native", "-ffp-contract=fast", "-shared", "-fPIC",
            *(s for s in sources if s.suffix == ".c"), "-o", built, "-lm",
        )  # fmt: skip
    return ctypes.CDLL(str(built))


def bind(name, *arguments):
    """A call of a kernel without further arguments: arrays, integers, floats."""
    function = getattr(library(), name)
    function.restype = None
    converted, types = [], []
    for argument in arguments:
        if hasattr(argument, "ctypes"):
            converted.append(argument.ctypes.data)
            types.append(ctypes.c_void_p)
        elif isinstance(argument, ctypes.Structure):
            converted.append(ctypes.addressof(argument))
            types.append(ctypes.c_void_p)
        else:
            converted.append(argument)
            types.append(ctypes.c_float if isinstance(argument, float) else ctypes.c_int64)
    function.argtypes = types

    # Keeps the arguments alive.
    def call(function=function, converted=tuple(converted), _keep=arguments):
        function(*converted)

    return call
