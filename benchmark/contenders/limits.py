"""Hand-written kernels: the fastest that we know how to write."""

import ctypes
import math

import numpy

from .. import elements
from ..cases import copies
from ..native import kernels, memory
from .contender import Contender, Prepared, Skip

# From this size on, huge pages are tried for results.
HUGE_FROM = 4 << 20


class Limits(Contender):
    name = "hand-written"
    role = "limit"

    def missing(self):
        return kernels.missing()

    def copies(self, case, mode):
        if mode.fresh:
            return fresh_copies(case)
        return {
            name: lambda name=name, arguments=arguments: Prepared(
                kernels.bind(name, case.out, *arguments), lambda _: case.out
            )
            for name, arguments in copy_kernels(case).items()
        }

    def attention(self, case, mode):
        if case.queries > 1:
            return {"grouped": lambda: prefill(case)}
        result = {"grouped": lambda: decode(case, grouped=True)}
        if case.element == "f32" and case.depth == 128:
            result["not grouped"] = lambda: decode(case, grouped=False)
        return result


def with_streaming(names, arguments):
    return {name + suffix: arguments for name in names for suffix in ("", "Streaming")}


def copy_kernels(case):
    """The kernels that compute a case, with their arguments after the result."""
    size = elements.size_of(case.element)
    if isinstance(case, copies.Interleave):
        return interleave_kernels(case, size)
    if isinstance(case, copies.Tile):
        return tile_kernels(case, size)
    if isinstance(case, copies.Upsample):
        *rest, width = case.shape
        arguments = (case.x, math.prod(rest), width * size, size)
        return with_streaming(["upsampleTwice"], arguments)
    return counted_kernels(case, size)


