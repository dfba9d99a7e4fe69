"""Element types as the tests see them, and .npy files of any of them.

An element is a Python int, its bits: movement must keep them, whatever they mean.
A file of a type that NumPy does not have holds raw bytes.
"""

from dataclasses import dataclass

import numpy


@dataclass(frozen=True)
class ElementType:
    name: str  # in MLIR
    bits: int  # that mean something
    dtype: str  # in files

    @property
    def bytes(self):
        return numpy.dtype(self.dtype).itemsize

    def mask(self, value):
        return value & ((1 << self.bits) - 1)


def _bits_only(names, bits, dtype):
    return [ElementType(name, bits, dtype) for name in names.split()]


ELEMENT_TYPES = [
    ElementType("i1", 1, "|b1"),
    *_bits_only("i2", 2, "|u1"),
    *_bits_only("i4", 4, "|u1"),
    *_bits_only("i7", 7, "|u1"),
    *_bits_only("i8 ui8", 8, "|u1"),
    *_bits_only("si8", 8, "|i1"),
    *_bits_only("i16", 16, "<u2"),
    *_bits_only("i24", 24, "<u4"),
    *_bits_only("i32", 32, "<u4"),
    *_bits_only("i64 index", 64, "<u8"),
    *_bits_only("i128", 128, "|V16"),
    *_bits_only("f4E2M1FN", 4, "|u1"),
    *_bits_only("f6E2M3FN f6E3M2FN", 6, "|u1"),
    *_bits_only(
        "f8E5M2 f8E4M3 f8E4M3FN f8E5M2FNUZ f8E4M3FNUZ f8E4M3B11FNUZ f8E3M4 f8E8M0FNU",
        8,
        "|u1",
    ),
    *_bits_only("bf16", 16, "<u2"),
    *_bits_only("f16", 16, "<f2"),
    *_bits_only("f32", 32, "<f4"),
    *_bits_only("f64", 64, "<f8"),
    *_bits_only("f80", 80, "|V16"),
    *_bits_only("f128", 128, "|V16"),
    *_bits_only("complex<f32>", 64, "<c8"),
    *_bits_only("complex<f64>", 128, "<c16"),
]


def write(path, type, shape, elements):
    data = b"".join(element.to_bytes(type.bytes, "little") for element in elements)
    numpy.save(path, numpy.frombuffer(data, type.dtype).reshape(shape))


def read(path, type):
    """The shape and the elements of a file, without their padding.

    By hand: NumPy refuses the extents [2**62, 0], which are fine.
    """
    with open(path, "rb") as file:
        numpy.lib.format.read_magic(file)
        shape, is_fortran, dtype = numpy.lib.format.read_array_header_1_0(file)
        data = file.read()
    assert not is_fortran and dtype.itemsize == type.bytes
    step = type.bytes
    elements = [
        type.mask(int.from_bytes(data[i : i + step], "little"))
        for i in range(0, len(data), step)
    ]
    return shape, elements
