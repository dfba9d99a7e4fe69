"""ditto.repeat and ditto.repeat_interleave on NumPy arrays, beside numpy.tile and numpy.repeat."""

import array
import sys

import ditto
import ml_dtypes
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.arrays import NUMPY_TYPES, bits, fill, targets, views

counts_of = st.integers(0, 4)


@given(st.data())
def test_repeat_is_tile(data):
    x = data.draw(views())
    sizes = data.draw(st.lists(counts_of, min_size=x.ndim, max_size=x.ndim + 2))
    expected = numpy.tile(x, sizes) if sizes else x.copy()
    result = ditto.repeat(x, sizes)
    assert type(result) is numpy.ndarray and result.dtype == x.dtype
    assert bits(result) == bits(expected)
    out = data.draw(targets(expected.shape, x.dtype))
    assert ditto.repeat(x, *sizes, out=out) is out if sizes else True
    if sizes:
        assert bits(out) == bits(expected)


@given(st.data())
def test_interleave_is_repeat(data):
    x = data.draw(views())
    dim = data.draw(st.none() | st.integers(-x.ndim, x.ndim - 1) if x.ndim else st.none())
    extent = x.size if dim is None else x.shape[dim]
    kind = data.draw(st.sampled_from(["one", "scalar", "list of one", "each"]))
    if kind == "each":
        repeats = numpy.array(data.draw(st.lists(counts_of, min_size=extent, max_size=extent)), "i8")
    else:
        repeats = data.draw(counts_of)
    expected = numpy.repeat(x, repeats, dim)
    if kind == "scalar":
        repeats = numpy.array(repeats, "i4")
    elif kind == "list of one":
        repeats = numpy.array([repeats])
    elif kind == "each":
        repeats = data.draw(
            st.sampled_from([repeats, repeats.astype("i4"), numpy.repeat(repeats, 3)[::3]])
        )
    result = ditto.repeat_interleave(x, repeats, dim)
    assert type(result) is numpy.ndarray and result.dtype == x.dtype
    assert bits(result) == bits(expected)
    total = expected.shape[dim or 0]
    out = data.draw(targets(expected.shape, x.dtype))
    assert ditto.repeat_interleave(x, repeats, dim, output_size=total, out=out) is out
    assert bits(out) == bits(expected)


@pytest.mark.parametrize("dtype", NUMPY_TYPES, ids=lambda t: numpy.dtype(t).name)
def test_every_element_type_at_lengths_around_vectors(dtype):
    for extent in (1, 15, 16, 17, 63, 64, 65, 300):
        x = fill((extent, 3), dtype)
        for count in (1, 2, 3, 5, 8, 9, 40):
            assert bits(ditto.repeat_interleave(x, count)) == bits(numpy.repeat(x, count))
            assert bits(ditto.repeat_interleave(x, count, 0)) == bits(numpy.repeat(x, count, 0))
            assert bits(ditto.repeat(x, 2, count)) == bits(numpy.tile(x, (2, count)))
            assert bits(ditto.repeat(x.T, count, 2)) == bits(numpy.tile(x.T, (count, 2)))


def test_many_dimensions():
    x = fill((2,) * 12, "f4").transpose(11, 3, 5, 1, 10, 0, 2, 4, 6, 8, 9, 7)
    assert bits(ditto.repeat(x, (2, 1) * 6)) == bits(numpy.tile(x, (2, 1) * 6))
    assert bits(ditto.repeat_interleave(x, 3, 5)) == bits(numpy.repeat(x, 3, 5))
    counts = numpy.array([2, 1])
    assert bits(ditto.repeat_interleave(x, counts, 5)) == bits(numpy.repeat(x, counts, 5))


def test_unaligned_and_odd_sized_elements():
    packed = numpy.zeros(20, numpy.dtype([("a", "u1"), ("b", "f8")]))
    packed["b"] = numpy.arange(20)
    assert bits(ditto.repeat_interleave(packed["b"], 3)) == bits(numpy.repeat(packed["b"], 3))
    assert bits(ditto.repeat(packed, 2)) == bits(numpy.tile(packed, 2))
    text = numpy.array(["abc", "de"])
    assert ditto.repeat_interleave(text, 2).tolist() == ["abc", "abc", "de", "de"]


