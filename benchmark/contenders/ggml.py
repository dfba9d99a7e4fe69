"""ggml, the library of llama.cpp; benchmark/build-ggml.sh builds it.

Its flash_attn_ext takes queries in f32. For bf16 both kinds of keys and values are tried,
bf16 and f16, which holds the same values here to well within the tolerance.
"""

import ctypes
import functools

import numpy

from .. import elements, paths
from ..native import memory
from .contender import Contender, Prepared, Skip

LIBRARY = paths.WORK / "ggml/libggml-attention.so"
# Numbers of enum ggml_type, and how keys and values become that.
TYPES = {
    "f32": (0, elements.to_f32),
    "f16": (1, lambda values: elements.to_f32(values).astype(numpy.float16)),
    "bf16": (30, lambda values: values),
}


@functools.cache
def library():
    result = ctypes.CDLL(str(LIBRARY))
    pointer = ctypes.c_void_p
    result.makeGraph.argtypes = [pointer] * 4 + [ctypes.c_int64] * 8 + [ctypes.c_float]
    result.makeGraph.restype = pointer
    result.compute.argtypes = [pointer]
    result.resultOf.argtypes, result.resultOf.restype = [pointer], pointer
    return result


class Ggml(Contender):
    name = "ggml"

    def missing(self):
        return None if LIBRARY.exists() else LIBRARY.name

    def attention(self, case, mode):
        kinds = ("f32",) if case.element == "f32" else ("bf16", "f16")
        return {
            f"flash_attn_ext {kind}": lambda kind=kind: self.flash(case, kind)
            for kind in kinds
        }

    def flash(self, case, kind):
        if case.layout == "bshd":
            raise Skip("keys and values are [B,H,S,D]")
        number, convert = TYPES[kind]
        q = numpy.ascontiguousarray(elements.to_f32(case.inputs["q"]))
        k, v = (numpy.ascontiguousarray(convert(case.inputs[name])) for name in "kv")
        mask = case.mask.astype(numpy.float16) if case.causal else None
        sizes = (
            case.batch,
            case.heads,
            case.kv_heads,
            case.queries,
            case.keys,
            case.depth,
        )
        ggml = library()
        graph = ggml.makeGraph(
            q.ctypes.data, k.ctypes.data, v.ctypes.data,
            None if mask is None else mask.ctypes.data,
            number, *sizes, self.threads, case.scale,
        )  # fmt: skip
        shape = (case.batch, case.queries, case.heads, case.depth)
        out = memory.view(ggml.resultOf(graph), shape, numpy.float32).swapaxes(1, 2)

        def run(compute=ggml.compute, graph=graph):
            if compute(graph):
                raise RuntimeError("ggml_graph_compute failed")

        return Prepared(run, lambda _: out, (q, k, v, mask))
