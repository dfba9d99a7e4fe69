"""Writes functions on tensors as MLIR text, in the spelling of torch-mlir."""

from dataclasses import dataclass

PARALLEL, REDUCTION = '"parallel"', '"reduction"'


@dataclass(frozen=True)
class Value:
    name: str
    shape: tuple
    element: str

    @property
    def type(self):
        return tensor_type(self.shape, self.element)


def tensor_type(shape, element):
    return f"tensor<{''.join(f'{extent}x' for extent in shape)}{element}>"


def affine_map(rank, dims):
    """The map from `rank` dims to those of `dims`."""
    inputs = ", ".join(f"d{d}" for d in range(rank))
    return f"affine_map<({inputs}) -> ({', '.join(f'd{d}' for d in dims)})>"


class Function:
    """A function under construction. Methods add an op and return its result."""

    def __init__(self, name, arguments):
        """`arguments`: shape and element by name."""
        self.name = name
        self.values = {n: Value(f"%{n}", *given) for n, given in arguments.items()}
        self.lines = []
        self.count = 0

    def __getitem__(self, name):
        return self.values[name]

    def op(self, text, shape, element, result_type=""):
        """Adds an op; `text` ends before the arrow where the result type needs one."""
        value = Value(f"%{self.count}", tuple(shape), element)
        self.count += 1
        self.lines.append(f"{value.name} = {text}{result_type}")
        return value

    def finish(self, *results):
        arguments = ", ".join(f"{v.name}: {v.type}" for v in self.values.values())
        types = ", ".join(v.type for v in results)
        names = ", ".join(v.name for v in results)
        body = "\n".join(
            "  " + line for line in [*self.lines, f"return {names} : {types}"]
        )
        return (
            f"func.func @{self.name}({arguments}) -> ({types}) "
            f"attributes {{llvm.emit_c_interface}} {{\n{body}\n}}\n"
        )

    # Values out of nothing.

    def constant(self, value, element):
        return self.op(f"arith.constant {value} : {element}", (), element)

    def empty(self, shape, element):
        return self.op(
            f"tensor.empty() : {tensor_type(shape, element)}", shape, element
        )

    def fill(self, value, shape, element):
        scalar, out = self.constant(value, element), self.empty(shape, element)
        return self.op(
            f"linalg.fill ins({scalar.name} : {element}) outs({out.name} : {out.type})",
            shape,
            element,
            f" -> {out.type}",
        )

    # Movement.

    def move(self, name, x, shape, dims):
        out = self.empty(shape, x.element)
        return self.op(
            f"linalg.{name} ins({x.name} : {x.type}) outs({out.name} : {out.type}) {dims}",
            shape,
            x.element,
        )

    def broadcast(self, x, shape, dims):
        """`dims` are those of the result that x has not."""
        return self.move("broadcast", x, shape, f"dimensions = {list(dims)}")

    def transpose(self, x, permutation):
        shape = [x.shape[d] for d in permutation]
        return self.move("transpose", x, shape, f"permutation = {list(permutation)}")

    def reshape(self, x, shape):
        """Collapses and expands dimensions, both where neither will do."""
        groups = reassociation(x.shape, shape)
        if groups is None:
            flat = 1
            for extent in x.shape:
                flat *= extent
            return self.reshape(self.reshape(x, (flat,)), shape)
        result = tensor_type(shape, x.element)
        if len(shape) == len(x.shape):
            return x
        if len(shape) < len(x.shape):
            text = f"tensor.collapse_shape {x.name} {groups} : {x.type} into {result}"
        else:
            text = (
                f"tensor.expand_shape {x.name} {groups} output_shape {list(shape)} : "
                f"{x.type} into {result}"
            )
        return self.op(text, shape, x.element)

    def slice(self, x, offsets, shape):
        return self.op(
            f"tensor.extract_slice {x.name}{list(offsets)} {list(shape)} "
            f"{[1] * len(shape)} : {x.type} to {tensor_type(shape, x.element)}",
            shape,
            x.element,
        )

    def concatenate(self, parts, dim):
        shape = list(parts[0].shape)
        shape[dim] = sum(part.shape[dim] for part in parts)
        result, offset = self.empty(shape, parts[0].element), 0
        for part in parts:
            offsets = [offset if d == dim else 0 for d in range(len(shape))]
            offset += part.shape[dim]
            result = self.op(
                f"tensor.insert_slice {part.name} into {result.name}{offsets} "
                f"{list(part.shape)} {[1] * len(shape)} : {part.type} into {result.type}",
                shape,
                result.element,
            )
        return result

    # Arithmetic.

    def generic(self, inputs, out, maps, iterators, body, result="%r"):
        """`body` is lines of ops on %a, %b, .. (inputs) and %out, which define %r."""
        names = [f"%{letter}" for letter in "abcdefg"[: len(inputs)]]
        block = ", ".join(
            f"{name}: {v.element}" for name, v in zip([*names, "%out"], [*inputs, out])
        )
        body = "".join(f"\n    {line}" for line in body)
        types = ", ".join(v.type for v in inputs)
        return self.op(
            f"linalg.generic {{indexing_maps = [{', '.join(maps)}], "
            f"iterator_types = [{', '.join(iterators)}]}} "
            f"ins({', '.join(v.name for v in inputs)} : {types}) "
            f"outs({out.name} : {out.type}) {{\n  ^bb0({block}):{body}\n"
            f"    linalg.yield {result} : {out.element}\n  }}",
            out.shape,
            out.element,
            f" -> {out.type}",
        )

    def elementwise(self, body, inputs, dims=None, element=None):
        """`dims` has the result's dimensions that each input has; all of them if None."""
        shape, rank = inputs[0].shape, len(inputs[0].shape)
        dims = dims or [range(rank)] * len(inputs)
        out = self.empty(shape, element or inputs[0].element)
        maps = [affine_map(rank, d) for d in [*dims, range(rank)]]
        return self.generic(inputs, out, maps, [PARALLEL] * rank, body)

    def reduce_last(self, body, x, initial):
        rank = len(x.shape)
        out = self.fill(initial, x.shape[:-1], x.element)
        maps = [affine_map(rank, range(rank)), affine_map(rank, range(rank - 1))]
        return self.generic([x], out, maps, [PARALLEL] * (rank - 1) + [REDUCTION], body)

    def batch_matmul(self, a, b, element="f32"):
        shape = (a.shape[0], a.shape[1], b.shape[2])
        out = self.fill("0.0", shape, element)
        return self.op(
            f"linalg.batch_matmul ins({a.name}, {b.name} : {a.type}, {b.type}) "
            f"outs({out.name} : {out.type})",
            shape,
            element,
            f" -> {out.type}",
        )

    def matmul(self, a, b):
        out = self.fill("0.0", (a.shape[0], b.shape[1]), a.element)
        return self.op(
            f"linalg.matmul ins({a.name}, {b.name} : {a.type}, {b.type}) "
            f"outs({out.name} : {out.type})",
            out.shape,
            out.element,
            f" -> {out.type}",
        )

    # ditto.

    def repeat(self, x, counts):
        extents = (1,) * (len(counts) - len(x.shape)) + tuple(x.shape)
        shape = tuple(c * e for c, e in zip(counts, extents))
        result = tensor_type(shape, x.element)
        return self.op(
            f"ditto.repeat {x.name} by {list(counts)} : {x.type} -> {result}",
            shape,
            x.element,
        )

    def repeat_interleave(self, x, by, dim, shape):
        """`by` is a count or a tensor of counts."""
        count, more = (by.name, f", {by.type}") if isinstance(by, Value) else (by, "")
        where = "" if dim is None else f" dim({dim})"
        if more:
            where += f" output_size({shape[dim]})"
        return self.op(
            f"ditto.repeat_interleave {x.name} by {count}{where} : {x.type}{more} -> "
            f"{tensor_type(shape, x.element)}",
            shape,
            x.element,
        )


def reassociation(wide, narrow):
    """Which dimensions of the shape of more make which of the shape of fewer, or None."""
    if len(wide) < len(narrow):
        wide, narrow = narrow, wide
    groups, place = [], 0
    for extent in narrow:
        group, product = [], 1
        while place < len(wide) and (not group or product < extent):
            product *= wide[place]
            group.append(place)
            place += 1
        if product != extent:
            return None
        groups.append(group)
    if groups:
        while place < len(wide) and wide[place] == 1:
            groups[-1].append(place)
            place += 1
    return groups if place == len(wide) else None
