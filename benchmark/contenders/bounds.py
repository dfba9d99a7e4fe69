"""What no program can beat: reading everything once, and multiplying at the peak."""

from ..native import kernels
from .contender import Contender, Prepared, Skip

# Operations of one round of the kernels of peaks.c.
ROUND = {"f32": 16 * 16 * 2, "bf16": 16 * 32 * 2}
PEAKS = {"f32": "multiplyAddF32", "bf16": "multiplyAddBF16"}


class Bounds(Contender):
    name = "bound"
    role = "bound"

    def missing(self):
        return kernels.missing()

    def attention(self, case, mode):
        result = {"multiply-add peak": lambda: self.peak(case)}
        if case.queries == 1:
            arrays = [case.inputs["k"], case.inputs["v"]]
            result["read keys and values once"] = lambda: self.read(arrays)
        return result

    def layer(self, case, mode):
        result = {"multiply-add peak": lambda: self.peak(case)}
        if case.queries == 1:
            names = ("wq", "wk", "wv", "wo", "past_k", "past_v")
            arrays = [case.inputs[name] for name in names]
            result["read weights and cache once"] = lambda: self.read(arrays)
        return result

    def peak(self, case):
        name = PEAKS[case.element]
        if not hasattr(kernels.library(), name):
            raise Skip("no such instruction")
        rounds = max(1, case.flops // ROUND[case.element])
        return Prepared(kernels.bind(name, rounds), None)

    def read(self, arrays):
        reads = [kernels.bind("readAll", array, array.nbytes) for array in arrays]

        def run():
            for read in reads:
                read()

        return Prepared(run, None)
