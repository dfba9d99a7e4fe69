"""Random graphs of movement, arithmetic and products, as functions of MLIR.

A dimension is a tuple of factors, outermost first; reshapes, transposes and repeats
split, permute and add factors. A graph is grown from its result: `make` decides which
op makes a value of given dimensions and makes its operands likewise. A value may be
made once and used often, and returned as well.
"""

import math
from dataclasses import dataclass

import numpy

# Element types and what a narrower one is extended by.
DTYPES = {"f32": "<f4", "i64": "<i8", "f16": "<f2", "i32": "<i4"}
NARROW = {"f32": ("f16", "arith.extf"), "i64": ("i32", "arith.extsi")}
LARGEST = 2000  # elements of a value


@dataclass(frozen=True)
class Factor:
    name: str
    size: int
    is_static: bool


@dataclass(frozen=True)
class Value:
    name: str
    element: str
    dims: tuple  # of tuples of factors

    @property
    def shape(self):
        return tuple(math.prod(f.size for f in dim) for dim in self.dims)

    @property
    def type(self):
        extents = "".join(f"{extent(dim)}x" for dim in self.dims)
        return f"tensor<{extents}{self.element}>"


def extent(dim):
    if all(f.is_static for f in dim):
        return math.prod(f.size for f in dim)
    return "?"


def has_zero(shapes):
    """Whether some type has an extent of 0, which TOSA does not know."""
    return any(extent(dim) == 0 for dims in shapes for dim in dims)


def group(lengths):
    """A reassociation of as many dimensions a group."""
    numbers = iter(range(sum(lengths)))
    return str([[next(numbers) for _ in range(length)] for length in lengths])


def maps(loops, operands):
    """indexing_maps of operands that are strings of loops' letters."""
    texts = [
        f"affine_map<({', '.join(loops)}) -> ({', '.join(operand)})>"
        for operand in operands
    ]
    return f"indexing_maps = [{', '.join(texts)}]"


