"""JAX, compiled by XLA. It has no way to write into memory of the caller."""

import numpy

from ..cases import copies
from .contender import Contender, Prepared


class Jax(Contender):
    name = "jax"
    needs = ("jax", "ml_dtypes")

    def prepare_library(self):
        import jax

        jax.config.update("jax_enable_x64", True)

    def array(self, values):
        import jax
        import ml_dtypes

        if values.dtype == numpy.uint16:
            values = values.view(ml_dtypes.bfloat16)
        return jax.device_put(values)

    def compiled(self, function, *arguments):
        import jax

        compiled = jax.jit(function).lower(*arguments).compile()
        return Prepared(
            lambda: jax.block_until_ready(compiled(*arguments)), first_array
        )

    def copies(self, case, mode):
        import jax.numpy as jnp

        if not mode.fresh:
            return {}
        x = self.array(case.x)
        if isinstance(case, copies.Counted):
            counts = self.array(case.counts)
            return {
                "repeat": lambda: self.compiled(
                    lambda x, n: jnp.repeat(
                        x, n, axis=case.dim, total_repeat_length=case.total
                    ),
                    x,
                    counts,
                )
            }
        if isinstance(case, copies.Interleave):
            return {
                "repeat": lambda: self.compiled(
                    lambda x: jnp.repeat(x, case.count, axis=case.dim), x
                )
            }
        if isinstance(case, copies.Tile):
            return {
                "tile": lambda: self.compiled(lambda x: jnp.tile(x, case.counts), x)
            }
        return {
            "repeat": lambda: self.compiled(
                lambda x: jnp.repeat(jnp.repeat(x, 2, axis=-2), 2, axis=-1), x
            )
        }

    def attention(self, case, mode):
        q, k, v = (self.array(case.inputs[name]) for name in "qkv")

        def way(function):
            def run(q, k, v):
                if case.layout == "bshd":
                    k, v = k.swapaxes(1, 2), v.swapaxes(1, 2)
                return function(case, q, k, v)

            return lambda: self.compiled(run, q, k, v)

        return {
            "repeat": way(repeated),
            "grouped_einsum": way(grouped),
            "dot_product_attention": way(dot_product_attention),
        }

    def layer(self, case, mode):
        inputs = {name: self.array(values) for name, values in case.inputs.items()}
        return {
            name: lambda function=function: self.compiled(layer(case, function), inputs)
            for name, function in (("repeat", repeated), ("grouped_einsum", grouped))
        }


def first_array(results):
    result = numpy.asarray(results[0] if isinstance(results, tuple) else results)
    return result.view(numpy.uint16) if result.dtype.name == "bfloat16" else result


def weights_of(case, scores):
    import jax

    if case.causal:
        scores = scores + case.mask
    return jax.nn.softmax(scores, -1)


def repeated(case, q, k, v):
    import jax.numpy as jnp

    k, v = jnp.repeat(k, case.group, 1), jnp.repeat(v, case.group, 1)
    scores = jnp.einsum("bhqd,bhsd->bhqs", q, k, preferred_element_type=jnp.float32)
    weights = weights_of(case, scores * case.scale).astype(q.dtype)
    return jnp.einsum("bhqs,bhsd->bhqd", weights, v)


def grouped(case, q, k, v):
    import jax.numpy as jnp

    groups = q.reshape(case.batch, case.kv_heads, case.group, case.queries, case.depth)
    scores = jnp.einsum(
        "bhgqd,bhsd->bhgqs", groups, k, preferred_element_type=jnp.float32
    )
    weights = weights_of(case, scores * case.scale).astype(q.dtype)
    return jnp.einsum("bhgqs,bhsd->bhgqd", weights, v).reshape(q.shape)


def dot_product_attention(case, q, k, v):
    import jax

    q, k, v = (x.swapaxes(1, 2) for x in (q, k, v))
    result = jax.nn.dot_product_attention(q, k, v, is_causal=case.causal)
    return result.swapaxes(1, 2)


def layer(case, attention):
    """The layer around `attention`."""
    import jax.numpy as jnp

    def run(given):
        def heads(weights, count):
            rows = given["x"] @ given[weights].T
            return rows.reshape(case.batch, case.queries, count, case.depth).swapaxes(
                1, 2
            )

        def rotate(x):
            half = case.depth // 2
            turned = jnp.concatenate([-x[..., half:], x[..., :half]], -1)
            return x * given["cos"] + turned * given["sin"]

        k, v = rotate(heads("wk", case.kv_heads)), heads("wv", case.kv_heads)
        all_k = jnp.concatenate([given["past_k"], k], 2)
        all_v = jnp.concatenate([given["past_v"], v], 2)
        rows = attention(case, rotate(heads("wq", case.heads)), all_k, all_v).swapaxes(
            1, 2
        )
        return rows.reshape(case.batch, case.queries, -1) @ given["wo"].T, k, v

    return run
