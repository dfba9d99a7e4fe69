"""NumPy."""

import numpy

from ..cases import copies
from .contender import Contender, Prepared, Skip


class NumPy(Contender):
    name = "numpy"
    needs = ("numpy",)

    def copies(self, case, mode):
        if mode.fresh:
            return {"repeat": lambda: Prepared(lambda: case.reference(), lambda r: r)}
        if isinstance(case, copies.Counted):
            return {"take(out=)": lambda: self.take(case)}
        return {"copyto": lambda: self.copy(case)}

    def take(self, case):
        rows = numpy.arange(case.shape[case.dim])

        def run():
            indices = numpy.repeat(rows, case.counts)
            numpy.take(case.x, indices, axis=case.dim, out=case.out, mode="clip")

        return Prepared(run, lambda _: case.out)

    def copy(self, case):
        to, source = case.out.reshape(case.expanded), case.x.reshape(case.unsqueezed)
        return Prepared(lambda: numpy.copyto(to, source), lambda _: case.out)

    def attention(self, case, mode):
        return {"repeat": lambda: self.repeated(case)}

    def repeated(self, case):
        if case.element != "f32":
            raise Skip(f"no {case.element}")
        q, k, v = case.inputs["q"], case.by_head("k"), case.by_head("v")
        scale = numpy.float32(case.scale)

        def run():
            scores = q @ numpy.repeat(k, case.group, 1).swapaxes(2, 3) * scale
            if case.causal:
                scores += case.mask
            weights = numpy.exp(scores - scores.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            return weights @ numpy.repeat(v, case.group, 1)

        return Prepared(run, lambda r: r)
