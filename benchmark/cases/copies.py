"""Repeats that are materialised: every family of copies, for four sizes of elements."""

import math

import numpy

from .. import buffers, elements
from .case import FRESH, WARM, Case

ELEMENTS = ("f32", "bf16", "i8", "i64")


class Copy(Case):
    """A repeat of one array.

    What has one count for all elements is a broadcast between two reshapes, too: the
    input with extents of 1 (`unsqueezed`), broadcast to `expanded`, is the result.
    """

    kind = family = "copies"
    modes = (WARM, FRESH)

    def __init__(self, key, title, shape, element, quick=False):
        self.name = f"{key}_{element}"
        self.key, self.title, self.shape, self.element = key, title, shape, element
        self.quick = quick and element == "f32"

    def set_expanded(self, dims):
        """`dims` has the input's extents, and (count,) where it is repeated."""
        self.unsqueezed = tuple(1 if isinstance(d, tuple) else d for d in dims)
        self.expanded = tuple(d[0] if isinstance(d, tuple) else d for d in dims)

    @property
    def bytes(self):
        return self.bytes_in() + math.prod(self.result_shape) * elements.size_of(
            self.element
        )

    def bytes_in(self):
        return math.prod(self.shape) * elements.size_of(self.element)

    def load(self):
        generator = numpy.random.default_rng(3)
        values = elements.random(generator, self.shape, self.element)
        self.inputs = {"x": buffers.copy_of(values, self.element)}
        self.out = buffers.allocate(self.result_shape, self.element)

    def unload(self):
        self.inputs, self.out = {}, None

    def spoil_result(self):
        self.out.reshape(-1).view(numpy.uint8)[:] = 0xEE

    @property
    def x(self):
        return self.inputs["x"]


class Interleave(Copy):
    """Each element repeated in place along `dim`; flattened first where that is None."""

    def __init__(self, key, title, shape, element, dim, count, **more):
        super().__init__(key, title, shape, element, **more)
        self.dim, self.count = dim if dim is None else dim % len(shape), count
        if dim is None:
            self.result_shape = (math.prod(shape) * count,)
            self.set_expanded([math.prod(shape), (count,)])
        else:
            after = self.dim + 1
            self.result_shape = tuple(
                extent * (count if d == self.dim else 1)
                for d, extent in enumerate(shape)
            )
            self.set_expanded([*shape[:after], (count,), *shape[after:]])

    def reference(self):
        return numpy.repeat(self.x, self.count, axis=self.dim)


class Tile(Copy):
    """The whole array repeated, with new leading dimensions where there are more counts."""

    def __init__(self, key, title, shape, element, counts, **more):
        super().__init__(key, title, shape, element, **more)
        self.counts = counts
        extents = (1,) * (len(counts) - len(shape)) + tuple(shape)
        self.result_shape = tuple(c * e for c, e in zip(counts, extents))
        self.set_expanded([d for c, e in zip(counts, extents) for d in ((c,), e)])

    def reference(self):
        return numpy.tile(self.x, self.counts)


class Upsample(Copy):
    """Nearest neighbours: the last two dimensions doubled in place."""

    def __init__(self, key, title, shape, element, **more):
        super().__init__(key, title, shape, element, **more)
        *rest, height, width = shape
        self.result_shape = (*rest, 2 * height, 2 * width)
        self.set_expanded([*rest, height, (2,), width, (2,)])

    def reference(self):
        return numpy.repeat(numpy.repeat(self.x, 2, axis=-2), 2, axis=-1)


class Counted(Copy):
    """One count per element of dimension `dim`."""

    expanded = None

    def __init__(self, key, title, shape, element, dim, counts, **more):
        super().__init__(key, title, shape, element, **more)
        self.dim, self.counts = dim, counts(shape[dim])
        self.total = int(self.counts.sum())
        self.result_shape = (*shape[:dim], self.total, *shape[dim + 1 :])

    def bytes_in(self):
        return super().bytes_in() + self.counts.nbytes

    def load(self):
        super().load()
        self.inputs["counts"] = self.counts

    def reference(self):
        return numpy.repeat(self.x, self.counts, axis=self.dim)


def up_to_seven(length):
    return numpy.random.default_rng(7).integers(0, 8, length)


def long_tailed(length):
    """Many zeros, a few counts up to 4096."""
    return numpy.minimum(numpy.random.default_rng(7).zipf(1.8, length) - 1, 4096)


def cases():
    kv, square, mega = (1, 8, 4096, 128), (1024, 1024), 1 << 20
    small, big, grid = (1, 8, 128, 64), (4096, 1024), (1, 64, 256, 256)
    rows, flat, thin = (4096, 256), (256, 4096), (65536, 3)
    result = []
    for e in ELEMENTS:
        result += [
            Interleave("kv4", f"heads x4 {show(kv)}", kv, e, 1, 4),
            Interleave("kv2", f"heads x2 {show(kv)}", kv, e, 1, 2),
            Interleave("kv8", f"heads x8 {show(kv)}", kv, e, 1, 8),
            Interleave("kv4-small", f"heads x4 {show(small)}", small, e, 1, 4, quick=True),
            Interleave("last4", f"last x4 {show(square)}", square, e, -1, 4, quick=True),
            Interleave("last3", f"last x3 {show(square)}", square, e, -1, 3),
            Interleave("flat2", f"flattened x2 {show(square)}", square, e, None, 2),
            Tile("tile", f"repeat (2,3) {show(big)}", big, e, (2, 3)),
            Tile("tile-tiny", "repeat (64,64) [64,64]", (64, 64), e, (64, 64)),
            Tile("tile-row", "repeat (1024,1) [1024]", (1024,), e, (1024, 1)),
            Tile("tile-narrow", f"repeat (1,5) {show(thin)}", thin, e, (1, 5), quick=True),
            Counted("counts", "counts 0..7 [1M]", (mega,), e, 0, up_to_seven, quick=True),
            Counted("counts-rows", f"rows by 0..7 {show(rows)}", rows, e, 0, up_to_seven),
            Counted("counts-columns", f"cols by 0..7 {show(flat)}", flat, e, 1, up_to_seven),
            Counted("counts-long", "counts, long tail [1M]", (mega,), e, 0, long_tailed),
            Upsample("upsample", f"upsample x2 {show(grid)}", grid, e, quick=True),
        ]  # fmt: skip
    kv, wide = (1, 8, 65536, 128), (8192, 8192)
    for e in ("f32", "i8"):
        result += [
            Interleave("kv4-huge", f"heads x4 {show(kv)}", kv, e, 1, 4),
            Interleave("last4-huge", f"last x4 {show(wide)}", wide, e, -1, 4),
        ]
    return result


def show(shape):
    return f"[{','.join(map(str, shape))}]"
