"""Tensor repeats, compiled: ditto.repeat and ditto.repeat_interleave on arrays.

docs/Python.md of the project is the guide.
"""

from ._compile import CompiledFunction, compile, optimize
from ._frontends import from_jax, from_onnx
from ._native import Error, __version__, repeat, repeat_interleave
from ._report import Repeat, Report

__all__ = [
    "CompiledFunction",
    "Error",
    "Repeat",
    "Report",
    "__version__",
    "compile",
    "from_jax",
    "from_onnx",
    "optimize",
    "repeat",
    "repeat_interleave",
]
