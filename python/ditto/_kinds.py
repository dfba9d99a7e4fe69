"""Arrays that the extension does not know: to NumPy or PyTorch and back, without copies."""

import array
import sys

import numpy

from . import _native


def repeat(x, *sizes, out=None):
    x, restore = to_known(x, "ditto.repeat: x")
    result = _native.repeat(x, *sizes, out=to_writable(out, "ditto.repeat: out"))
    return restore(result) if out is None else out


def repeat_interleave(x, repeats, dim=None, *, output_size=None, out=None):
    name = "ditto.repeat_interleave: "
    if repeats is None:
        if dim is not None:
            raise TypeError(f"{name}expected no dim without repeats, but got {dim!r}")
        x, restore = to_known(x, name + "x")
        x, repeats = make_indices(x, name), x
        dim = 0
    else:
        is_torch = is_tensor(x)
        x, restore = to_known(x, name + "x")
        repeats = to_counts(repeats, name, lists=not is_torch)
    result = _native.repeat_interleave(
        x, repeats, dim, output_size=output_size, out=to_writable(out, name + "out")
    )
    return restore(result) if out is None else out


def same(result):
    return result


def is_tensor(x):
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(x, torch.Tensor)


def make_indices(counts, name):
    """What torch.repeat_interleave(counts) repeats: 0, 1, .."""
    if counts.ndim != 1:
        shape = tuple(counts.shape)
        raise _native.Error(
            f"{name}expected repeats to have 1 dimension, but got the shape {shape}"
        )
    library = sys.modules["torch"] if is_tensor(counts) else numpy
    # Other types are no counts; that is said where all counts are looked at.
    dtype = library.int32 if counts.dtype == library.int32 else library.int64
    return library.arange(len(counts), dtype=dtype)


def to_counts(repeats, name, lists):
    """An integer, or an array that the extension knows."""
    if lists and isinstance(repeats, (list, tuple)):
        repeats = numpy.asarray(repeats if repeats else numpy.empty(0, "int64"))
    if isinstance(repeats, bool) or hasattr(repeats, "__index__") and not hasattr(repeats, "ndim"):
        return repeats
    return to_known(repeats, name + "repeats")[0]


def to_known(x, name):
    """`x` as an array that the extension knows, and what makes a result like `x`."""
    if is_tensor(x):
        return from_tensor(x, name)
    if isinstance(x, (numpy.ndarray, numpy.generic)):
        if isinstance(x, numpy.ma.MaskedArray):
            raise TypeError(f"{name} is a masked array: repeat its data and its mask")
        return numpy.asarray(x), same
    if hasattr(x, "__dlpack__"):
        return from_dlpack(x, name)
    try:
        view = memoryview(x)
    except TypeError:
        raise TypeError(
            f"{name} is a {type(x).__name__}, but expected an array: NumPy's, PyTorch's, "
            "or one with DLPack or the buffer protocol"
        ) from None
    make = FLAT_BUFFERS.get(type(x))

    def restore(result):
        return make(x, result) if make and result.ndim == 1 else memoryview(result)

    return numpy.asarray(view), restore


FLAT_BUFFERS = {
    bytes: lambda x, result: result.tobytes(),
    bytearray: lambda x, result: bytearray(result),
    array.array: lambda x, result: array.array(x.typecode, result.tobytes()),
}


def from_dlpack(x, name):
    """An array of another library: its memory through NumPy, its results by its namespace."""
    device = x.__dlpack_device__()
    if device[0] != 1:
        raise _native.Error(f"{name} is on the DLPack device {device}, but ditto computes on the CPU")
    try:
        known = numpy.from_dlpack(x)
    except (BufferError, RuntimeError):  # a type of ml_dtypes, which DLPack knows and NumPy's import not
        known = numpy.asarray(x)
    if not hasattr(x, "__array_namespace__"):
        return known, same
    namespace = x.__array_namespace__()

    def restore(result):
        try:
            return namespace.from_dlpack(result)
        except (BufferError, TypeError, RuntimeError, ValueError):
            return namespace.asarray(result)

    return known, restore


def from_tensor(x, name):
    """A tensor in a form that has plain elements in memory."""
    torch = sys.modules["torch"]
    if x.requires_grad and torch.is_grad_enabled():
        raise _native.Error(
            f"{name} requires grad, but ditto's results have no gradients: call .detach() "
            "before, or use torch.no_grad()"
        )
    if x.device.type != "cpu":
        raise _native.Error(
            f"{name} is on the device {x.device}, but ditto computes on the CPU: call .cpu() before"
        )
    if x.layout != torch.strided:
        raise TypeError(f"{name} has the layout {x.layout}, but expected strided elements")
    x = x.detach()
    if type(x) is torch.Tensor and hasattr(torch.Tensor, "__dlpack_c_exchange_api__"):
        return x, same
    if type(x) is not torch.Tensor:
        raise TypeError(f"{name} is a {type(x).__name__}, but expected a plain torch.Tensor")
    # A PyTorch without DLPack's table of functions: by way of NumPy, as integers.
    if x.element_size() not in INTEGERS:
        raise TypeError(f"{name} has elements of type {x.dtype}, which need a newer PyTorch")
    integers = x.view(getattr(torch, INTEGERS[x.element_size()]))
    return integers.numpy(), lambda result: torch.from_numpy(result).view(x.dtype)


INTEGERS = {1: "uint8", 2: "int16", 4: "int32", 8: "int64"}


def to_writable(out, name):
    if out is None or isinstance(out, numpy.ndarray) and type(out) is numpy.ndarray:
        return out
    return to_known(out, name)[0]
