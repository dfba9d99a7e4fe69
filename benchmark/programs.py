"""The cases as MLIR: what a frontend would hand to ditto or to upstream's passes."""

from .cases import copies
from .ir import PARALLEL, Function, affine_map


def inputs(case):
    """The arrays that the program of attention or of a layer takes."""
    arrays = [
        values
        for name, values in case.inputs.items()
        if values.size or not name.startswith("past_")
    ]
    return [*arrays, case.mask] if case.causal else arrays


def ditto_copy(case):
    """A repeat in ditto's ops."""
    arguments = {"x": (case.shape, case.element)}
    if isinstance(case, copies.Counted):
        arguments["counts"] = (case.counts.shape, "i64")
    f = Function("run", arguments)
    x = f["x"]
    if isinstance(case, copies.Counted):
        result = f.repeat_interleave(x, f["counts"], case.dim, case.result_shape)
    elif isinstance(case, copies.Interleave):
        result = f.repeat_interleave(x, case.count, case.dim, case.result_shape)
    elif isinstance(case, copies.Tile):
        result = f.repeat(x, case.counts)
    else:
        *rest, height, width = case.shape
        rows = f.repeat_interleave(x, 2, len(rest), (*rest, 2 * height, width))
        result = f.repeat_interleave(rows, 2, len(rest) + 1, case.result_shape)
    return f.finish(result)


def broadcast_copy(case):
    """The same as a broadcast between reshapes, in upstream's ops."""
    f = Function("run", {"x": (case.shape, case.element)})
    kept = [d for d, extent in enumerate(case.unsqueezed) if extent == case.expanded[d]]
    x = f.reshape(f["x"], [case.unsqueezed[d] for d in kept])
    rank = len(case.expanded)
    out = f.empty(case.expanded, case.element)
    maps = [affine_map(rank, kept), affine_map(rank, range(rank))]
    result = f.generic([x], out, maps, [PARALLEL] * rank, [], "%a")
    return f.finish(f.reshape(result, case.result_shape))


def attention(case):
    """Attention whose keys and values are expanded, then flattened to heads."""
    qkv = {"q": case.result_shape, "k": case.kv_shape, "v": case.kv_shape}
    arguments = {name: (shape, case.element) for name, shape in qkv.items()}
    if case.causal:
        arguments["mask"] = ((case.queries, case.keys), "f32")
    f = Function("run", arguments)
    k, v = f["k"], f["v"]
    if case.layout == "bshd":
        k, v = (f.transpose(x, (0, 2, 1, 3)) for x in (k, v))
    result = attend(f, case, f["q"], k, v, f["mask"] if case.causal else None)
    return f.finish(result)


def attend(f, case, q, k, v, mask):
    batch = case.batch * case.heads

    def repeated(x):
        _, _, keys, depth = x.shape
        groups = (case.batch, case.kv_heads, case.group, keys, depth)
        return f.reshape(f.broadcast(x, groups, [2]), (batch, keys, depth))

    q = f.reshape(q, (batch, case.queries, case.depth))
    k, v = repeated(k), repeated(v)
    scores = f.batch_matmul(q, f.transpose(k, (0, 2, 1)))
    scores = f.elementwise(
        [
            f"%s = arith.constant {case.scale:.10e} : f32",
            "%r = arith.mulf %a, %s : f32",
        ],
        [scores],
    )
    if mask is not None:
        scores = f.elementwise(
            ["%r = arith.addf %a, %b : f32"], [scores, mask], [(0, 1, 2), (1, 2)]
        )
    weights = softmax(f, scores)
    if case.element == "bf16":
        weights = f.elementwise(
            ["%r = arith.truncf %a : f32 to bf16"], [weights], None, "bf16"
        )
    result = f.batch_matmul(weights, v)
    if case.element == "bf16":
        result = f.elementwise(
            ["%r = arith.truncf %a : f32 to bf16"], [result], None, "bf16"
        )
    return f.reshape(result, (case.batch, case.heads, case.queries, case.depth))


def softmax(f, scores):
    rows = [(0, 1, 2), (0, 1)]
    maximum = f.reduce_last(
        ["%r = arith.maximumf %a, %out : f32"], scores, "0xFF800000"
    )
    powers = f.elementwise(
        ["%d = arith.subf %a, %b : f32", "%r = math.exp %d : f32"],
        [scores, maximum],
        rows,
    )
    total = f.reduce_last(["%r = arith.addf %a, %out : f32"], powers, "0.0")
    return f.elementwise(["%r = arith.divf %a, %b : f32"], [powers, total], rows)


def layer(case):
    """A layer; returns the hidden states and the new keys and values."""
    arguments = {name: (shape, "f32") for name, shape in case.shapes.items()}
    if not case.past:
        del arguments["past_k"], arguments["past_v"]
    if case.causal:
        arguments["mask"] = ((case.queries, case.keys), "f32")
    f = Function("run", arguments)
    x = f.reshape(f["x"], (case.batch * case.queries, case.hidden))

    def heads(weights, count):
        rows = f.matmul(x, f.transpose(f[weights], (1, 0)))
        rows = f.reshape(rows, (case.batch, case.queries, count, case.depth))
        return f.transpose(rows, (0, 2, 1, 3))

    q = rotate(f, case, heads("wq", case.heads))
    k = rotate(f, case, heads("wk", case.kv_heads))
    v = heads("wv", case.kv_heads)
    all_k, all_v = k, v
    if case.past:
        all_k = f.concatenate([f["past_k"], k], 2)
        all_v = f.concatenate([f["past_v"], v], 2)
    result = attend(f, case, q, all_k, all_v, f["mask"] if case.causal else None)
    result = f.transpose(result, (0, 2, 1, 3))
    result = f.reshape(result, (case.batch * case.queries, case.heads * case.depth))
    result = f.matmul(result, f.transpose(f["wo"], (1, 0)))
    return f.finish(f.reshape(result, case.shapes["x"]), k, v)


def rotate(f, case, x):
    """x * cos + (-high, low) * sin"""
    half = case.depth // 2
    shape = (*x.shape[:3], half)
    low = f.slice(x, (0, 0, 0, 0), shape)
    high = f.slice(x, (0, 0, 0, half), shape)
    high = f.elementwise(["%r = arith.negf %a : f32"], [high])
    turned = f.concatenate([high, low], 3)
    every, table = (0, 1, 2, 3), (2, 3)
    product = ["%r = arith.mulf %a, %b : f32"]
    straight = f.elementwise(product, [x, f["cos"]], [every, table])
    turned = f.elementwise(product, [turned, f["sin"]], [every, table])
    return f.elementwise(["%r = arith.addf %a, %b : f32"], [straight, turned])
