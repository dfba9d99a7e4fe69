"""Arrays of every shape, stride and element type, for NumPy and PyTorch alike."""

import ml_dtypes
import numpy
from hypothesis import strategies as st

NUMPY_TYPES = [
    *"? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 g F D G M8[s] m8[ns] >i4 >f8".split(),
    ml_dtypes.bfloat16,
    ml_dtypes.float8_e4m3fn,
    ml_dtypes.float8_e5m2,
    ml_dtypes.float8_e8m0fnu,
    ml_dtypes.int4,
]


def fill(shape, dtype):
    """An array of random bits, and random bits hold every NaN there is."""
    dtype = numpy.dtype(dtype)
    size = int(numpy.prod(shape, dtype="i8"))
    rng = numpy.random.default_rng(size)
    if dtype == numpy.dtype("?"):
        return rng.integers(0, 2, size, "u1").view("?").reshape(shape)
    return rng.integers(0, 256, size * dtype.itemsize, "u1").view(dtype).reshape(shape)


def bits(array):
    """Every bit of an array, for comparisons that NaNs pass."""
    array = numpy.ascontiguousarray(array)
    return array.reshape(-1).view("u1").tobytes(), array.shape


shapes = st.lists(st.integers(0, 9), max_size=4).map(tuple)


@st.composite
def views(draw, dtypes=NUMPY_TYPES):
    """An array that may be transposed, sliced, reversed and broadcast."""
    x = fill(draw(shapes), draw(st.sampled_from(dtypes)))
    x = x.transpose(draw(st.permutations(range(x.ndim))))
    steps = [draw(st.sampled_from([1, 1, 1, 2, -1, -3])) for _ in range(x.ndim)]
    x = x[(..., *(slice(None, None, step) for step in steps))]
    if draw(st.integers(0, 4)) == 0:
        x = numpy.broadcast_to(x, (3, *x.shape))
    return x


@st.composite
def targets(draw, shape, dtype):
    """An array to write to: of other strides than the usual ones, in part."""
    order = draw(st.permutations(range(len(shape))))
    steps = [draw(st.sampled_from([1, 1, 2, -1])) for _ in shape]
    memory = numpy.zeros(
        [shape[dim] * abs(steps[dim]) for dim in order], dtype
    ).transpose(numpy.argsort(order).astype(int) if order else [])
    return memory[(..., *(slice(None, None, step) for step in steps))]