def test_indices_of_counts():
    assert ditto.repeat_interleave(numpy.array([1, 0, 2])).tolist() == [0, 2, 2]
    assert ditto.repeat_interleave(numpy.array([1, 2], "i4")).dtype == numpy.dtype("i4")
    with pytest.raises(ditto.Error, match="1 dimension"):
        ditto.repeat_interleave(numpy.array([[1]]))
    with pytest.raises(TypeError, match="expected no dim without repeats, but got 0"):
        ditto.repeat_interleave(numpy.array([1]), None, 0)
    with pytest.raises(TypeError, match="int32 or int64, but got complex128"):
        ditto.repeat_interleave(numpy.array([1j]))


def test_counts_as_a_list():
    x = numpy.array([[1, 2], [3, 4]])
    assert ditto.repeat_interleave(x, [2, 1], 0).tolist() == [[1, 2], [1, 2], [3, 4]]
    assert ditto.repeat_interleave(x[:0], [], 0).shape == (0, 2)


X = numpy.arange(6.0).reshape(2, 3)
READ_ONLY = numpy.zeros((4, 3))
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: ditto.repeat(X, 2, -1), ditto.Error, "ditto.repeat: count -1 of dimension 1 is negative"),
        (lambda: ditto.repeat(X, 2), ditto.Error, "expected at least 2 counts, one for each dimension of x, but got 1"),
        (lambda: ditto.repeat(X, 2**62, 2**62), ditto.Error, "result dimension 0"),
        (lambda: ditto.repeat(X, 2**64, 1), ditto.Error, "dimension 0, 18446744073709551616, does not fit in 64 bits"),
        (lambda: ditto.repeat(X), TypeError, "expected sizes: integers, or a sequence of them"),
        (lambda: ditto.repeat(None, 1), TypeError, "x is a NoneType, but expected an array"),
        (lambda: ditto.repeat_interleave(None, 1), TypeError, "x is a NoneType, but expected an array"),
        (lambda: ditto.repeat(X, 2**60, 1), ditto.Error, "size in bytes"),
        (lambda: ditto.repeat(X, 2**70, 1), ditto.Error, "does not fit in 64 bits"),
        (lambda: ditto.repeat(X, 2**40, 1), MemoryError, ""),
        (lambda: ditto.repeat(X, 2.0, 1), TypeError, "count of dimension 0 to be an integer, but got float"),
        (lambda: ditto.repeat(X, True, 1), TypeError, "bool"),
        (lambda: ditto.repeat(X, "22"), TypeError, "str"),
        (lambda: ditto.repeat([1, 2], 2), TypeError, "x is a list, but expected an array"),
        (lambda: ditto.repeat(numpy.array([None]), 2), TypeError, "references to Python objects"),
        (lambda: ditto.repeat(numpy.ma.array([1]), 2), TypeError, "masked"),
        (lambda: ditto.repeat_interleave(X, -2, 0), ditto.Error, "ditto.repeat_interleave: count -2 of dimension 0"),
        (lambda: ditto.repeat_interleave(X, numpy.array([1, -2]), 0), ditto.Error, "count -2 at index 1 is negative"),
        (lambda: ditto.repeat_interleave(X, numpy.array([1, 2, 3]), 0), ditto.Error, "3 counts for dimension 0, expected 1 or its extent 2"),
        (lambda: ditto.repeat_interleave(X, numpy.array([2**62] * 6)), ditto.Error, "does not fit"),
        (lambda: ditto.repeat_interleave(X, numpy.array([[1, 2]]), 0), ditto.Error, r"shape \(1, 2\)"),
        (lambda: ditto.repeat_interleave(X, numpy.array([1.0, 2]), 0), TypeError, "int32 or int64, but got float64"),
        (lambda: ditto.repeat_interleave(X, 1.5, 0), TypeError, "float"),
        (lambda: ditto.repeat_interleave(X, True, 0), TypeError, "bool"),
        (lambda: ditto.repeat_interleave(X, 2, 2), IndexError, r"dim 2 is not in the range \[-2, 2\)"),
        (lambda: ditto.repeat_interleave(numpy.array(5), 2, 0), IndexError, "no dimensions"),
        (lambda: ditto.repeat_interleave(X, 2, 0, output_size=5), ditto.Error, "output_size 5 differs from 4"),
        (lambda: ditto.repeat(X, 2, 1, out=numpy.zeros((4, 2))), ditto.Error, r"out has the shape \(4, 2\), but the result's is \(4, 3\)"),
        (lambda: ditto.repeat(X, 2, 1, out=numpy.zeros((4, 3), "f4")), TypeError, "out has elements of type float32, but x of float64"),
        (lambda: ditto.repeat(X, 2, 1, out=READ_ONLY), ditto.Error, "out is read-only"),
        (lambda: ditto.repeat(X, 1, 1, out=X), ditto.Error, "share memory"),
        (lambda: ditto.repeat(X[:1], 2, 1, out=X), ditto.Error, "share memory"),
        (lambda: ditto.repeat(X, 2, 1, out=numpy.lib.stride_tricks.as_strided(numpy.zeros(9), (4, 3), (16, 8))), ditto.Error, "several indices"),
        (lambda: ditto.repeat(X, 2, 1, out=[1]), TypeError, "out is a list"),
        (lambda: ditto.repeat(X, 2, 1, out=bytearray(96)), TypeError, "out"),
    ],
)
def test_errors(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_errors_are_those_of_pytorch_and_of_python():
    assert issubclass(ditto.Error, RuntimeError) and issubclass(ditto.Error, ValueError)


def test_other_buffers_come_back_as_they_went_in():
    assert ditto.repeat(b"ab", 2) == b"abab"
    assert ditto.repeat_interleave(bytearray(b"ab"), 2) == bytearray(b"aabb")
    assert ditto.repeat(array.array("d", [1, 2]), 2) == array.array("d", [1, 2, 1, 2])
    square = memoryview(array.array("i", [1, 2, 3, 4])).cast("B").cast("i", (2, 2))
    result = ditto.repeat_interleave(square, 2, 1)
    assert type(result) is memoryview and result.tolist() == [[1, 1, 2, 2], [3, 3, 4, 4]]
    out = bytearray(4)
    assert ditto.repeat(b"ab", 2, out=out) is out and out == b"abab"
    with pytest.raises(ditto.Error, match="read-only"):
        ditto.repeat(b"ab", 2, out=b"0000")


def test_subclasses_of_arrays():
    x = numpy.arange(4).view(type("Mine", (numpy.ndarray,), {}))
    assert ditto.repeat(x, 2).tolist() == [0, 1, 2, 3] * 2


class Elsewhere:
    """An array of another library: DLPack, and a namespace that takes it back."""

    def __init__(self, data):
        self.data = data

    def __dlpack__(self, **options):
        return self.data.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.data.__dlpack_device__()

    def __array_namespace__(self):
        return Elsewhere

    @staticmethod
    def from_dlpack(x):
        return Elsewhere(numpy.from_dlpack(x))


def test_dlpack_comes_back_through_the_namespace():
    result = ditto.repeat(Elsewhere(numpy.array([1, 2])), 2)
    assert type(result) is Elsewhere and result.data.tolist() == [1, 2, 1, 2]
    out = Elsewhere(numpy.zeros(4, "i8"))
    assert ditto.repeat(Elsewhere(numpy.array([1, 2])), 2, out=out) is out
    assert out.data.tolist() == [1, 2, 1, 2]
    away = Elsewhere(None)
    away.__class__ = type("Away", (Elsewhere,), {"__dlpack_device__": lambda self: (2, 0)})
    with pytest.raises(ditto.Error, match="CPU"):
        ditto.repeat(away, 2)


def test_input_is_not_copied_or_kept():
    x = numpy.ones(1 << 20)
    before = sys.getrefcount(x)
    result = ditto.repeat(x[::2], 2)
    assert sys.getrefcount(x) == before
    assert result.shape == (1 << 20,) and result.all()


def test_bfloat16_keeps_its_type():
    x = numpy.array([1.5, -0.0, numpy.nan], ml_dtypes.bfloat16)
    assert ditto.repeat_interleave(x, 2).dtype == ml_dtypes.bfloat16
