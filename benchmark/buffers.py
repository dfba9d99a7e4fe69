"""Memory to measure in."""

import math
import mmap

import numpy

from .elements import STORAGE

ALIGNMENT = 2 << 20


def allocate(shape, element):
    """An array in small pages, all of them touched, at a multiple of 2 MiB: no case is
    lucky with its pages or its alignment."""
    dtype = numpy.dtype(STORAGE[element])
    size = math.prod(shape) * dtype.itemsize
    memory = mmap.mmap(-1, size + 2 * ALIGNMENT)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        memory.madvise(mmap.MADV_NOHUGEPAGE)
    whole = numpy.frombuffer(memory, numpy.uint8)
    begin = -whole.ctypes.data % ALIGNMENT
    part = whole[begin : begin + size]
    part[:] = 1
    return part.view(dtype).reshape(shape)


def copy_of(values, element):
    result = allocate(values.shape, element)
    result[...] = values
    return result
