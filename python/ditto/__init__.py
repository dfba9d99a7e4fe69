"""Tensor repeats, compiled: ditto.repeat and ditto.repeat_interleave on arrays.

docs/Python.md of the project is the guide.
"""

from ._native import Error, __version__, repeat, repeat_interleave

__all__ = ["Error", "__version__", "repeat", "repeat_interleave"]
