"""Test cases: one op on one input, as MLIR, as files and as what must come out."""

import random
from dataclasses import dataclass, field

import ditto_spec as spec
from support.elements import ELEMENT_TYPES

EXTENTS = [0, 1, 2, 3, 7, 8, 16, 17, 33]
LARGEST_RESULT = 20000  # elements; the specification is no fast program


@dataclass
class Case:
    """`arguments` are (MLIR type, value); a value is an int or a spec.Tensor."""

    type: object
    arguments: list
    operation: str  # MLIR of the op, %0, %1, .. for the arguments
    result_type: str
    expected: object = None  # spec.Tensor, or the message of a run-time error
    numbers: list = field(default_factory=list, repr=False)  # the choices

    def function(self, name):
        """The case as a function of its own."""
        header = ", ".join(f"%{i}: {t}" for i, (t, _) in enumerate(self.arguments))
        return (
            f"func.func @{name}({header}) -> {self.result_type} {{\n"
            f"  %r = {self.operation}\n  return %r : {self.result_type}\n}}\n"
        )


def tensor_type(shape, element):
    return "tensor<" + "".join(f"{'?' if d is None else d}x" for d in shape) + f"{element}>"


class Generator:
    """Makes cases from choices: the same choices, the same cases."""

    def __init__(self, choices):
        self.random = choices

    def make(self, type=None, wrong=False):
        """A case, of `type` if given; where `wrong`, possibly one that fails."""
        self.wrong = wrong
        self.type = type or self.random.choice(ELEMENT_TYPES)
        while True:
            case = self.repeat() if self.flip() else self.interleave()
            if case:
                case.numbers = self.random.used
                return case

    # Choices

    def flip(self, probability=0.5):
        return self.random.random() < probability

    def shape(self):
        return tuple(self.random.choice(EXTENTS) for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 4])))

    def blur(self, shape):
        """A type's view of `shape`: some extents are not known."""
        return [None if self.flip(0.4) else extent for extent in shape]

    def count(self):
        if self.wrong and self.flip(0.2):
            return self.random.choice([-1, -7, -(2**63), 2**31, 2**62, 2**63 - 1])
        return self.random.choice([0, 1, 1, 2, 2, 3, 4, 5, 8])

    def is_too_large(self, elements):
        """Whether a result could exist, but takes too long: an error is quick."""
        return LARGEST_RESULT < elements and elements * self.type.bytes <= spec.LARGEST

    def tensor(self, shape):
        size = spec.size_in_bytes(shape, 1)
        elements = random.Random(self.random.getrandbits(32))
        return spec.Tensor(shape, [elements.getrandbits(self.type.bits) for _ in range(size)])

    # The two ops

    def finish(self, arguments, text, types, result_shape, compute):
        """The case of `text`, whose result is what `compute` says."""
        try:
            expected = compute(None)
            declared = [
                None if unknown is None or self.flip(0.3) else extent
                for unknown, extent in zip(result_shape, expected.shape)
            ]
            # A static extent where the op has a dynamic one is checked.
            for i, unknown in enumerate(result_shape):
                if unknown is None and self.flip(0.3):
                    declared[i] = expected.shape[i]
                    if self.wrong and self.flip():
                        declared[i] += 1
            expected = compute(declared)
        except spec.RuntimeCheck as error:
            expected = str(error)
            if "which the result type says" not in expected:
                declared = [None] * len(result_shape)
        result_type = tensor_type(declared, self.type.name)
        operation = f"{text} : {types} -> {result_type}"
        return Case(self.type, arguments, operation, result_type, expected)

    def repeat(self):
        shape = self.shape()
        new_dims = self.random.choice([0, 0, 1, 2])
        counts = [self.count() for _ in range(new_dims + len(shape))]
        size = spec.size_in_bytes([max(c, 0) for c in counts], 1)
        size *= spec.size_in_bytes(shape, 1)
        if self.is_too_large(size):
            return None
        view = self.blur(shape)
        arguments = [(tensor_type(view, self.type.name), self.tensor(shape))]
        texts, static = [], []
        for count in counts:
            if count < 0 or count > 2**20 or self.flip(0.4):
                texts.append(f"%{len(arguments)}")
                arguments.append(("index", count))
                static.append(None)
            else:
                texts.append(str(count))
                static.append(count)
        extents = [1] * new_dims + view
        known = [
            None if c is None or d is None else c * d for c, d in zip(static, extents)
        ]
        return self.finish(
            arguments,
            f"ditto.repeat %0 by [{', '.join(texts)}]",
            arguments[0][0],
            known,
            lambda declared: spec.repeat(
                arguments[0][1], counts, self.type.bytes, declared
            ),
        )

    def interleave(self):
        shape = self.shape()
        dim = self.random.randrange(len(shape)) if shape and self.flip(0.7) else None
        extent = spec.size_in_bytes(shape, 1) if dim is None else shape[dim]
        view = self.blur(shape)
        arguments = [(tensor_type(view, self.type.name), self.tensor(shape))]
        counts, text, known = self.interleave_counts(arguments, extent)
        uses = [counts] * extent if isinstance(counts, int) else counts
        if len(uses) == 1:
            uses = uses * extent
        total = sum(max(use, 0) for use in uses)
        size = spec.size_in_bytes(shape, 1) // max(extent, 1) * total
        if self.is_too_large(size):
            return None
        types = arguments[0][0]
        if len(arguments) > 1 and arguments[1][0] != "index":
            types += f", {arguments[1][0]}"
        if dim is not None:
            text += f" dim({dim})"
        known_extent = view[dim] if dim is not None else extent
        if dim is None and None in view and 0 not in view:
            known_extent = None
        known_total = None
        if known is not None and known_extent is not None:
            known_total = known * known_extent
        output_size, text, known_total = self.output_size(
            arguments, text, total, known_total
        )
        result = [known_total] if dim is None else view[:dim] + [known_total] + view[dim + 1 :]
        return self.finish(
            arguments,
            text,
            types,
            result,
            lambda declared: spec.repeat_interleave(
                arguments[0][1], counts, dim, output_size, self.type.bytes, declared
            ),
        )

    def interleave_counts(self, arguments, extent):
        """The counts, the op's text so far and the count if that is static."""
        form = self.random.choice(["attribute", "index", "scalar", "one", "vector"])
        if form in ("attribute", "index"):
            count = self.count()
            if form == "attribute" and 0 <= count <= 2**20:
                return count, f"ditto.repeat_interleave %0 by {count}", count
            arguments.append(("index", count))
        else:
            length = extent if form == "vector" else 1
            if self.wrong and form == "vector" and self.flip(0.2):
                length = max(0, extent + self.random.choice([-1, 1, 2]))
            count = [self.count() for _ in range(length)]
            wide = any(abs(c) >= 2**31 for c in count)
            element = self.random.choice(["i64", "index"] if wide else ["i32", "i64", "index"])
            legal = length in (1, extent)
            view = [None if not legal or self.flip() else length]
            if form == "scalar":
                arguments.append((f"tensor<{element}>", spec.Tensor((), count)))
            else:
                arguments.append(
                    (tensor_type(view, element), spec.Tensor((length,), count))
                )
        return count, "ditto.repeat_interleave %0 by %1", None

    def output_size(self, arguments, text, total, known_total):
        """The output_size or None, the op's text with it, the total if static."""
        if self.flip(0.6) or total >= 2**62:
            return None, text, known_total
        size = total
        if self.wrong and self.flip(0.4):
            size = max(0, total + self.random.choice([-1, 1, 5]))
        if self.flip() and known_total in (None, size):
            return size, f"{text} output_size({size})", size
        arguments.append(("index", size))
        return size, f"{text} output_size(%{len(arguments) - 1})", known_total
