"""Grouped-query attention: one query per head (decode), or as many as keys (prefill)."""

import math

import numpy

from .. import buffers, elements
from .case import COLD, WARM, Case


class Attention(Case):
    """q is [batch, heads, queries, depth]; k and v are [batch, kv_heads, keys, depth], or
    with layout bshd [batch, keys, kv_heads, depth]."""

    kind = "attention"

    def __init__(
        self,
        name,
        heads=32,
        kv_heads=8,
        queries=1,
        keys=2048,
        depth=128,
        batch=1,
        element="f32",
        causal=False,
        layout="bhsd",
        quick=False,
    ):
        self.name, self.element = f"{name}_{element}", element
        self.heads, self.kv_heads, self.group = heads, kv_heads, heads // kv_heads
        self.queries, self.keys, self.depth, self.batch = queries, keys, depth, batch
        self.causal, self.layout = causal, layout
        self.quick = quick
        self.family = "decode" if queries == 1 else "prefill"
        self.modes = (WARM, COLD) if queries == 1 else (WARM,)
        self.scale = 1 / math.sqrt(depth)
        self.tolerance = 2e-4 if element == "f32" else 3e-2
        self.title = (
            f"{heads}/{kv_heads} heads, {queries} x {keys} keys"
            + (f", batch {batch}" if batch > 1 else "")
            + (", causal" if causal else "")
            + (", [B,S,H,D]" if layout == "bshd" else "")
        )
        self.result_shape = (batch, heads, queries, depth)
        self.kv_shape = (
            (batch, kv_heads, keys, depth)
            if layout == "bhsd"
            else (batch, keys, kv_heads, depth)
        )
        self.bytes = 2 * math.prod(self.kv_shape) * elements.size_of(element)
        visible = (keys + 1) / (2 * keys) if causal else 1
        self.flops = int(4 * batch * heads * queries * keys * depth * visible)

    def load(self):
        generator = numpy.random.default_rng(1)
        shapes = {"q": self.result_shape, "k": self.kv_shape, "v": self.kv_shape}
        self.inputs = {
            name: buffers.copy_of(
                elements.random(generator, shape, self.element), self.element
            )
            for name, shape in shapes.items()
        }
        self.mask = self.causal_mask() if self.causal else None

    def unload(self):
        self.inputs, self.mask = {}, None

    def causal_mask(self):
        """What is added to the scores."""
        last_visible = numpy.arange(self.keys - self.queries, self.keys)[:, None]
        hidden = numpy.arange(self.keys)[None, :] > last_visible
        return numpy.where(hidden, numpy.float32("-inf"), numpy.float32(0))

    def by_head(self, name):
        """k or v as f32 [batch, kv_heads, keys, depth], a view where it can be one."""
        values = elements.to_f32(self.inputs[name])
        return values.transpose(0, 2, 1, 3) if self.layout == "bshd" else values

    def reference(self):
        q, k, v = (
            elements.to_f32(self.inputs["q"]),
            self.by_head("k"),
            self.by_head("v"),
        )
        result = numpy.empty(self.result_shape, numpy.float64)
        for b, h in numpy.ndindex(self.batch, self.heads):
            keys = k[b, h // self.group].astype(numpy.float64)
            values = v[b, h // self.group].astype(numpy.float64)
            scores = q[b, h].astype(numpy.float64) @ keys.T * self.scale
            if self.causal:
                scores += self.mask
            result[b, h] = softmax(scores) @ values
        return result


def softmax(scores):
    weights = numpy.exp(scores - scores.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def cases():
    result = []
    for e in ("f32", "bf16"):
        for keys in (512, 2048, 4096, 16384):
            quick = e == "f32" and keys in (512, 2048)
            result.append(
                Attention(f"decode_32x8_{keys}", keys=keys, element=e, quick=quick)
            )
        for heads, kv_heads in ((8, 1), (32, 4), (64, 8)):
            result.append(
                Attention(
                    f"decode_{heads}x{kv_heads}_4096",
                    heads,
                    kv_heads,
                    keys=4096,
                    element=e,
                )
            )
        result.append(Attention("decode_32x8_2048_batch8", batch=8, element=e))
        result.append(
            Attention("decode_32x8_4096_bshd", keys=4096, layout="bshd", element=e)
        )
    for e, lengths in (("f32", (128, 512, 2048)), ("bf16", (512,))):
        for length in lengths:
            for causal in (False, True):
                result.append(
                    Attention(
                        f"prefill_32x8_{length}" + ("_causal" if causal else ""),
                        queries=length,
                        keys=length,
                        causal=causal,
                        element=e,
                        quick=length == 128,
                    )
                )
    return result
