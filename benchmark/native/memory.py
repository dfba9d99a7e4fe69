"""Memory of the C library, for results that a call allocates."""

import ctypes

LIBC = ctypes.CDLL(None)
LIBC.aligned_alloc.restype = ctypes.c_void_p
LIBC.aligned_alloc.argtypes = [ctypes.c_size_t] * 2
LIBC.free.argtypes = [ctypes.c_void_p]
LIBC.free.restype = None
LIBC.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
HUGE_PAGE = 2 << 20
MADV_HUGEPAGE = 14


class Block:
    """Memory that is freed when nobody refers to it any more."""

    __slots__ = ("address", "free")

    def __init__(self, address, free=LIBC.free):
        self.address, self.free = address, free

    def __del__(self):
        self.free(self.address)


def allocate(size, huge=False):
    alignment = HUGE_PAGE if huge else 64
    address = LIBC.aligned_alloc(alignment, (size + alignment - 1) // alignment * alignment)
    if huge:
        LIBC.madvise(address, size, MADV_HUGEPAGE)
    return address


def view(address, shape, dtype):
    """The array at an address, which somebody else keeps alive."""
    import numpy

    count = int(numpy.prod(shape, dtype=numpy.int64)) * numpy.dtype(dtype).itemsize
    memory = (ctypes.c_uint8 * count).from_address(address)
    return numpy.frombuffer(memory, numpy.uint8).view(dtype).reshape(shape)
