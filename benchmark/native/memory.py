"""Memory of the C library, for results that a call allocates."""

import ctypes

import numpy

LIBC = ctypes.CDLL(None)
LIBC.free.argtypes = [ctypes.c_void_p]
LIBC.free.restype = None


class Block:
    """Memory that is freed when nobody refers to it any more."""

    __slots__ = ("address", "free")

    def __init__(self, address, free=LIBC.free):
        self.address, self.free = address, free

    def __del__(self):
        self.free(self.address)


def view(address, shape, dtype):
    """The array at an address, which somebody else keeps alive."""
    count = int(numpy.prod(shape, dtype=numpy.int64)) * numpy.dtype(dtype).itemsize
    memory = (ctypes.c_uint8 * count).from_address(address)
    return numpy.frombuffer(memory, numpy.uint8).view(dtype).reshape(shape)