class Graph:
    """One random function: the same choices, the same function."""

    def __init__(self, choices, name):
        self.random = choices
        self.name = name
        self.arguments = []  # (name, type, array or int)
        self.lines = []
        self.values = []
        self.results = []
        self.statics = self.random.choice([1.0, 1.0, 0.5, 0.0])
        self.factors = [self.factor(self.flip(self.statics)) for _ in range(6)]
        self.element = self.random.choice(["f32", "i64"])
        self.depth = 6
        self.repeats = 0
        while not self.repeats:
            dims = self.small([self.some_dim() for _ in range(self.random.choice([2, 3, 3, 4]))])
            self.results.append(self.make(dims, self.element))
        self.text = self.finish()

    # Choices

    def flip(self, probability=0.5):
        return self.random.random() < probability

    def factor(self, is_static):
        size = self.random.choice([0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5] if self.flip(0.1) else [2, 2, 3, 4, 5])
        # Upstream casts ?x0 to 0 and does not find that valid.
        if size == 0 and self.statics < 1:
            is_static = False
        return Factor(self.new("s"), size, is_static)

    def some_dim(self):
        return tuple(self.random.sample(self.factors, self.random.choice([0, 1, 1, 1, 2, 2])))

    def small(self, dims):
        """`dims`, but for what makes them too large."""
        kept, size = [], 1
        for dim in dims:
            extent = math.prod(f.size for f in dim)
            if size * max(extent, 1) <= LARGEST:
                kept.append(dim)
                size *= max(extent, 1)
        return tuple(kept)

    # Text

    def new(self, prefix="v"):
        self.counter = getattr(self, "counter", 0) + 1
        return f"%{prefix}{self.counter}"

    def emit(self, text):
        self.lines.append(f"  {text}")

    def constant(self, number, type="index"):
        name = self.new("c")
        self.emit(f"{name} = arith.constant {number} : {type}")
        return name

    def size(self, dim):
        """The extent of a dimension: a number or an index value."""
        if extent(dim) != "?":
            return str(extent(dim))
        product = None
        for f in dim:
            value = self.constant(f.size) if f.is_static else f.name
            if product:
                name = self.new("n")
                self.emit(f"{name} = arith.muli {product}, {value} : index")
                value = name
            product = value
        return product

    def sizes_of(self, value):
        """The dynamic extents of a value that is yet to be."""
        return [self.size(dim) for dim in value.dims if extent(dim) == "?"]

    def value(self, element, dims):
        return Value(self.new(), element, tuple(dims))

    def empty(self, value):
        name = self.new("e")
        self.emit(f"{name} = tensor.empty({', '.join(self.sizes_of(value))}) : {value.type}")
        return name

    def filled(self, value, number):
        zero = self.constant(f"{number}.0" if value.element[0] == "f" else number, value.element)
        empty, name = self.empty(value), self.new("f")
        self.emit(f"{name} = linalg.fill ins({zero} : {value.element}) outs({empty} : {value.type}) -> {value.type}")
        return name

    def ins(self, operands):
        return f"ins({', '.join(o.name for o in operands)} : {', '.join(o.type for o in operands)})"

    def arith(self, op):
        return f"arith.{op}{self.element[0]}" if op in ("add", "mul", "sub") else f"arith.{op}"

    # Growing

    def make(self, dims, element):
        """A value of these dimensions."""
        dims = tuple(dims)
        alike = [v for v in self.values if v.dims == dims and v.element == element]
        if alike and self.flip(0.4):
            return self.random.choice(alike)
        self.depth -= 1
        value = None
        if self.depth > 0 and self.flip(0.95):
            ways = [self.interleave, self.repeat, self.spelled_repeat, self.interleave, self.transpose,
                    self.collapse, self.expand, self.unary, self.named_unary, self.binary, self.binary,
                    self.by_some_dims, self.cast, self.reduce, self.product, self.product,
                    self.concat, self.slice, self.with_index, self.two_results, self.tosa_binary,
                    self.looked_up, self.inserted, self.in_loop]
            self.random.shuffle(ways)
            for way in ways:
                value = way(dims, element)
                if value:
                    break
        value = value or self.argument(dims, element)
        self.depth += 1
        self.values.append(value)
        if self.flip(0.06):
            self.results.append(value)
        return value

    def argument(self, dims, element):
        value = self.value(element, dims)
        # Small numbers: sums are exact in whatever order.
        array = numpy.random.default_rng(self.random.getrandbits(32)).integers(-2, 3, value.shape)
        self.arguments.append((value.name, value.type, array.astype(DTYPES[element])))
        return value

    # Movement

    def repeated_dim(self, dims):
        return self.random.choice([i for i, dim in enumerate(dims) if dim] or [None])

    def count(self, factor):
        return str(factor.size) if factor.is_static else factor.name

    def interleave(self, dims, element):
        i = self.repeated_dim(dims)
        if i is None:
            return None
        source = self.make(dims[:i] + (dims[i][:-1],) + dims[i + 1 :], element)
        result = self.value(element, dims)
        self.emit(f"{result.name} = ditto.repeat_interleave {source.name} by {self.count(dims[i][-1])} dim({i}) : {source.type} -> {result.type}")
        self.repeats += 1
        return result

    def repeat(self, dims, element):
        if not any(dims):
            return None
        if dims[0] and self.flip(0.3):  # new dimensions
            counts, inner = [dims[0]] + [()] * (len(dims) - 1), dims[1:]
            if len(dims[0]) > 1:
                return None
        else:
            counts = [dim[:1] if self.flip() else () for dim in dims]
            inner = tuple(dim[len(count) :] for dim, count in zip(dims, counts))
        if not any(counts):
            return None
        source = self.make(inner, element)
        result = self.value(element, dims)
        texts = [self.count(c[0]) if c else "1" for c in counts]
        self.emit(f"{result.name} = ditto.repeat {source.name} by [{', '.join(texts)}] : {source.type} -> {result.type}")
        self.repeats += 1
        return result

    def spelled_repeat(self, dims, element):
        """As frontends write it: a broadcast and a reshape."""
        i = self.repeated_dim(dims)
        if i is None:
            return None
        at = self.random.randrange(len(dims[i]))
        before, count, after = dims[i][:at], dims[i][at], dims[i][at + 1 :]
        parts = [(dim, False) for dim in dims[:i]]
        middle = [(before, False)] * bool(before) + [((count,), True)] + [(after, False)] * bool(after)
        parts += middle + [(dim, False) for dim in dims[i + 1 :]]
        source = self.make(tuple(dim for dim, is_new in parts if not is_new), element)
        wide = self.value(element, [dim for dim, _ in parts])
        new = [n for n, (_, is_new) in enumerate(parts) if is_new]
        empty = self.empty(wide)
        if self.flip():
            self.emit(f"{wide.name} = linalg.broadcast ins({source.name} : {source.type}) outs({empty} : {wide.type}) dimensions = {new}")
        else:
            loops = "abcdefgh"[: len(parts)]
            read = [loop for loop, (_, is_new) in zip(loops, parts) if not is_new]
            self.generic(wide, [source], loops, [read], loops, ["yield %x0"], empty)
        self.repeats += 1
        if len(middle) == 1:
            return wide
        result = self.value(element, dims)
        lengths = [1] * i + [len(middle)] + [1] * (len(dims) - i - 1)
        self.emit(f"{result.name} = tensor.collapse_shape {wide.name} {group(lengths)} : {wide.type} into {result.type}")
        return result

    def transpose(self, dims, element):
        if len(dims) < 2:
            return None
        order = list(range(len(dims)))
        self.random.shuffle(order)
        source_dims = [None] * len(dims)
        for result, source in enumerate(order):
            source_dims[source] = dims[result]
        source = self.make(source_dims, element)
        result = self.value(element, dims)
        empty = self.empty(result)
        self.emit(f"{result.name} = linalg.transpose {self.ins([source])} outs({empty} : {result.type}) permutation = {order}")
        return result

    def collapse(self, dims, element):
        long = [i for i, dim in enumerate(dims) if len(dim) > 1 or self.flip(0.1)]
        if not long:
            return None
        i = self.random.choice(long)
        at = self.random.randrange(len(dims[i]) + 1)
        source = self.make(dims[:i] + (dims[i][:at], dims[i][at:]) + dims[i + 1 :], element)
        result = self.value(element, dims)
        lengths = [1] * i + [2] + [1] * (len(dims) - i - 1)
        self.emit(f"{result.name} = tensor.collapse_shape {source.name} {group(lengths)} : {source.type} into {result.type}")
        return result

    def expand(self, dims, element):
        if len(dims) < 2:
            return None
        i = self.random.randrange(len(dims) - 1)
        source = self.make(dims[:i] + (dims[i] + dims[i + 1],) + dims[i + 2 :], element)
        result = self.value(element, dims)
        lengths = [1] * i + [2] + [1] * (len(dims) - i - 2)
        sizes = ", ".join(self.size(dim) for dim in dims)
        self.emit(f"{result.name} = tensor.expand_shape {source.name} {group(lengths)} output_shape [{sizes}] : {source.type} into {result.type}")
        return result

    def concat(self, dims, element):
        i = self.plain_dim(dims, 2)
        if i is None:
            return None
        size = dims[i][0].size
        at = self.random.randrange(1, size)
        halves = [
            self.make(dims[:i] + ((Factor("", s, True),),) + dims[i + 1 :], element)
            for s in (at, size - at)
        ]
        result = self.value(element, dims)
        self.emit(f"{result.name} = tensor.concat dim({i}) {', '.join(h.name for h in halves)} : ({', '.join(h.type for h in halves)}) -> {result.type}")
        return result

    def slice(self, dims, element):
        i = self.plain_dim(dims, 1)
        if i is None or any(extent(dim) == "?" for dim in dims):
            return None
        size, first, step = dims[i][0].size, self.random.randrange(3), self.random.choice([1, 1, 2])
        longer = Factor("", first + (size - 1) * step + 1 + self.random.randrange(2), True)
        source = self.make(dims[:i] + ((longer,),) + dims[i + 1 :], element)
        result = self.value(element, dims)
        offsets = [first if d == i else 0 for d in range(len(dims))]
        steps = [step if d == i else 1 for d in range(len(dims))]
        self.emit(f"{result.name} = tensor.extract_slice {source.name}{offsets} {list(result.shape)} {steps} : {source.type} to {result.type}")
        return result

    def looked_up(self, dims, element):
        """Elements at computed places: copies of each, of all, and look-alikes of these."""
        i = self.plain_dim(dims, 2)
        if i is None or any(extent(dim) == "?" for dim in dims):
            return None
        size, count = dims[i][0].size, self.random.choice([2, 3])
        index, number, least = self.random.choice([
            (f"divui %i{i}, %n", count, (size - 1) // count + 1),
            (f"remui %i{i}, %n", count, min(size, count)),
            (f"subi %n, %i{i}", size - 1, size),  # the other way round
            (f"addi %i{i}, %n", count, size + count),  # from another place on
            (f"muli %i{i}, %n", count, (size - 1) * count + 1),  # with gaps
        ])
        longer = Factor("", least + self.random.randrange(2), True)
        source = self.make(dims[:i] + ((longer,),) + dims[i + 1 :], element)
        result, number = self.value(element, dims), self.constant(number)
        loops = "abcdefgh"[: len(dims)]
        at = ["%j" if d == i else f"%i{d}" for d in range(len(dims))]
        body = [f"%i{d} = linalg.index {d} : index" for d in range(len(dims))]
        body += [f"%j = arith.{index.replace('%n', number)} : index",
                 f"%y = tensor.extract {source.name}[{', '.join(at)}] : {source.type}", "yield %y"]
        empty = self.empty(result)
        iterators = ", ".join(['"parallel"'] * len(dims))
        self.emit(f"{result.name} = linalg.generic {{{maps(loops, [loops])}, iterator_types = [{iterators}]}} outs({empty} : {result.type}) {{")
        self.emit(f"^bb0(%out: {element}):")
        self.lines += [f"    {line}" for line in body[:-1]]
        self.emit(f"  linalg.{body[-1]} : {element}")
        self.emit(f"}} -> {result.type}")
        return result

    def inserted(self, dims, element):
        """One value twice, or two, side by side."""
        i = self.plain_dim(dims, 2)
        if i is None or dims[i][0].size % 2 or any(extent(dim) == "?" for dim in dims):
            return None
        half = dims[:i] + ((Factor("", dims[i][0].size // 2, True),),) + dims[i + 1 :]
        first = self.make(half, element)
        second = first if self.flip(0.7) else self.make(half, element)
        result = self.value(element, dims)
        whole, steps = self.empty(result), [1] * len(dims)
        for n, part in enumerate((first, second)):
            offsets = [n * dims[i][0].size // 2 if d == i else 0 for d in range(len(dims))]
            name = self.new("w") if n == 0 else result.name
            self.emit(f"{name} = tensor.insert_slice {part.name} into {whole}{offsets} {list(part.shape)} {steps} : {part.type} into {result.type}")
            whole = name
        return result

    def in_loop(self, dims, element):
        """Row by row: each several times, or, which only looks like it, the next one."""
        if self.plain_dim(dims[:1], 2) is None or has_zero([dims]) or any(extent(dim) == "?" for dim in dims):
            return None
        size, count = dims[0][0].size, self.random.choice([2, 3])
        index, rows = self.random.choice([("divui", (size - 1) // count + 1), ("remui", min(count, size)), ("addi", size + count)])
        source = self.make(((Factor("", rows, True),),) + dims[1:], element)
        result, number = self.value(element, dims), self.constant(count)
        zero, one, end, empty = self.constant(0), self.constant(1), self.constant(size), self.empty(result)
        rest = [0] * (len(dims) - 1)
        offset = ", ".join(map(str, rest))
        shape, steps = [1, *result.shape[1:]], [1] * len(dims)
        row = Value("%row", element, ((Factor("", 1, True),),) + dims[1:])
        comma = ", " if rest else ""
        self.emit(f"{result.name} = scf.for %i = {zero} to {end} step {one} iter_args(%acc = {empty}) -> ({result.type}) {{")
        self.emit(f"  %j = arith.{index} %i, {number} : index")
        self.emit(f"  %row = tensor.extract_slice {source.name}[%j{comma}{offset}] {shape} {steps} : {source.type} to {row.type}")
        self.emit(f"  %next = tensor.insert_slice %row into %acc[%i{comma}{offset}] {shape} {steps} : {row.type} into {result.type}")
        self.emit(f"  scf.yield %next : {result.type}")
        self.emit("}")
        return result

    def plain_dim(self, dims, least):
        """A dimension of one static factor, in a value that is not empty."""
        # Upstream's verifier finds slices of empty tensors out of bounds.
        if any(f.size == 0 for dim in dims for f in dim):
            return None
        plain = [i for i, dim in enumerate(dims) if len(dim) == 1 and dim[0].is_static and dim[0].size >= least]
        return self.random.choice(plain or [None])

    # Arithmetic

    def generic(self, result, operands, loops, reads, writes, body, init, reduced=""):
        iterators = ", ".join('"reduction"' if loop in reduced else '"parallel"' for loop in loops)
        arguments = ", ".join(f"%x{i}: {o.element}" for i, o in enumerate(operands))
        self.emit(f"{result.name} = linalg.generic {{{maps(loops, [*reads, writes])}, iterator_types = [{iterators}]}} {self.ins(operands)} outs({init} : {result.type}) {{")
        self.emit(f"^bb0({arguments}, %out: {result.element}):")
        for line in body[:-1]:
            self.emit(f"  {line}")
        self.emit(f"  linalg.{body[-1]} : {result.element}")
        self.emit(f"}} -> {result.type}")

    def unary(self, dims, element):
        source, result = self.make(dims, element), self.value(element, dims)
        loops = "abcdefgh"[: len(dims)]
        number = self.constant("2.0" if element[0] == "f" else 2, element)
        suffix = element[0]
        op = self.random.choice(["add", "mul", "sub"])
        body = [f"%y = arith.{op}{suffix} %x0, {number} : {element}", "yield %y"]
        self.generic(result, [source], loops, [loops], loops, body, self.empty(result))
        return result

    def named_unary(self, dims, element):
        if element[0] != "f":
            return None
        source, result = self.make(dims, element), self.value(element, dims)
        op = self.random.choice(["negf", "abs", "square"])
        self.emit(f"{result.name} = linalg.{op} {self.ins([source])} outs({self.empty(result)} : {result.type}) -> {result.type}")
        return result

    def binary(self, dims, element):
        operands = [self.make(dims, element), self.make(dims, element)]
        result = self.value(element, dims)
        op = self.random.choice(["add", "sub", "max"])
        if len(dims) == 0:
            return operands[0]
        self.emit(f"{result.name} = linalg.{op} {self.ins(operands)} outs({self.empty(result)} : {result.type}) -> {result.type}")
        return result

    def by_some_dims(self, dims, element):
        """An operand that does not depend on all dimensions."""
        if not dims:
            return None
        loops = "abcdefgh"[: len(dims)]
        kept = [i for i in range(len(dims)) if self.flip()]
        self.random.shuffle(kept)
        first, second = self.make(dims, element), self.make([dims[i] for i in kept], element)
        operands, reads = [first, second], [loops, [loops[i] for i in kept]]
        if self.flip():
            operands.reverse(), reads.reverse()
        result = self.value(element, dims)
        op = self.random.choice(["add", "mul", "sub"])
        body = [f"%y = arith.{op}{element[0]} %x0, %x1 : {element}", "yield %y"]
        self.generic(result, operands, loops, reads, loops, body, self.empty(result))
        return result

    def tosa_binary(self, dims, element):
        """An op of TOSA, for which an operand's extents of 1 are broadcast."""
        if element not in ("f16", "f32") or not dims or has_zero([dims]):
            return None
        operands = [self.make([dim if self.flip(0.7) else () for dim in dims], element), self.make(dims, element)]
        self.random.shuffle(operands)
        result = self.value(element, dims)
        op = self.random.choice(["add", "sub", "maximum"])
        names, types = ", ".join(o.name for o in operands), ", ".join(o.type for o in operands)
        self.emit(f"{result.name} = tosa.{op} {names} : ({types}) -> {result.type}")
        return result

    def cast(self, dims, element):
        if element not in NARROW:
            return None
        narrow, op = NARROW[element]
        source, result = self.make(dims, narrow), self.value(element, dims)
        loops = "abcdefgh"[: len(dims)]
        body = [f"%y = {op} %x0 : {narrow} to {element}", "yield %y"]
        self.generic(result, [source], loops, [loops], loops, body, self.empty(result))
        return result

    def with_index(self, dims, element):
        if element != "i64" or not dims:
            return None
        source, result = self.make(dims, element), self.value(element, dims)
        loops = "abcdefgh"[: len(dims)]
        body = [
            f"%i = linalg.index {self.random.randrange(len(dims))} : index",
            "%j = arith.index_cast %i : index to i64",
            "%y = arith.addi %x0, %j : i64",
            "yield %y",
        ]
        self.generic(result, [source], loops, [loops], loops, body, self.empty(result))
        return result

    def two_results(self, dims, element):
        """Both results are used: one is returned."""
        if len(dims) < 2 or not self.flip(0.3):
            return None
        source = self.make(dims, element)
        result, other = self.value(element, dims), self.value(element, dims[::-1])
        loops = "abcdefgh"[: len(dims)]
        inits, pair = [self.empty(result), self.empty(other)], self.new("p")
        types = f"{result.type}, {other.type}"
        iterators = ", ".join(['"parallel"'] * len(dims))
        self.emit(f"{pair}:2 = linalg.generic {{{maps(loops, [loops, loops, loops[::-1]])}, iterator_types = [{iterators}]}} {self.ins([source])} outs({', '.join(inits)} : {types}) {{")
        self.emit(f"^bb0(%x0: {element}, %o0: {element}, %o1: {element}):")
        self.emit(f"  %y = arith.add{element[0]} %x0, %x0 : {element}")
        self.emit(f"  linalg.yield %x0, %y : {element}, {element}")
        self.emit(f"}} -> ({types})")
        self.results.append(Value(f"{pair}#1", element, other.dims))
        return Value(f"{pair}#0", element, result.dims)

    def reduce(self, dims, element):
        if len(dims) > 4:
            return None
        extra = self.some_dim()
        at = self.random.randrange(len(dims) + 1)
        wide = dims[:at] + (extra,) + dims[at:]
        if self.small(wide) != wide:
            return None
        source, result = self.make(wide, element), self.value(element, dims)
        init = self.filled(result, 0) if self.flip() else self.make(dims, element).name
        self.emit(f"{result.name} = linalg.reduce {{ arith.add{element[0]} }} {self.ins([source])} outs({init} : {result.type}) dimensions = [{at}]")
        return result

    def product(self, dims, element):
        """A contraction: each dimension is of the batch, the rows or the columns."""
        if len(dims) > 4:
            return None
        letters = "abcdefgh"[: len(dims)]
        kinds = {letter: self.random.choice("blr") for letter in letters}
        if len(dims) == 3 and self.flip():
            kinds = {"a": "b", "b": "l", "c": "r"}
        sizes = dict(zip(letters, dims), k=self.some_dim())
        sides = []
        for side in "lr":
            loops = [l for l in letters if kinds[l] in ("b", side)] + ["k"]
            if len(dims) != 3 or self.flip(0.3):
                self.random.shuffle(loops)
            elif side == "r":
                loops = loops[:-2] + loops[-1:] + loops[-2:-1]
            sides.append("".join(loops))
        wide = [tuple(sizes[l] for l in side) for side in sides]
        if any(self.small(w) != w for w in wide):
            return None
        sources = self.random.choice([element, element, NARROW.get(element, (element,))[0]])
        operands = [self.make(w, sources) for w in wide]
        result = self.value(element, dims)
        is_matmul = sources == element == "f32" and sides == ["abk", "akc"]
        if is_matmul and not has_zero([*wide, dims]) and self.flip(0.3):
            zero = self.new("z")
            self.emit(f'{zero} = "tosa.const"() {{values = dense<0.0> : tensor<1xf32>}} : () -> tensor<1xf32>')
            types = ", ".join([*(operand.type for operand in operands), "tensor<1xf32>", "tensor<1xf32>"])
            names = ", ".join([*(operand.name for operand in operands), zero, zero])
            self.emit(f"{result.name} = tosa.matmul {names} : ({types}) -> {result.type}")
            return result
        init = self.filled(result, self.random.choice([0, 0, 1])) if self.flip(0.7) else self.make(dims, element).name
        loops = letters + "k"
        outs = f"outs({init} : {result.type}) -> {result.type}"
        is_plain = kinds == {"a": "b", "b": "l", "c": "r"} and [s[0] for s in sides] == ["a", "a"]
        if is_plain and self.flip(0.8):
            self.emit(f"{result.name} = linalg.batch_matmul {maps(loops, [*sides, letters])} {self.ins(operands)} {outs}")
        elif sources == element and self.flip(0.4):
            suffix = element[0]
            body = [f"%m = arith.mul{suffix} %x0, %x1 : {element}", f"%p = arith.add{suffix} %out, %m : {element}", "yield %p"]
            self.generic(result, operands, loops, sides, letters, body, init, reduced="k")
        else:
            self.emit(f"{result.name} = linalg.contract {maps(loops, [*sides, letters])} {self.ins(operands)} {outs}")
        return result

    # The whole

    def finish(self):
        """The text of the function."""
        header, sizes = [], {}
        used = "\n".join(self.lines)
        for f in self.factors:
            if f.is_static or f.name not in used:
                continue
            definers = [
                (name, i)
                for name, type, array in self.arguments
                for i, dim in enumerate(self.dims_of(name))
                if dim == (f,)
            ]
            if definers and self.random.random() < 0.7:
                name, i = self.random.choice(definers)
                header.append(f"  {f.name}_i = arith.constant {i} : index")
                header.append(f"  {f.name} = tensor.dim {name}, {f.name}_i : {self.type_of(name)}")
            else:
                self.arguments.append((f.name, "index", f.size))
        arguments = ", ".join(f"{name}: {type}" for name, type, _ in self.arguments)
        types = ", ".join(r.type for r in self.results)
        return (
            f"func.func @{self.name}({arguments}) -> ({types}) {{\n"
            + "\n".join(header + self.lines)
            + f"\n  return {', '.join(r.name for r in self.results)} : {types}\n}}\n"
        )

    def dims_of(self, name):
        return next((v.dims for v in self.values if v.name == name), ())

    def type_of(self, name):
        return next(type for n, type, _ in self.arguments if n == name)
