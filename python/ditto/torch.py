"""PyTorch models through ditto: torch.compile(model, backend="ditto") and export.

torch-mlir turns graphs into MLIR; where it is not installed, or cannot take a graph,
the graph runs as PyTorch runs it, with a warning that says why.
"""

import re
import warnings

import torch

from . import _jobs, _native
from ._compile import compile as compile_module

__all__ = ["CannotCompile", "CompiledModel", "FallbackWarning", "backend", "export", "to_mlir"]


class FallbackWarning(UserWarning):
    """Part of a model is run by PyTorch; the message says why."""


class CannotCompile(_native.Error):
    """A graph that torch-mlir or ditto cannot take; the message says why."""


def backend(graph, inputs, **options):
    """The backend "ditto" of torch.compile.

    Graphs run forward only: parts that need gradients are left to PyTorch. A part
    that cannot be compiled gives a FallbackWarning and runs as it is. Options are
    those of ditto.compile.

    >>> model = torch.compile(model, backend="ditto")  # doctest: +SKIP
    """
    from torch._dynamo.backends.common import aot_autograd
    from torch._functorch.aot_autograd import make_boxed_func

    def forward(traced, arguments):
        try:
            return make_boxed_func(compile_graph(traced, options))
        except CannotCompile as error:
            warn(error)
            return make_boxed_func(traced.forward)

    def eager(traced, arguments):
        warn("gradients are PyTorch's: ditto compiles what runs under torch.no_grad()")
        return make_boxed_func(traced.forward)

    try:
        table = decompositions()
    except CannotCompile as error:
        warn(error)
        return graph.forward
    compiler = aot_autograd(
        fw_compiler=eager,
        bw_compiler=lambda traced, arguments: make_boxed_func(traced.forward),
        inference_compiler=forward,
        decompositions=table,
    )
    return compiler(graph, inputs)


# An installed package is found by its entry point, too.
torch._dynamo.register_backend(backend, "ditto")


def warn(reason):
    warnings.warn(f"ditto leaves a graph to PyTorch: {reason}", FallbackWarning, stacklevel=4)


def export(model, args, *, kwargs=None, dynamic_shapes=None, **options):
    """Compiles a whole model, as torch.export sees it.

    model           a torch.nn.Module
    args, kwargs    example inputs, as for torch.export.export
    dynamic_shapes  which extents may vary, as for torch.export.export
    options         those of ditto.compile

    Returns a CompiledModel, to be called as the model is; it has the model's
    parameters as they are in memory, not copies. Raises CannotCompile.
    """
    program, text = export_program(model, args, kwargs, dynamic_shapes)
    return CompiledModel(program, compile_text(text, options))


def to_mlir(model, args, *, kwargs=None, dynamic_shapes=None):
    """The MLIR of a model before ditto has touched it: linalg on tensors, parameters
    first among the arguments. For ditto.optimize and `python -m ditto report`."""
    return export_program(model, args, kwargs, dynamic_shapes)[1]


def export_program(model, args, kwargs, dynamic_shapes):
    table = decompositions()
    with _jobs.Steps(f"ditto: exporting {type(model).__name__}", 3) as steps, torch.no_grad():
        steps.begin("torch.export")
        program = torch.export.export(
            model, tuple(args), kwargs, dynamic_shapes=dynamic_shapes, strict=False
        )
        steps.begin("decompositions")
        program = program.run_decompositions(table)
        mutated = program.graph_signature.buffers_to_mutate
        if mutated:
            raise CannotCompile(f"the model writes to its buffers {', '.join(mutated.values())}")
        steps.begin("torch-mlir")
        return program, to_linalg(program.graph_module, program.graph)


class CompiledModel:
    """A model that ditto has compiled; see export."""

    def __init__(self, program, function):
        self._program = program
        self._function = function
        signature = program.graph_signature
        kinds = torch.export.graph_signature.InputKind
        # In the order of the graph's inputs: tensors of the model, or None for the
        # caller's.
        self._bound = []
        for spec in signature.input_specs:
            if spec.kind in (kinds.PARAMETER, kinds.BUFFER):
                tensors = program.state_dict
                if spec.target not in tensors:
                    tensors = program.constants
                self._bound.append(tensors[spec.target].detach())
            elif spec.kind == kinds.CONSTANT_TENSOR:
                self._bound.append(program.constants[spec.target])
            elif spec.kind == kinds.USER_INPUT:
                self._bound.append(None)
            else:
                raise CannotCompile(f"the model has an input of kind {spec.kind}")

    @torch.no_grad()
    def __call__(self, *args, **kwargs):
        flat, spec = torch.utils._pytree.tree_flatten((args, kwargs))
        expected = self._program.call_spec.in_spec
        if spec != expected:
            raise TypeError(f"expected inputs of the structure {expected}, but got {spec}")
        inputs = iter(flat)
        values = [next(inputs) if tensor is None else tensor for tensor in self._bound]
        results = as_tuple(self._function(*values))
        return torch.utils._pytree.tree_unflatten(results, self._program.call_spec.out_spec)

    def __repr__(self):
        return f"<ditto.torch.CompiledModel {self._function!r}>"


