"""What ditto.repeat and ditto.repeat_interleave mean, in plain Python integers.

This is docs/Spec.md as a program: the reference that compiled code is compared
with. It favours the equations over speed. A tensor is a `Tensor`: its extents and
its elements in row-major order; elements are moved, never looked at. The messages
are those of include/ditto/Runtime/Errors.def, and the checks come in the order in
which compiled code makes them.
"""

from bisect import bisect_right
from itertools import accumulate, product
from typing import NamedTuple

LARGEST = 2**63 - 1  # extents and sizes in bytes are signed 64-bit numbers


class RuntimeCheck(Exception):
    """A run-time error of the Spec; its text is the message."""


class Tensor(NamedTuple):
    shape: tuple
    elements: list

    def __getitem__(self, index):
        """The element at a tuple of one index per dimension."""
        position = 0
        for i, extent in zip(index, self.shape):
            position = position * extent + i
        return self.elements[position]


def check(condition, message):
    if not condition:
        raise RuntimeCheck(message)


def generate(shape, element_at):
    """The tensor whose element at index j is element_at(j)."""
    indices = () if 0 in shape else product(*map(range, shape))
    return Tensor(tuple(shape), [element_at(j) for j in indices])


def repeat(x, counts, element_bytes=1, result_shape=None):
    """ditto.repeat: r[j] = x[j_off mod d_0, ..], one count per result dimension.

    `result_shape` is the declared one, with None for dynamic extents.
    """
    off = len(counts) - len(x.shape)  # the verifier has seen that it is >= 0
    extents = (1,) * off + tuple(x.shape)
    for i, count in enumerate(counts):  # repeat_r1
        check(count >= 0, f"ditto.repeat: count {count} of dimension {i} is negative")
    for i, (count, extent) in enumerate(zip(counts, extents)):  # repeat_r2
        check(
            count * extent <= LARGEST,
            f"ditto.repeat: the extent of result dimension {i}, count {count} x "
            f"operand extent {extent}, does not fit in 64 bits",
        )
    shape = tuple(count * extent for count, extent in zip(counts, extents))
    check(  # repeat_r2
        size_in_bytes(shape, element_bytes) <= LARGEST,
        "ditto.repeat: the result's size in bytes does not fit in 64 bits",
    )
    check_declared("ditto.repeat", shape, result_shape)  # repeat_r3
    return generate(
        shape, lambda j: x[tuple(i % d for i, d in zip(j[off:], x.shape))]
    )


def repeat_interleave(
    x, counts, dim=None, output_size=None, element_bytes=1, result_shape=None
):
    """ditto.repeat_interleave: each element of `dim` is repeated in place.

    `counts` is an int, the uniform count, or a list: the counts tensor. A list of
    one count serves every element. Without `dim` the operand is flattened first.
    """
    op = "ditto.repeat_interleave"
    if dim is None:
        x = Tensor((len(x.elements),), x.elements)
        dim = 0
    extent = x.shape[dim]
    if isinstance(counts, int):
        check(counts >= 0, f"{op}: count {counts} of dimension {dim} is negative")
        counts = [counts] * extent if extent else []  # ri_r1, just above
    else:
        check(  # ri_r3
            len(counts) in (1, extent),
            f"{op}: {len(counts)} counts for dimension {dim}, expected 1 or its "
            f"extent {extent}",
        )
        for i, count in enumerate(counts):  # ri_r1, ri_r2
            check(count >= 0, f"{op}: count {count} at index {i} is negative")
            check_extent(op, dim, sum(counts[: i + 1]))
        if len(counts) == 1:
            counts = counts * extent
    total = sum(counts)
    check_extent(op, dim, total)  # ri_r2
    shape = x.shape[:dim] + (total,) + x.shape[dim + 1 :]
    check(  # ri_r2
        size_in_bytes(shape, element_bytes) <= LARGEST,
        f"{op}: the result's size in bytes does not fit in 64 bits",
    )
    check(  # ri_r4
        output_size in (None, total),
        f"{op}: output_size {output_size} differs from {total}, the extent of "
        f"result dimension {dim}",
    )
    check_declared(op, shape, result_shape)  # ri_r5
    prefix_sums = [0, *accumulate(counts)]

    def source(j):
        """The i with p_i <= j < p_(i+1)."""
        return bisect_right(prefix_sums, j) - 1

    return generate(shape, lambda j: x[j[:dim] + (source(j[dim]),) + j[dim + 1 :]])


def check_extent(op, dim, extent):
    check(
        extent <= LARGEST,
        f"{op}: the extent of result dimension {dim} does not fit in 64 bits",
    )


def check_declared(op, shape, declared):
    """A static extent of the result type is a promise that is kept."""
    for i, (extent, promised) in enumerate(zip(shape, declared or shape)):
        check(
            promised in (None, extent),
            f"{op}: extent {extent} of result dimension {i} differs from "
            f"{promised}, which the result type says",
        )


def size_in_bytes(shape, element_bytes):
    size = element_bytes
    for extent in shape:
        size *= extent
    return size
