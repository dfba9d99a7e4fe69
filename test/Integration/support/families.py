"""Random kernels: products, attention, transposes, repeats by counts and reductions.

Extents lie around those of vectors, tiles and panels, and are static or dynamic.
Expected results are NumPy's, in float64 or exact.
"""

import math

import numpy

from support.elements import ELEMENT_TYPES
from support.kernels import EPSILON, MOST_ELEMENTS, TYPES, Builder, Kernel, choose_extents, from_float, loop_map, random_bits, random_numbers, tensor_type, to_float, widen  # fmt: skip

# Lanes of f32 are 4, 8, 16; panels are two vectors of columns wide.
EXTENTS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 19, 31, 32, 33, 35]
# Blocks of rows; packing begins at 32.
ROWS = [1, 2, 3, 4, 5, 7, 8, 9, 11, 17, 31, 32, 33, 67]
# Panels are 256 deep for vectors of 512 bits, 512 for those of 256.
DEPTHS = [*EXTENTS, 64, 67, 255, 256, 257, 511, 513]


# Products

# Loops of the operands and of the result.
PRODUCTS = [
    ("mk", "kn", "mn"), ("mk", "nk", "mn"), ("km", "kn", "mn"), ("km", "nk", "nm"),
    ("bmk", "bkn", "bmn"), ("bmk", "bnk", "bmn"), ("mbk", "nbk", "bmn"), ("bkm", "bkn", "bmn"),
    ("bgmk", "bnk", "bgmn"), ("bgmk", "bkn", "bgmn"), ("bmgk", "nkb", "bgmn"),
    ("mkl", "kln", "mn"), ("mlk", "nkl", "mn"), ("bmkl", "lbnk", "bmn"),
    ("mk", "k", "m"), ("k", "kn", "n"), ("k", "k", ""), ("k", "nk", "n"),
]  # fmt: skip
# Types of the operands and of the result.
PRODUCT_TYPES = [
    ("f32", "f32"), ("f32", "f32"), ("f32", "f32"), ("f64", "f64"), ("bf16", "f32"), ("bf16", "f32"), ("f16", "f32"), ("bf16", "bf16"),
    ("i8", "i32"), ("i32", "i32"), ("i64", "i64"), ("i1", "i1"), ("complex<f32>", "complex<f32>"),
]  # fmt: skip


def make_product(rng):
    lhs, rhs, result = PRODUCTS[rng.integers(len(PRODUCTS))]
    narrow, wide = (TYPES[name] for name in PRODUCT_TYPES[rng.integers(len(PRODUCT_TYPES))])
    loops = result + "".join(sorted(set(lhs + rhs) - set(result)))
    choices = {"b": [1, 2, 3], "g": [1, 3, 4, 8], "m": ROWS, "n": [*EXTENTS, 64, 65], "k": DEPTHS, "l": [1, 2, 3, 9]}
    build = Builder(rng, choose_extents(rng, {l: choices[l] for l in loops}, [lhs, rhs, result]))
    a, b, c = (random_numbers(rng, t, build.shape(l)) for l, t in ((lhs, narrow), (rhs, narrow), (result, wide)))
    operands = [(build.argument(l, narrow, x), l, narrow) for l, x in ((lhs, a), (rhs, b))]
    if rng.random() < 0.5:
        c = numpy.zeros_like(c)
        init = build.filled(result, wide)
    else:
        init = build.argument(result, wide, c)
    emit_product(build, loops, operands, (init, result, wide))

    equation = f"{lhs},{rhs}->{result}"
    a, b, c = (widen(x, t) for x, t in ((a, narrow), (b, narrow), (c, wide)))
    expected = numpy.asarray(c + numpy.einsum(equation, a, b))
    kernel = Kernel(build.arguments, build.lines, build.type(result, wide), wide, expected)
    if wide.name not in EPSILON:
        kernel.expected = (expected > 0 if wide.bits == 1 else expected).astype(wide.dtype)
    elif not all(is_whole(x) for x in (a, b, c)):
        magnitude = numpy.abs(c) + numpy.einsum(equation, numpy.abs(a), numpy.abs(b))
        terms = 2 + numpy.prod([build.extents[l] for l in loops[len(result) :]])
        kernel.tolerance = 2 * EPSILON[wide.name] * terms * magnitude
    return kernel


