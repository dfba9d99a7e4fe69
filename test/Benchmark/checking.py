"""A wrong result is found, whatever is wrong with it.

REQUIRES: numpy
RUN: env PYTHONPATH=%ditto_src %python %s
"""

import unittest

import numpy

from benchmark import elements
from benchmark.cases.attention import Attention
from benchmark.cases.copies import Interleave
from benchmark.checking import WrongResult, check


class Copies(unittest.TestCase):
    def setUp(self):
        self.case = Interleave("small", "", (2, 3), "bf16", 1, 2)
        self.case.load()
        self.reference = self.case.reference()

    def test_right(self):
        self.assertEqual(check(self.case, self.reference, self.reference.copy()), 0)

    def test_one_bit(self):
        wrong = self.reference.copy()
        wrong[1, 5] ^= 1
        with self.assertRaisesRegex(
            WrongResult, "expected equal bits, but 1 bytes differ"
        ):
            check(self.case, self.reference, wrong)

    def test_shape(self):
        with self.assertRaisesRegex(
            WrongResult, r"expected shape \(2, 6\), but found \(12,\)"
        ):
            check(self.case, self.reference, self.reference.reshape(12))


class Arithmetic(unittest.TestCase):
    def setUp(self):
        self.case = Attention("small", 4, 2, keys=8, depth=16, element="bf16")
        self.case.load()
        self.reference = self.case.reference()
        self.rounded = elements.to_bf16(self.reference.astype(numpy.float32))

    def test_right(self):
        error = check(self.case, self.reference, self.rounded)
        self.assertTrue(0 < error < 3e-2)

    def test_too_much(self):
        wrong = elements.to_f32(self.rounded)
        wrong[0, 3, 0, 15] += 0.1
        with self.assertRaisesRegex(WrongResult, "expected at most 0.03 of error"):
            check(self.case, self.reference, elements.to_bf16(wrong))

    def test_not_a_number(self):
        wrong = self.reference.astype(numpy.float32)
        wrong[0, 0, 0, 0] = numpy.nan
        with self.assertRaises(WrongResult):
            check(self.case, self.reference, wrong)

    def test_other_group(self):
        """Heads repeated as a whole instead of in place."""
        q, k, v = (elements.to_f32(self.case.inputs[name]) for name in "qkv")
        scores = q @ numpy.tile(k, (1, 2, 1, 1)).swapaxes(2, 3) * self.case.scale
        weights = numpy.exp(scores) / numpy.exp(scores).sum(-1, keepdims=True)
        with self.assertRaises(WrongResult):
            check(self.case, self.reference, weights @ numpy.tile(v, (1, 2, 1, 1)))


unittest.main()
