"""Upstream's passes alone: two pipelines that fuse, then loops, then clang -O3."""

import ctypes
import sys

from .. import paths, programs
from ..cases import copies
from ..native import functions, memory, run
from .contender import Contender, Prepared, Skip

sys.path.insert(0, str(paths.ROOT / "test"))
from Models.support.stock import STOCK_A, STOCK_B  # noqa: E402

BUFFERIZE = (
    "empty-tensor-to-alloc-tensor,one-shot-bufferize{bufferize-function-boundaries "
    "function-boundary-type-conversion=identity-layout-map}"
)
# Public functions are skipped unless one says so.
INTO_CALLERS = (
    "buffer-results-to-out-params{hoist-static-allocs modify-public-functions}"
)
TO_LLVM = (
    "buffer-deallocation-pipeline,convert-linalg-to-loops,expand-strided-metadata,"
    "lower-affine,convert-scf-to-cf,convert-math-to-llvm,convert-math-to-libm,"
    "finalize-memref-to-llvm,convert-arith-to-llvm,convert-func-to-llvm,convert-cf-to-llvm,"
    "reconcile-unrealized-casts"
)
# More operations than this take seconds in scalar loops.
TOO_MANY = 10e9


class StockA(Contender):
    name = "stock A"
    role = "stock"
    pipeline = STOCK_A

    def missing(self):
        tools = (
            paths.LLVM / "mlir-opt",
            paths.LLVM / "mlir-translate",
            paths.LLVM / "clang",
        )
        return next((str(tool) for tool in tools if not tool.exists()), None)

    def build(self, case, text, into_callers):
        work = paths.WORK / self.name.replace(" ", "-")
        work.mkdir(parents=True, exist_ok=True)
        stem = case.name + ("" if into_callers else "_fresh")
        module, lowered, llvm, library = (
            work / (stem + end) for end in (".mlir", ".lowered.mlir", ".ll", ".so")
        )
        module.write_text(text)
        library.unlink(missing_ok=True)
        parts = [
            self.pipeline,
            BUFFERIZE,
            *([INTO_CALLERS] if into_callers else []),
            TO_LLVM,
        ]
        pipeline = f"--pass-pipeline=builtin.module({','.join(parts)})"
        run(paths.LLVM / "mlir-opt", module, pipeline, "-o", lowered)
        run(paths.LLVM / "mlir-translate", "--mlir-to-llvmir", lowered, "-o", llvm)
        libraries = paths.LLVM.parent / "lib"
        run(
            paths.CLANG, "-O3", "-march=native", "-w", "-shared", "-fPIC", llvm,
            "-o", library, f"-L{libraries}", f"-Wl,-rpath,{libraries}",
            "-lmlir_c_runner_utils", "-lm",
        )  # fmt: skip
        return ctypes.CDLL(str(library))

    def into(self, case, text, inputs, outs):
        library = self.build(case, text, into_callers=True)
        call, _ = functions.bind(library, [*inputs, *outs])
        return Prepared(call, lambda _: outs[0])

    def returned(self, case, text, inputs, rank, dtype):
        library = self.build(case, text, into_callers=False)
        call, fields = functions.bind(library, inputs, [rank])
        run_it = functions.returned(fields, call, memory.LIBC.free)
        return Prepared(run_it, functions.first_result(fields, dtype))

    def copies(self, case, mode):
        return {"broadcast": lambda: self.copy(case, mode)}

    def copy(self, case, mode):
        if isinstance(case, copies.Counted):
            raise Skip("no upstream op has counts")
        text, rank = programs.broadcast_copy(case), len(case.result_shape)
        if mode.fresh:
            return self.returned(case, text, [case.x], rank, case.out.dtype)
        return self.into(case, text, [case.x], [case.out])

    def attention(self, case, mode):
        inputs = programs.inputs(case)
        return {
            "repeat_kv": lambda: self.compute(case, programs.attention(case), inputs)
        }

    def layer(self, case, mode):
        inputs = programs.inputs(case)
        return {"repeat_kv": lambda: self.compute(case, programs.layer(case), inputs)}

    def compute(self, case, text, inputs):
        import numpy

        if case.flops > TOO_MANY:
            raise Skip("seconds per call")
        shapes = [case.result_shape]
        if case.kind == "layer":
            shapes += 2 * [(case.batch, case.kv_heads, case.queries, case.depth)]
        outs = [numpy.zeros(shape, inputs[0].dtype) for shape in shapes]
        return self.into(case, text, inputs, outs)


class StockB(StockA):
    name = "stock B"
    pipeline = f"{STOCK_B},{STOCK_A}"