def is_whole(array):
    return bool((array == numpy.round(array)).all())


def emit_product(build, loops, operands, outs, result="%result"):
    """linalg.contract, or a generic where no operand is cast."""
    element = outs[2]
    if operands[0][2] == element and element.name[0] in "fi" and element.bits > 1 and build.rng.random() < 0.3:
        suffix = element.name[0]
        body = [
            f"%p = arith.mul{suffix} %x0, %x1 : {element.name}",
            f"%s = arith.add{suffix} %x2, %p : {element.name}",
            f"linalg.yield %s : {element.name}",
        ]
        return build.generic(loops, operands, outs, body, reduced=set(loops) - set(outs[1]), result=result)
    maps = ", ".join(loop_map(loops, reads) for _, reads, _ in [*operands, outs])
    ins = ", ".join(value for value, *_ in operands)
    types = ", ".join(build.type(*operand[1:]) for operand in operands)
    out = build.type(*outs[1:])
    build.add(f"{result} = linalg.contract indexing_maps = [{maps}] ins({ins} : {types}) outs({outs[0]} : {out}) -> {out}")
    return result


# Transposes


def make_transpose(rng):
    element = ELEMENT_TYPES[rng.integers(len(ELEMENT_TYPES))]
    rank = int(rng.integers(2, 5))
    loops = "abcd"[:rank]
    order = list(range(rank))
    if rng.random() < 0.6:  # what codegen has shuffles for
        order[-2:] = order[:-3:-1]
    else:
        rng.shuffle(order)
    choices = {l: EXTENTS if l in loops[-2:] else [1, 2, 3, 5] for l in loops}
    if rng.random() < 0.3:  # pairs and longer groups that stay together
        loops += "e"
        order.append(rank)
        choices["e"] = [2, 3, 4, 8]
    build = Builder(rng, choose_extents(rng, choices, [loops]))
    array = random_bits(rng, element, build.shape(loops))
    source = build.argument(loops, element, array)
    result = "".join(loops[i] for i in order)
    type = build.type(result, element)
    empty = build.empty(result, element)
    build.add(f"%result = linalg.transpose ins({source} : {build.type(loops, element)}) outs({empty} : {type}) permutation = {order}")
    expected = numpy.ascontiguousarray(array.transpose(order))
    return Kernel(build.arguments, build.lines, type, element, expected, is_number=False)


# Repeats by one count per element

# Columns that are gathered need 16 rows, and 64 columns if they are bytes.
COUNTED = [("n",), ("o", "n"), ("o", "n"), ("o", "p", "n"), ("n", "d"), ("o", "n", "d")]