def as_tuple(results):
    return results if isinstance(results, tuple) else (results,)


# ===-- Graphs ---------------------------------------------------------------===


def compile_graph(traced, options):
    """A function of the graph's inputs, which may include numbers."""
    outputs = next(node for node in traced.graph.nodes if node.op == "output").args[0]
    is_tensor = [isinstance(node, torch.fx.Node) for node in outputs]
    # What the graph passes through unchanged, and constants, need no code; aliases of
    # inputs stay aliases then.
    inputs = [node for node in traced.graph.nodes if node.op == "placeholder"]
    computed = [node for node in outputs if isinstance(node, torch.fx.Node) and node not in inputs]
    if any(not isinstance(node.meta.get("val"), torch.Tensor) for node in computed):
        raise CannotCompile("the graph computes sizes that it returns")
    if not computed:
        raise CannotCompile("the graph computes nothing")
    graph = torch.fx.Graph()
    copied = {}
    graph.graph_copy(traced.graph, copied)
    graph.output(tuple(copied[node] for node in computed))
    graph.eliminate_dead_code()
    with _jobs.Steps("ditto: importing a graph", 1) as steps:
        steps.begin("torch-mlir")
        text = to_linalg(traced, graph)
    function = compile_text(text, options)
    positions = {node: i for i, node in enumerate(inputs)}

    def run(*arguments):
        results = iter(as_tuple(function(*map(prepare, arguments))))
        return [
            node if not tensor else arguments[positions[node]] if node in positions else next(results)
            for node, tensor in zip(outputs, is_tensor)
        ]

    return run


def prepare(argument):
    return argument.detach() if isinstance(argument, torch.Tensor) else argument


def compile_text(text, options):
    unknown = sorted(set(re.findall(r"= \"?(tm_tensor\.\w+|torch\.[\w.]+)", text)))
    if unknown:
        raise CannotCompile(f"torch-mlir leaves {', '.join(unknown)}")
    try:
        return compile_module(text, "main", **options)
    except _native.Error as error:
        raise CannotCompile(f"ditto cannot compile it: {error}") from error


def to_linalg(owner, graph):
    """The text of a graph of ATen ops, with constants of `owner`, as linalg on
    tensors, by torch-mlir. Without its locations: they are those of the model's
    source, which many copies share."""
    fx = import_torch_mlir()
    try:
        module = fx.stateless_fx_import(
            torch.fx.GraphModule(owner, graph), output_type="linalg-on-tensors"
        )
    except Exception as error:  # of many classes, from torch-mlir's importer and passes
        found = re.findall(r"error: (.{0,200})", str(error))
        reason = "; ".join(found) or f"{type(error).__name__}: {str(error)[:200]}"
        raise CannotCompile(f"torch-mlir cannot take it: {reason}") from error
    return module.operation.get_asm()


def import_torch_mlir():
    try:
        from torch_mlir import fx
    except ImportError as error:
        raise CannotCompile(
            f"torch-mlir cannot be imported ({error}); pip install --no-deps torch-mlir"
        ) from error
    return fx


def decompositions():
    """torch-mlir's table, and what it lacks: these ops would become ops that no
    dialect of MLIR's own has. linalg's products stay whole, because their dynamic
    extents do not survive being flattened."""
    import_torch_mlir()
    from torch_mlir.extras.fx_decomp_util import get_decomposition_table

    aten = torch.ops.aten
    table = dict(get_decomposition_table())
    for whole in (aten.linear.default, aten.matmul.default):
        table.pop(whole, None)
    table[aten.cumsum.default] = cumsum
    table[aten.index_copy.default] = index_copy
    return table


def cumsum(x, dim, dtype=None):
    """A sum over the elements at or before each index."""
    if x.dtype == torch.bool:
        x = x.to(torch.int64)
    x = (x if dtype is None else x.to(dtype)).movedim(dim, -1)
    index = torch.arange(x.shape[-1], device=x.device)
    before = index[None, :] <= index[:, None]
    zero = torch.zeros((), dtype=x.dtype)
    return torch.where(before, x[..., None, :], zero).sum(-1, dtype=x.dtype).movedim(-1, dim)


def index_copy(x, dim, index, source):
    """A selection, where one index is copied, as a step of decoding does."""
    if index.numel() != 1:
        return NotImplemented
    shape = [1] * x.dim()
    shape[dim] = x.shape[dim]
    place = torch.arange(x.shape[dim], device=x.device).view(shape)
    return torch.where(place == index.view([1] * x.dim()), source, x)