def interleave_kernels(case, size):
    bytes_in = math.prod(case.shape) * size
    run = size if case.dim is None else math.prod(case.shape[case.dim + 1 :]) * size
    if run == size and bytes_in % 64 == 0:
        arguments = (case.x, bytes_in, size, case.count)
        result = with_streaming(["interleavePermute"], arguments)
        return {**result, "interleavePlain": arguments}
    arguments = (case.x, bytes_in // run, run, case.count)
    result = {"blocksMemcpy": arguments}
    if run % 64 == 0:
        names = ["blocksWhole", "blocksChunked", "blocksFannedOut"]
        result.update(with_streaming(names, arguments))
    return result


def tile_kernels(case, size):
    rows, row = (1, *case.shape)[-2:]
    down, across = (1, *case.counts)[-2:]
    if row * size < 64 and down == 1:
        arguments = (case.x, rows, row * size, across)
        result = with_streaming(["narrowPermute"], arguments)
        return {**result, "narrowMemcpy": arguments}
    arguments = (case.x, rows, row * size, down, across)
    result = {"tilesMemcpy": arguments}
    if row * size % 64 == 0:
        result.update(with_streaming(["tilesByPass", "tilesReadOnce"], arguments))
    return result


def counted_kernels(case, size):
    if len(case.shape) == 1:
        arguments = (case.x, case.counts, case.shape[0], size, case.total)
        names = ("Loop", "Narrow", "Wide", "TwoWide", "Staged", "TwoStaged")
        return {"counts" + name: arguments for name in names}
    rows, columns = case.shape
    if case.dim == 0:
        arguments = (case.x, case.counts, rows, columns * size)
        return {
            "countedRowsMemcpy": arguments,
            **with_streaming(["countedRows"], arguments),
        }
    arguments = (case.x, case.counts, rows, columns, size, case.total)
    return {"countedColumns": arguments, "countedColumnsPermute": arguments}


def fresh_copies(case):
    """The kernels with ordinary stores, and one that streams, in memory that the call
    allocates."""
    chosen = {
        name: arguments
        for name, arguments in copy_kernels(case).items()
        if not name.endswith(("Memcpy", "Streaming", "Staged"))
    }
    chosen.update(streaming(copy_kernels(case))[-1:])
    result = {}
    for name, arguments in chosen.items():
        result[name] = lambda name=name, a=arguments: fresh_copy(
            case, name, a, huge=False
        )
        if case.out.nbytes >= HUGE_FROM:
            result[name + ", huge pages"] = lambda name=name, a=arguments: fresh_copy(
                case, name, a, huge=True
            )
    return result


def streaming(kernels):
    return [
        item for item in kernels.items() if item[0].endswith(("Streaming", "Staged"))
    ]


def fresh_copy(case, name, arguments, huge):
    size, shape, dtype = case.out.nbytes, case.result_shape, case.out.dtype
    return Prepared(
        kernels.bind_fresh(name, size, huge, arguments),
        lambda block: memory.view(block.address, shape, dtype),
    )


class AttentionArguments(ctypes.Structure):
    """struct Attention of attention.h."""

    _fields_ = [
        *((name, ctypes.c_int64) for name in ("batch", "heads", "keys")),
        *(
            (name, ctypes.c_int64)
            for name in ("batch_stride", "head_stride", "key_stride")
        ),
        ("block", ctypes.c_int64),
        ("prefetch", ctypes.c_int64),
        ("scale", ctypes.c_float),
    ]


# Kernel, keys in a block and prefetch distance by element, group and depth.
DECODE = {
    ("f32", 1, 128): ("decodeF32Group1", 1024, 8192),
    ("f32", 2, 128): ("decodeF32Group2", 1024, 8192),
    ("f32", 4, 128): ("decodeF32Group4", 1024, 16384),
    ("f32", 8, 128): ("decodeF32Group8", 1024, 8192),
    ("f32", 16, 128): ("decodeF32Group16", 256, 8192),
    ("f32", 32, 128): ("decodeF32Group32", 256, 8192),
    ("f32", 4, 64): ("decodeF32Group4Depth64", 1024, 8192),
    ("bf16", 4, 128): ("decodeBF16Group4Cache", 1024, 8192),
    ("bf16", 8, 128): ("decodeBF16Group8Cache", 256, 8192),
}
# Instead, where keys and values do not stay in a cache.
DECODE_FROM_MEMORY = {
    ("bf16", 4, 128): ("decodeBF16Group4Memory", 64, 8192),
    ("bf16", 8, 128): ("decodeBF16Group8Memory", 256, 16384),
}
CACHE = 32 << 20


def decode(case, grouped):
    key = (case.element, case.group, case.depth)
    chosen = DECODE.get(key)
    if case.bytes > CACHE:
        chosen = DECODE_FROM_MEMORY.get(key, chosen)
    if not chosen or not hasattr(kernels.library(), chosen[0]):
        raise Skip("no such kernel")
    name, block, prefetch = chosen
    if not grouped:
        name, block, prefetch = "decodeF32ByIndex", case.keys, 8192
    if case.layout == "bshd":
        prefetch = 0  # rows are a page apart: it never paid
    strides = [s // case.inputs["k"].itemsize for s in case.inputs["k"].strides]
    if case.layout == "bshd":
        strides[1], strides[2] = strides[2], strides[1]
    arguments = AttentionArguments(
        case.batch, case.kv_heads, case.keys, *strides[:3], block, prefetch, case.scale
    )
    out = numpy.zeros(case.result_shape, case.inputs["q"].dtype)
    scores = numpy.zeros(2 * case.group * min(block, case.keys) + 4096, numpy.float32)
    arrays = (out, *(case.inputs[name] for name in "qkv"), scores)
    more = () if grouped else (case.group,)
    return Prepared(kernels.bind(name, *arrays, arguments, *more), lambda _: out)


def prefill(case):
    if case.element != "f32" or case.depth != 128:
        raise Skip("no such kernel")
    out = numpy.zeros(case.result_shape, numpy.float32)
    work = numpy.zeros(512 * 128 + 2 * case.group * case.queries, numpy.float32)
    arrays = (out, *(case.inputs[name] for name in "qkv"), work)
    sizes = (case.batch * case.kv_heads, case.group, case.queries, case.keys)
    run = kernels.bind("prefillF32", *arrays, *sizes, case.scale, int(case.causal))
    return Prepared(run, lambda _: out)
