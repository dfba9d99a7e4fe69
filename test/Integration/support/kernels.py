"""A function of linalg ops with its inputs and what must come out of it."""

from dataclasses import dataclass

import numpy

from support.elements import ELEMENT_TYPES, ElementType

TYPES = {type.name: type for type in ELEMENT_TYPES}
EPSILON = {"f64": 2.0**-53, "f32": 2.0**-24, "f16": 2.0**-11, "bf16": 2.0**-8, "complex<f32>": 2.0**-23}
MOST_ELEMENTS = 20000  # of one tensor


@dataclass
class Kernel:
    """`body` uses %0, %1, .. and ends with %result."""

    arguments: list  # (MLIR type, array)
    body: list
    result_type: str
    element: ElementType
    expected: numpy.ndarray
    # Per element of the result; 0 for exactly.
    tolerance: object = 0
    # Bits, whatever they mean, or else numbers: NaNs are alike and so are zeros.
    is_number: bool = True
    # Sums in the module's order are the same bits in vectors and in scalar loops.
    is_exact_in_order: bool = True

    def function(self, name, visibility=""):
        header = ", ".join(f"%{i}: {type}" for i, (type, _) in enumerate(self.arguments))
        lines = "".join(f"  {line}\n" for line in self.body)
        return (
            f"func.func {visibility}@{name}({header}) -> {self.result_type} {{\n{lines}"
            f"  return %result : {self.result_type}\n}}\n"
        )

    def find_error(self, found, scalar=None):
        """What is wrong with `found`, or None. With `scalar`, it has to have the same
        bits, but for those of NaNs."""
        if found.shape != self.expected.shape:
            return f"expected the shape {self.expected.shape}, but found {found.shape}"
        if self.is_number and self.element.name in EPSILON:
            numbers = to_float(found, self.element)
            with numpy.errstate(invalid="ignore"):
                good = numpy.abs(numbers - self.expected) <= self.tolerance
            are_nans = numpy.isnan(numbers) & numpy.isnan(self.expected)
            good |= are_nans | (numbers == self.expected)
            if scalar is not None:
                good &= are_nans | have_same_bits(found, scalar, self.element)
        else:
            good = have_same_bits(found, self.expected, self.element)
        if good.all():
            return None
        place = tuple(int(i) for i in numpy.argwhere(~good)[0])
        wanted = "" if scalar is None else f" and the bits of {scalar[place]}"
        return f"expected {self.expected[place]}{wanted} at {place}, but found {found[place]}"


def to_float(array, element):
    if element.name == "bf16":
        return (array.astype("u4") << 16).view("f4").astype("f8")
    return array.astype("c16" if array.dtype.kind == "c" else "f8")


def from_float(array, element):
    """Rounded to what `element` can hold."""
    if element.name == "bf16":
        bits = numpy.asarray(array, "f4").view("u4")
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("u2")
    return numpy.asarray(array, element.dtype)


def bit_mask(element):
    return numpy.frombuffer(((1 << element.bits) - 1).to_bytes(element.bytes, "little"), "u1")


def to_bytes(array, element):
    """The bytes of each element, without padding."""
    raw = numpy.frombuffer(array.tobytes(), "u1").reshape(*array.shape, element.bytes)
    return raw & bit_mask(element)


def have_same_bits(a, b, element):
    return (to_bytes(a, element) == to_bytes(b, element)).all(-1)


def random_bits(rng, element, shape):
    """Any bits that mean something in a type."""
    raw = rng.integers(0, 256, (int(numpy.prod(shape)), element.bytes), "u1")
    return (raw & bit_mask(element)).view(element.dtype).reshape(shape)


def tensor_type(shape, element):
    return "tensor<" + "".join(f"{'?' if d is None else d}x" for d in shape) + f"{element.name}>"


def loop_map(loops, reads):
    return f"affine_map<({', '.join(loops)}) -> ({', '.join(reads)})>"


