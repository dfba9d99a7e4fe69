"""Element types: bf16 is carried as its bits, since NumPy has none."""

import numpy

STORAGE = {
    "f32": numpy.float32,
    "bf16": numpy.uint16,
    "i8": numpy.int8,
    "i64": numpy.int64,
}


def size_of(element):
    return numpy.dtype(STORAGE[element]).itemsize


def to_bf16(values):
    """Rounds f32 to the nearest bf16, ties to even."""
    bits = values.view(numpy.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(numpy.uint16)


def to_f32(values):
    if values.dtype == numpy.uint16:
        return (values.astype(numpy.uint32) << 16).view(numpy.float32)
    return values


def random(generator, shape, element):
    if element in ("f32", "bf16"):
        values = generator.standard_normal(shape, dtype=numpy.float32)
        return to_bf16(values) if element == "bf16" else values
    return generator.integers(-100, 100, shape).astype(STORAGE[element])
