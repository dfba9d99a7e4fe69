"""JAX functions and ONNX models through ditto, by way of torch-mlir's tools."""

import importlib.util
import os
import subprocess
import sys
import tempfile

from . import _jobs, _native
from ._compile import compile as compile_module

ONNX_TO_LINALG = (
    "builtin.module(torch-onnx-to-torch-backend-pipeline,"
    "torch-backend-to-linalg-on-tensors-backend-pipeline)"
)


def from_jax(function, *args, **options):
    """Compiles a JAX function for arguments like `args`; static shapes, as JAX has them.

    function  what jax.jit takes, or has returned
    args      example arguments: arrays, and trees of them
    options   those of ditto.compile

    Returns a function of the same arguments that gives the same tree of results, as
    arrays of the class of its arguments. Needs jax and torch-mlir. Raises
    ImportError, and ditto.Error for a function that cannot be compiled.
    """
    import jax

    with _jobs.Steps("ditto: loading a function", 2) as steps:
        steps.begin("jax.jit")
        jitted = jax.jit(function, keep_unused=True)
        lowered = jitted.lower(*args)
        shapes = jax.eval_shape(jitted, *args)
        steps.begin("torch-mlir-opt")
        text = run_tool("opt", ["--stablehlo-legalize-to-linalg"], lowered.as_text("stablehlo"))
    compiled = compile_module(text, "main", **options)
    structure, results = jax.tree.structure(args), jax.tree.structure(shapes)

    def call(*args):
        if jax.tree.structure(args) != structure:
            raise TypeError(
                f"expected arguments of the structure {structure}, but got "
                f"{jax.tree.structure(args)}"
            )
        found = compiled(*jax.tree.leaves(args))
        return jax.tree.unflatten(results, found if isinstance(found, tuple) else (found,))

    return call


def from_onnx(model, **options):
    """Compiles an ONNX model, as its path or as an onnx.ModelProto.

    Returns a CompiledFunction of the model's inputs, in their order. Needs onnx and
    torch-mlir. Raises ImportError, OSError for a file that is not there, and
    ditto.Error for a model that cannot be compiled; options are those of
    ditto.compile.
    """
    import onnx

    with _jobs.Steps("ditto: loading a model", 2) as steps, tempfile.TemporaryDirectory() as directory:
        steps.begin("import_onnx")
        if isinstance(model, onnx.ModelProto):
            path = os.path.join(directory, "model.onnx")
            onnx.save(model, path)
        else:
            path = os.fspath(model)
            os.stat(path)
        imported = os.path.join(directory, "model.mlir")
        run_tool("import_onnx", [path, "-o", imported])
        with open(imported) as file:
            text = file.read()
        steps.begin("torch-mlir-opt")
        text = run_tool("opt", [f"--pass-pipeline={ONNX_TO_LINALG}"], text)
    return compile_module(text, **options)


def run_tool(tool, arguments, text=""):
    """What a tool of torch-mlir's prints. In a process of its own: it may abort."""
    if importlib.util.find_spec("torch_mlir") is None:
        raise ImportError("this needs torch-mlir: pip install --no-deps torch-mlir")
    command = [sys.executable, "-m", f"torch_mlir.tools.{tool}", *arguments]
    run = subprocess.run(command, input=text, capture_output=True, text=True)
    if run.returncode:
        errors = [line for line in run.stderr.splitlines() if "error" in line.lower()]
        reason = "; ".join(errors[:3]) or run.stderr.strip()[-300:]
        raise _native.Error(f"torch-mlir cannot take it: {reason}")
    return run.stdout