class Builder:
    """A function line by line; loops are letters with extents."""

    def __init__(self, rng, extents):
        self.rng = rng
        self.extents = extents
        self.arguments, self.lines, self.sizes = [], [], {}
        # The same everywhere, as most modules have it, or not known.
        self.dynamic = {loop for loop in extents if rng.random() < 0.4}

    def type(self, loops, element):
        return tensor_type([None if l in self.dynamic else self.extents[l] for l in loops], element)

    def shape(self, loops):
        return tuple(self.extents[loop] for loop in loops)

    def argument(self, loops, element, array):
        name = f"%{len(self.arguments)}"
        type = self.type(loops, element)
        self.arguments.append((type, array))
        for i, loop in enumerate(loops):
            if loop in self.dynamic and loop not in self.sizes:
                self.sizes[loop] = f"%size_{loop}"
                self.add(f"%place_{loop} = arith.constant {i} : index")
                self.add(f"%size_{loop} = tensor.dim {name}, %place_{loop} : {type}")
        return name

    def add(self, line):
        self.lines.append(line)

    def fresh(self):
        return f"%v{len(self.lines)}"

    def empty(self, loops, element):
        name = self.fresh()
        sizes = ", ".join(self.sizes[l] for l in loops if l in self.dynamic)
        self.add(f"{name} = tensor.empty({sizes}) : {self.type(loops, element)}")
        return name

    def filled(self, loops, element, value=None):
        """With `value` in the syntax of a constant, or with zeros."""
        empty, constant, name = self.empty(loops, element), self.fresh(), f"%f{len(self.lines)}"
        type = self.type(loops, element)
        if element.name.startswith("complex"):
            part = element.name[len("complex<") : -1]
            self.add(f"{constant} = complex.constant [0.0 : {part}, 0.0 : {part}] : {element.name}")
        else:
            value = value or ("0.0" if element.name in EPSILON else "0")
            self.add(f"{constant} = arith.constant {value} : {element.name}")
        self.add(f"{name} = linalg.fill ins({constant} : {element.name}) outs({empty} : {type}) -> {type}")
        return name

    def generic(self, loops, operands, outs, body, reduced="", result="%result"):
        """`operands` and `outs` are (value, loops, element)."""
        everything = [*operands, outs]
        maps = ", ".join(loop_map(loops, reads) for _, reads, _ in everything)
        iterators = ", ".join('"reduction"' if l in reduced else '"parallel"' for l in loops)
        ins = ", ".join(value for value, *_ in operands)
        types = ", ".join(self.type(*operand[1:]) for operand in operands)
        arguments = ", ".join(f"%x{i}: {element.name}" for i, (*_, element) in enumerate(everything))
        out = self.type(*outs[1:])
        self.add(f"{result} = linalg.generic {{indexing_maps = [{maps}], iterator_types = [{iterators}]}}")
        self.add(f"    ins({ins} : {types}) outs({outs[0]} : {out}) {{")
        self.add(f"^bb0({arguments}):")
        self.lines += [f"  {line}" for line in body]
        self.add(f"}} -> {out}")
        return result


def choose_extents(rng, wanted, operands):
    """An extent for each loop; sometimes one is 0. `operands` must stay small."""
    while True:
        extents = {loop: int(rng.choice(choices)) for loop, choices in wanted.items()}
        if rng.random() < 0.1:
            extents[rng.choice(list(extents))] = 0
        if all(numpy.prod([extents[l] for l in o]) <= MOST_ELEMENTS for o in operands):
            return extents


# Numbers


def random_numbers(rng, element, shape):
    """Small integers, whose sums are exact in any order, or any numbers."""
    is_whole = element.bits <= 16 or rng.random() < 0.5
    numbers = lambda: rng.integers(-1, 2, shape) if is_whole else rng.normal(size=shape)
    if element.name.startswith("complex"):
        return (numbers() + 1j * numbers()).astype(element.dtype)
    if element.name in EPSILON:
        return from_float(numbers(), element)
    return random_bits(rng, element, shape)


def widen(array, element):
    """As float64 or complex128, or as integers that wrap around."""
    if element.name in EPSILON:
        return to_float(array, element)
    return array.astype("i1" if element.name == "i8" else array.dtype).astype("i8")
