"""ditto: an object file of ditto-run, linked with ditto's runtime."""

import ctypes

from .. import paths, programs
from ..native import functions, run
from .contender import Contender, Prepared, Skip

WRAPPED = ("alloc", "aligned_alloc", "free")


class Ditto(Contender):
    name = "ditto"
    role = "ditto"
    flags = ()

    def missing(self):
        tool = paths.BUILD / "bin/ditto-run"
        return None if tool.exists() else f"{tool} (build it: utils/benchmark.sh)"

    def build(self, case, text):
        """Compiles a module; returns the library of its functions."""
        work = paths.WORK / self.name.replace(" ", "")
        work.mkdir(parents=True, exist_ok=True)
        module, built, library = (
            work / (case.name + end) for end in (".mlir", ".o", ".so")
        )
        module.write_text(text)
        library.unlink(missing_ok=True)
        threads = [f"--num-threads={self.threads}"] if self.threads > 1 else []
        run(
            paths.BUILD / "bin/ditto-run",
            module,
            "--emit=obj",
            *self.flags,
            *threads,
            "-o",
            built,
        )
        libraries = ["Parallel", "Runtime"] if threads else ["Runtime"]
        runtime = [paths.BUILD / f"lib/Runtime/libDitto{name}.a" for name in libraries]
        openmp = ["-fopenmp"] if threads else []  # OMP_NUM_THREADS is set
        wraps = [f"-Wl,--wrap=_mlir_memref_to_llvm_{name}" for name in WRAPPED]
        run(
            paths.CLANG, "-O2", "-shared", "-fPIC", paths.HERE / "native/caller-memory.c",
            built, *runtime, *wraps, *openmp, "-o", library, "-lm", "-lpthread",
        )  # fmt: skip
        return ctypes.CDLL(str(library))

    def prepare(self, case, text, inputs, ranks, dtype, out=None):
        library = self.build(case, text)
        free, offer = library.freeResult, library.offerMemory
        free.argtypes, free.restype = [ctypes.c_void_p], None
        offer.argtypes, offer.restype = [ctypes.c_void_p, ctypes.c_uint64], None
        call, fields = functions.bind(library, inputs, ranks)
        result = functions.first_result(fields, dtype)
        if out is None:
            offer(None, 0)
            return Prepared(functions.returned(fields, call, free), result)

        offer(out.ctypes.data, out.nbytes)
        call()
        if fields[0].data != out.ctypes.data:
            free(fields[0].allocated)
            raise Skip("the result is not where the caller wanted it")
        free(fields[0].allocated)
        field = fields[0]

        def into():
            call()
            free(field.allocated)

        return Prepared(into, lambda _: out)

    def copies(self, case, mode):
        inputs = list(case.inputs.values())
        out = None if mode.fresh else case.out
        return {
            "ditto ops": lambda: self.prepare(
                case, programs.ditto_copy(case), inputs, [len(case.result_shape)],
                case.out.dtype, out,
            )
        }  # fmt: skip

    def attention(self, case, mode):
        inputs = programs.inputs(case)
        return {
            "repeat_kv": lambda: self.prepare(
                case, programs.attention(case), inputs, [4], case.inputs["q"].dtype
            )
        }

    def layer(self, case, mode):
        inputs = programs.inputs(case)
        return {
            "repeat_kv": lambda: self.prepare(
                case, programs.layer(case), inputs, [3, 4, 4], case.inputs["x"].dtype
            )
        }


class DittoLowerOnly(Ditto):
    """Without ditto-optimize: what is repeated stays repeated."""

    name = "ditto --lower-only"
    role = "stock"
    flags = ("--lower-only",)

    def copies(self, case, mode):
        return {}