def make_counted(rng):
    short = [t for t in ELEMENT_TYPES if t.bytes <= 2]
    types = short if rng.random() < 0.5 else ELEMENT_TYPES
    element, index = types[rng.integers(len(types))], TYPES[rng.choice(["i32", "i64", "index"])]
    loops = COUNTED[rng.integers(len(COUNTED))]
    choices = {"n": [0, *EXTENTS, 63, 64, 65, 130, 200], "o": [1, 3, 15, 16, 17], "p": [1, 2], "d": [1, 2, 3, 17]}
    build = Builder(rng, choose_extents(rng, {l: choices[l] for l in loops}, [loops]))
    array = random_bits(rng, element, build.shape(loops))
    # Runs of 32, 64, 128 and 256 bytes are treated differently.
    most = max(1, MOST_ELEMENTS // max(1, array.size))
    most = min(most, int(rng.choice([0, 1, 2, 4, 8, 16, 32, 65, 300])))
    counts = rng.integers(0, most + 1, build.extents["n"])
    if rng.random() < 0.3:  # columns that are far from each other
        counts[rng.random(len(counts)) < 0.8] = 0
    x = build.argument(loops, element, array)
    by = build.argument("n", index, counts.astype(index.dtype))
    types = build.type(loops, element), build.type("n", index)
    result = tensor_type([None if l == "n" or l in build.dynamic else build.extents[l] for l in loops], element)
    build.add(f"%result = ditto.repeat_interleave {x} by {by} dim({loops.index('n')}) : {', '.join(types)} -> {result}")
    expected = numpy.repeat(array, counts, axis=loops.index("n"))
    return Kernel(build.arguments, build.lines, result, element, expected, is_number=False)


# Reductions, of floats and of integers: NumPy's function, and whether it is one of
# signed integers.

FLOAT_REDUCTIONS = {
    "addf": numpy.add, "mulf": numpy.multiply,
    "maximumf": numpy.maximum, "minimumf": numpy.minimum, "maxnumf": numpy.fmax, "minnumf": numpy.fmin,
}  # fmt: skip
INTEGER_REDUCTIONS = {
    "addi": (numpy.add, False), "muli": (numpy.multiply, False),
    "maxsi": (numpy.maximum, True), "minsi": (numpy.minimum, True),
    "maxui": (numpy.maximum, False), "minui": (numpy.minimum, False),
    "andi": (numpy.bitwise_and, False), "ori": (numpy.bitwise_or, False), "xori": (numpy.bitwise_xor, False),
}  # fmt: skip
REDUCED_TYPES = "f32 f32 f64 f16 bf16 i1 i8 i16 i32 i64 index".split()
# Kept and reduced loops.
REDUCTIONS = [("m", "k"), ("m", "k"), ("mn", "k"), ("m", "kl"), ("", "k"), ("mn", "kl")]


def make_reduction(rng):
    element = TYPES[rng.choice(REDUCED_TYPES)]
    kept, reduced = REDUCTIONS[rng.integers(len(REDUCTIONS))]
    loops = list(kept + reduced)
    if rng.random() < 0.5:
        rng.shuffle(loops)
    kept = [l for l in loops if l in kept]
    choices = {"m": [1, 2, 3, 4, 5, 8, 9], "n": EXTENTS, "k": DEPTHS, "l": [1, 2, 3, 17]}
    build = Builder(rng, choose_extents(rng, {l: choices[l] for l in loops}, [loops]))
    axes = tuple(loops.index(l) for l in loops if l in reduced)
    reduce = reduce_floats if element.name in EPSILON else reduce_integers
    op, array, start, expected, tolerance = reduce(rng, element, build.shape(loops), build.shape(kept), axes)
    source, init = build.argument(loops, element, array), build.argument(kept, element, start)
    sides = ["%x0, %x1", "%x1, %x0"][rng.integers(2)]
    body = [f"%s = arith.{op} {sides} : {element.name}", f"linalg.yield %s : {element.name}"]
    build.generic(loops, [(source, loops, element)], (init, kept, element), body, reduced)
    type = build.type(kept, element)
    return Kernel(build.arguments, build.lines, type, element, numpy.asarray(expected), tolerance)


def reduce_floats(rng, element, shape, kept, axes):
    op = str(rng.choice(list(FLOAT_REDUCTIONS)))
    fold = FLOAT_REDUCTIONS[op]
    values = to_float(random_numbers(rng, element, shape), element)
    if op == "mulf":  # stays near 1, and exact in 16 bits
        values = numpy.where(values == 0, 1, values) if element.bits == 16 else 1 + values / 64
    elif op != "addf":
        special = rng.choice([numpy.nan, numpy.inf, -numpy.inf], shape)
        values = numpy.where(rng.random(shape) < 0.02, special, values)
    array, start = from_float(values, element), random_numbers(rng, element, kept)
    values, first = to_float(array, element), to_float(start, element)
    expected = fold(first, fold.reduce(values, axes)) if values.size else first
    magnitude = 0
    if op in ("addf", "mulf") and not (is_whole(values) and is_whole(first)):
        magnitude = numpy.abs(first) + numpy.sum(numpy.abs(values), axes) if op == "addf" else numpy.abs(expected)
    return op, array, start, expected, 2 * EPSILON[element.name] * (1 + numpy.prod(shape)) * magnitude


def reduce_integers(rng, element, shape, kept, axes):
    op = str(rng.choice([op for op in INTEGER_REDUCTIONS if element.bits > 1 or op in ("andi", "ori", "xori")]))
    fold, is_signed = INTEGER_REDUCTIONS[op]
    array, start = random_bits(rng, element, shape), random_bits(rng, element, kept)
    if op in ("andi", "ori"):  # or nothing but zeros or ones is left
        neutral = numpy.zeros((), array.dtype) if op == "ori" else ~numpy.zeros((), array.dtype)
        array = numpy.where(rng.random(shape) < 0.02, array, neutral)
    view = f"i{element.bytes}" if is_signed else element.dtype
    values, first = array.view(view), start.view(view)
    expected = fold(first, fold.reduce(values, axes, dtype=values.dtype)) if values.size else first
    return op, array, start, numpy.asarray(expected).view(element.dtype), 0


# Attention


def make_attention(rng):
    """softmax(scale * Q * K^T + mask) * V, each head of K and V for a group."""
    element = TYPES[rng.choice(["f32", "f32", "f32", "f64"])]
    choices = {"b": [1, 2], "h": [1, 2, 3], "g": [1, 3, 4, 8], "m": ROWS, "n": [*EXTENTS, 64, 65, 129], "k": [1, 3, 4, 8, 15, 16, 17, 33], "d": [1, 4, 8, 15, 16, 17, 33]}
    extents = choose_extents(rng, choices, ["bhgmn", "bhgmk", "bhgmd"])
    group = extents.pop("g")
    extents["a"] = extents["h"] * group  # heads of Q
    build = Builder(rng, extents)
    build.dynamic -= {"a", "h"}
    arrays = [rng.normal(size=build.shape(l)).astype(element.dtype) for l in ("bamk", "bhnk", "bhnd")]
    q, k, v = (build.argument(l, element, x) for l, x in zip(("bamk", "bhnk", "bhnd"), arrays))
    for name, value, loops in (("%keys", k, "nk"), ("%values", v, "nd")):
        types = (build.type(f"b{head}{loops}", element) for head in "ha")
        build.add(f"{name} = ditto.repeat_interleave {value} by {group} dim(1) : {' -> '.join(types)}")
    scores = emit_product(build, "bamnk", [(q, "bamk", element), ("%keys", "bank", element)], (build.filled("bamn", element), "bamn", element), "%scores")
    masked, mask = mask_scores(build, scores, element)
    weights = emit_softmax(build, masked, element)
    emit_product(build, "bamdn", [(weights, "bamn", element), ("%values", "band", element)], (build.filled("bamd", element), "bamd", element))

    q, k, v = (x.astype("f8") for x in arrays)
    k, v = (numpy.repeat(x, group, axis=1) for x in (k, v))
    expected, magnitude = attend(q, k, v, mask)
    tolerance = EPSILON[element.name] * (200 if element.name == "f32" else 2e5) * (magnitude + 1)
    return Kernel(build.arguments, build.lines, build.type("bamd", element), element, expected, tolerance, is_exact_in_order=False)


def attend(q, k, v, mask):
    with numpy.errstate(invalid="ignore"):
        scores = 0.25 * numpy.einsum("bamk,bank->bamn", q, k) + mask
        largest = numpy.max(scores, axis=-1, keepdims=True, initial=-numpy.inf)
        weights = numpy.exp(scores - largest)
        weights = weights / weights.sum(axis=-1, keepdims=True)
    return (numpy.einsum("bamn,band->bamd", weights, x) for x in (v, numpy.abs(v)))


def mask_scores(build, scores, element):
    """Scaled scores with one of five masks; the mask as an array."""
    rng, rows = build.rng, build.extents["m"]
    shape = build.shape("mn")
    kind = rng.choice(["none", "causal", "added", "empty rows", "window"])
    scale = [f"%scale = arith.constant 0.25 : {element.name}", f"%p = arith.mulf %x0, %scale : {element.name}"]
    operands = [(scores, "bamn", element)]
    mask = numpy.zeros(shape)
    if kind == "causal":
        mask = numpy.where(numpy.arange(shape[0])[:, None] >= numpy.arange(shape[1]), 0.0, -numpy.inf)
        infinity = "0xFF800000" if element.bits == 32 else "0xFFF0000000000000"
        body = [*scale,
            "%m = linalg.index 2 : index", "%n = linalg.index 3 : index",
            "%seen = arith.cmpi sge, %m, %n : index", f"%never = arith.constant {infinity} : {element.name}",
            f"%y = arith.select %seen, %p, %never : {element.name}"]  # fmt: skip
    elif kind == "none":
        body = [*scale[:1], f"%y = arith.mulf %x0, %scale : {element.name}"]
    else:
        mask = rng.choice([0.0, 0.5, -numpy.inf], shape)
        if kind == "window":  # the later the row, the more of the columns are seen
            ends = numpy.sort(rng.integers(0, shape[1] + 1, rows))
            mask[numpy.arange(shape[1]) >= ends[:, None]] = numpy.finfo("f4").min
        if kind == "empty rows":
            mask[rng.random(rows) < 0.3] = -numpy.inf
        operands.append((build.argument("mn", element, mask.astype(element.dtype)), "mn", element))
        body = [*scale, f"%y = arith.addf %p, %x1 : {element.name}"]
    outs = (build.empty("bamn", element), "bamn", element)
    build.generic("bamn", operands, outs, [*body, f"linalg.yield %y : {element.name}"], result="%masked")
    return "%masked", mask


def emit_softmax(build, scores, element):
    """linalg.softmax, or the generics that frontends write."""
    name, type = element.name, build.type("bamn", element)
    whole = (scores, "bamn", element)
    if build.rng.random() < 0.5:
        build.add(f"%weights = linalg.softmax dimension(3) ins({scores} : {type}) outs({build.empty('bamn', element)} : {type}) -> {type}")
        return "%weights"
    row = lambda value: (value, "bam", element)
    empty = lambda: (build.empty("bamn", element), "bamn", element)
    end = f"linalg.yield %y : {name}"
    infinity = "0xFF800000" if element.bits == 32 else "0xFFF0000000000000"
    build.generic("bamn", [whole], row(build.filled("bam", element, infinity)), [f"%y = arith.maximumf %x0, %x1 : {name}", end], "n", "%largest")
    body = [f"%s = arith.subf %x0, %x1 : {name}", f"%y = math.exp %s : {name}", end]
    build.generic("bamn", [whole, row("%largest")], empty(), body, result="%powers")
    whole = ("%powers", "bamn", element)
    build.generic("bamn", [whole], row(build.filled("bam", element)), [f"%y = arith.addf %x0, %x1 : {name}", end], "n", "%sums")
    build.generic("bamn", [whole, row("%sums")], empty(), [f"%y = arith.divf %x0, %x1 : {name}", end], result="%weights")
    return "%weights"


# Elementary functions

FUNCTIONS = {"exp": numpy.exp, "log": numpy.log, "tanh": numpy.tanh, "erf": numpy.vectorize(math.erf, otypes=["f8"])}


def make_function(rng):
    """f(x) * row, one op after the other."""
    op = str(rng.choice(list(FUNCTIONS)))
    element = TYPES[rng.choice(["f32", "f32", "f64", "f16", "bf16"])]
    build = Builder(rng, choose_extents(rng, {"m": ROWS, "n": [*EXTENTS, 64, 65]}, ["mn"]))
    shape = build.shape("mn")
    special = rng.choice([0.0, -0.0, numpy.inf, -numpy.inf, numpy.nan, 100.0, -120.0], shape)
    x = from_float(numpy.where(rng.random(shape) < 0.1, special, 4 * rng.normal(size=shape)), element)
    row = from_float(rng.integers(1, 3, build.shape("n")), element)
    source, factor = build.argument("mn", element, x), build.argument("n", element, row)
    outs = (build.empty("mn", element), "mn", element)
    end = f"linalg.yield %y : {element.name}"
    build.generic("mn", [(source, "mn", element)], outs, [f"%y = math.{op} %x0 : {element.name}", end], result="%function")
    operands = [("%function", "mn", element), (factor, "n", element)]
    build.generic("mn", operands, outs, [f"%y = arith.mulf %x0, %x1 : {element.name}", end])
    with numpy.errstate(all="ignore"):
        exact = FUNCTIONS[op](to_float(x, element))
        # What the type cannot hold is infinite or 0; numbers below the normal ones may be 0.
        rounded = to_float(from_float(exact, element), element) if element.bits < 64 else exact
        exact = numpy.where(numpy.isinf(rounded), rounded, exact)
        expected = exact * to_float(row, element)
        expected = numpy.where(numpy.isinf(to_float(from_float(expected, element), element)), numpy.sign(expected) * numpy.inf, expected)
        tolerance = 10 * EPSILON[element.name] * numpy.abs(expected) + (1e-4 if element.name == "f16" else 1e-37)
    type = build.type("mn", element)
    return Kernel(build.arguments, build.lines, type, element, expected, tolerance, is_exact_in_order=False)


FAMILIES = {
    "function": make_function,
    "product": make_product,
    "attention": make_attention,
    "transpose": make_transpose,
    "counted": make_counted,
    "reduction": make_reduction,
}
