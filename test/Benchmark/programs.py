"""What ditto compiles for each kind of case computes the right result.

REQUIRES: numpy
UNSUPPORTED: asan, tsan
RUN: env PYTHONPATH=%ditto_src DITTO_BENCHMARK_BUILD=%ditto_build \
RUN:   DITTO_BENCHMARK_WORK=%t DITTO_BENCHMARK_LLVM=%llvm_tools %python %s
"""

import unittest

from benchmark.cases import copies
from benchmark.cases.attention import Attention
from benchmark.cases.case import FRESH, WARM
from benchmark.cases.layers import Layer
from benchmark.checking import check
from benchmark.contenders.ditto import Ditto, DittoLowerOnly
from benchmark.ir import reassociation


class Programs(unittest.TestCase):
    def compute(self, case, modes=(WARM,), contender=Ditto):
        case.load()
        reference = case.reference()
        for mode in modes:
            for spelling, set_up in contender().spellings(case, mode).items():
                with self.subTest(case=case.name, mode=mode.name, spelling=spelling):
                    ready = set_up()
                    for _ in range(2):
                        value = ready.run()
                        check(case, reference, ready.result(value))
                        del value

    def test_copies(self):
        both = (WARM, FRESH)
        for case in (
            copies.Interleave("inner", "", (3, 5), "f32", 1, 4),
            copies.Interleave("outer", "", (3, 5), "bf16", 0, 2),
            copies.Interleave("flat", "", (3, 5), "i8", None, 3),
            copies.Tile("tile", "", (3, 5), "i64", (2, 3)),
            copies.Tile("row", "", (5,), "f32", (4, 1)),
            copies.Upsample("upsample", "", (2, 3, 5), "i8"),
            copies.Counted("rows", "", (7, 3), "f32", 0, copies.up_to_seven),
            copies.Counted("columns", "", (3, 7), "i8", 1, copies.up_to_seven),
        ):
            self.compute(case, both)

    def test_attention(self):
        shape = dict(heads=4, kv_heads=2, depth=16)
        self.compute(Attention("decode", **shape, keys=9))
        self.compute(Attention("bf16", **shape, keys=9, element="bf16", batch=2))
        self.compute(Attention("bshd", **shape, keys=9, layout="bshd"))
        self.compute(Attention("causal", **shape, queries=5, keys=9, causal=True))
        self.compute(Attention("lowered", **shape, keys=9), contender=DittoLowerOnly)

    def test_layer(self):
        self.compute(Layer("decode", 1, 9))
        self.compute(Layer("prefill", 5, 5))


class Reshapes(unittest.TestCase):
    def test_reassociation(self):
        self.assertEqual(
            reassociation((1, 2, 4, 9, 3), (8, 9, 3)), [[0, 1, 2], [3], [4]]
        )
        self.assertEqual(reassociation((6,), (2, 3, 1)), [[0, 1, 2]])
        self.assertIsNone(reassociation((2, 6), (4, 3)))


unittest.main()
