"""The attention layer of a Llama: projections, rotary embedding, cache, attention."""

import math

import numpy

from .. import buffers
from .attention import softmax
from .case import COLD, WARM, Case

WEIGHTS = ("wq", "wk", "wv", "wo")


class Layer(Case):
    """The hidden states of the last `queries` tokens of `keys`; the cache has the keys and
    values of the tokens before them."""

    kind = family = "layer"
    element = "f32"
    tolerance = 2e-4
    hidden, heads, kv_heads, depth, batch = 1024, 16, 4, 64, 1
    group = heads // kv_heads
    scale = 1 / math.sqrt(depth)

    def __init__(self, name, queries, keys, quick=False):
        self.name, self.queries, self.keys, self.quick = name, queries, keys, quick
        self.past = keys - queries
        self.causal = queries > 1
        self.modes = (WARM, COLD) if queries == 1 else (WARM,)
        self.title = f"hidden 1024, 16/4 heads of 64, {queries} x {keys} keys"
        self.shapes = {
            "x": (self.batch, queries, self.hidden),
            "past_k": (self.batch, self.kv_heads, self.past, self.depth),
            "past_v": (self.batch, self.kv_heads, self.past, self.depth),
            "cos": (queries, self.depth),
            "sin": (queries, self.depth),
            "wq": (self.heads * self.depth, self.hidden),
            "wk": (self.kv_heads * self.depth, self.hidden),
            "wv": (self.kv_heads * self.depth, self.hidden),
            "wo": (self.hidden, self.heads * self.depth),
        }
        self.result_shape = self.shapes["x"]
        weights = sum(math.prod(self.shapes[w]) for w in WEIGHTS)
        cache = 2 * self.batch * self.kv_heads * keys * self.depth
        self.bytes = 4 * (weights + cache)
        visible = (keys + 1) / (2 * keys) if self.causal else 1
        self.flops = int(
            2 * self.batch * queries * weights
            + 4 * self.batch * self.heads * queries * keys * self.depth * visible
        )

    def load(self):
        generator = numpy.random.default_rng(1)
        inputs = {}
        for name, shape in self.shapes.items():
            values = generator.standard_normal(shape, dtype=numpy.float32)
            inputs[name] = (
                values / math.sqrt(self.hidden) if name in WEIGHTS else values
            )
        exponents = numpy.arange(0, self.depth, 2) / self.depth
        angles = numpy.outer(numpy.arange(self.past, self.keys), 1e4**-exponents)
        angles = numpy.concatenate([angles, angles], axis=1)
        inputs["cos"], inputs["sin"] = numpy.cos(angles), numpy.sin(angles)
        self.inputs = {
            name: buffers.copy_of(values.astype(numpy.float32), "f32")
            for name, values in inputs.items()
        }
        self.mask = self.causal_mask() if self.causal else None

    def unload(self):
        self.inputs, self.mask = {}, None

    def causal_mask(self):
        hidden = (
            numpy.arange(self.keys)[None, :]
            > numpy.arange(self.past, self.keys)[:, None]
        )
        return numpy.where(hidden, numpy.float32("-inf"), numpy.float32(0))

    def reference(self):
        given = {
            name: values.astype(numpy.float64) for name, values in self.inputs.items()
        }

        def heads(weights, count):
            rows = given["x"] @ weights.T
            return rows.reshape(self.batch, self.queries, count, self.depth).swapaxes(
                1, 2
            )

        def rotate(x):
            low, high = x[..., : self.depth // 2], x[..., self.depth // 2 :]
            turned = numpy.concatenate([-high, low], axis=-1)
            return x * given["cos"] + turned * given["sin"]

        q = rotate(heads(given["wq"], self.heads))
        k = rotate(heads(given["wk"], self.kv_heads))
        v = heads(given["wv"], self.kv_heads)
        k = numpy.concatenate([given["past_k"], k], axis=2)
        v = numpy.concatenate([given["past_v"], v], axis=2)
        k, v = (numpy.repeat(x, self.group, axis=1) for x in (k, v))
        scores = q @ k.swapaxes(2, 3) * self.scale
        if self.causal:
            scores += self.mask
        rows = (softmax(scores) @ v).swapaxes(1, 2)
        return rows.reshape(self.batch, self.queries, -1) @ given["wo"].T


def cases():
    return [
        Layer("layer_decode_2048", 1, 2048, quick=True),
        Layer("layer_prefill_512", 512, 512),
    ]
