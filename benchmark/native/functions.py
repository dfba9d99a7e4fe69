"""Functions that MLIR compiled, called through their C interface.

_mlir_ciface_f(result, arguments..) takes pointers to descriptors of buffers; `result` is
one descriptor, or a struct of those of all results, which f fills in.
"""

import ctypes
import functools

from . import memory


@functools.cache
def descriptor_class(rank):
    class Descriptor(ctypes.Structure):
        _fields_ = [
            ("allocated", ctypes.c_void_p),
            ("data", ctypes.c_void_p),
            ("offset", ctypes.c_int64),
            ("sizes", ctypes.c_int64 * rank),
            ("strides", ctypes.c_int64 * rank),
        ]

    return Descriptor


def descriptor(array):
    cls = descriptor_class(array.ndim)
    strides = [s // array.itemsize for s in array.strides]
    vector = ctypes.c_int64 * array.ndim
    address = array.ctypes.data
    return cls(address, address, 0, vector(*array.shape), vector(*strides))


def bind(library, arrays, result_ranks=(), name="run"):
    """A call of a function on arrays; returns the descriptors of its results."""
    function = getattr(library, "_mlir_ciface_" + name)
    function.restype = None
    descriptors = [descriptor(array) for array in arrays]
    pointers = [ctypes.c_void_p(ctypes.addressof(d)) for d in descriptors]
    results = None
    if result_ranks:

        class Results(ctypes.Structure):
            _fields_ = [
                (f"r{i}", descriptor_class(r)) for i, r in enumerate(result_ranks)
            ]

        results = Results()
        pointers.insert(0, ctypes.c_void_p(ctypes.addressof(results)))
    keep = (library, arrays, descriptors, results)
    fields = [getattr(results, f"r{i}") for i in range(len(result_ranks))]

    def call(function=function, pointers=tuple(pointers), _keep=keep):
        function(*pointers)

    return call, fields


def returned(fields, call, free):
    """A call whose results the caller owns: blocks of memory."""
    if len(fields) == 1:
        field = fields[0]

        def run():
            call()
            return memory.Block(field.allocated, free)

        return run

    def run_many():
        call()
        return [memory.Block(field.allocated, free) for field in fields]

    return run_many


def first_result(fields, dtype):
    """The array of the first result of the last call, while somebody keeps its memory."""

    def result(_):
        field = fields[0]
        itemsize = dtype.itemsize
        address = field.data + field.offset * itemsize
        return memory.view(address, tuple(field.sizes), dtype)

    return result
