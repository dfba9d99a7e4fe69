"""ditto.compile and ditto.optimize: MLIR in, functions and reports out."""

import os

from . import _jobs, _kinds, _native
from ._report import Report


def compile(
    module,
    entry="",
    *,
    optimize=True,
    raise_broadcasts=True,
    raise_plain_broadcasts=False,
    sink=True,
    fold_into="all",
    cpu="host",
    opt_level=3,
    keep_order=False,
):
    """Compiles a function of an MLIR module, to be called with arrays.

    module      the text of a module, the path of a file (.mlir or .mlirbc), or a
                module of an MLIR of somebody else's (torch-mlir's), which is printed
    entry       the function; its only public one, or @main, if none is named
    optimize    whether repeats are folded away first; ditto.optimize says what the
                four keywords after it are
    cpu         what to compile for: "host" or, for less of it, "generic"
    opt_level   0 to 3, as -O0 to -O3
    keep_order  whether sums of floats are added up in the module's order

    Dialects of the module may be ditto, func, arith, math, complex, linalg, tensor,
    tosa, scf and cf.

    Returns a CompiledFunction. Raises ditto.Error with what is wrong and where,
    TypeError for keywords of other types, OSError for a file that cannot be read,
    and KeyboardInterrupt. Waiting shows progress from the first second on where
    stderr is a terminal; the environment variable DITTO_PROGRESS=0 or 1 decides
    otherwise.

    >>> import numpy
    >>> f = ditto.compile('''
    ... func.func @main(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
    ...   %r = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
    ...   return %r : tensor<?xf32>
    ... }''')
    >>> f(numpy.array([1, 2], "float32"), 2)
    array([1., 2., 1., 2.], dtype=float32)
    """
    text, name = read_module(module)
    options = make_options(
        entry=entry,
        optimize=optimize,
        raise_broadcasts=raise_broadcasts,
        raise_plain_broadcasts=raise_plain_broadcasts,
        sink=sink,
        fold_into=fold_into,
        remark_kept=False,
        cpu=cpu,
        opt_level=opt_level,
        keep_order=keep_order,
    )
    job = _native.CompileJob(text, name, options)
    return CompiledFunction(_jobs.wait(job, f"ditto: compiling {name}"))


def optimize(
    module,
    entry="",
    *,
    report=False,
    lower=False,
    raise_broadcasts=True,
    raise_plain_broadcasts=False,
    sink=True,
    fold_into="all",
):
    """Folds the repeats of a module away, as `ditto-opt --ditto-optimize` does.

    module                  as for ditto.compile
    entry                   the only function to keep, with what it calls; all if
                            none is named
    report                  whether to return a Report, too
    lower                   whether what is left of ditto's ops becomes linalg
    raise_broadcasts        whether broadcasts, tiles, .. become ditto ops; otherwise
                            ditto ops that are there are folded away, and broadcasts
                            that contractions read
    raise_plain_broadcasts  whether broadcasts along dimensions of their own become
                            ditto ops, too
    sink                    whether repeats move below ops that do the same work once
                            per copy
    fold_into               the ops that read what is repeated instead: "nothing",
                            "contractions" or "all"

    Returns the text of the module, or the text and a Report. Raises as
    ditto.compile.
    """
    text, name = read_module(module)
    options = make_options(
        entry=entry,
        raise_broadcasts=raise_broadcasts,
        raise_plain_broadcasts=raise_plain_broadcasts,
        sink=sink,
        fold_into=fold_into,
        remark_kept=report,
    )
    job = _native.OptimizeJob(text, name, options, bool(lower))
    optimized, found = _jobs.wait(job, f"ditto: optimizing {name}")
    return (optimized, Report.from_json(found, name)) if report else optimized


def make_options(**values):
    options = _native.Options()
    for name, value in values.items():
        try:
            setattr(options, name, value)
        except TypeError:
            wanted = type(getattr(options, name)).__name__
            raise TypeError(f"expected {name} to be a {wanted}, but got {value!r}") from None
    return options


class CompiledFunction:
    """A compiled function; threads may call it at the same time.

    Arguments are arrays, as for ditto.repeat, of the element types of the
    signature, and numbers where it has scalars. Arrays without gaps are not
    copied. A result is an array of the class of the first argument that is one;
    results share no memory with arguments. Several come as a tuple.

    Raises TypeError for other numbers and element types of arguments, and
    ditto.Error for other shapes and for run-time errors such as negative counts.
    """

    def __init__(self, function):
        self._function = function

    def __call__(self, *arguments):
        known, restore = [], None
        for i, argument in enumerate(arguments):
            if not isinstance(argument, (int, float)):
                argument, restored = _kinds.to_known(argument, f"@{self.name}: argument {i}")
                restore = restore or restored
            known.append(argument)
        result = self._function(*known)
        if restore is None or restore is _kinds.same:
            return result
        return tuple(map(restore, result)) if isinstance(result, tuple) else restore(result)

    @property
    def name(self):
        return self._function.name

    def __repr__(self):
        return f"<ditto.CompiledFunction {self._function.describe()}>"


def read_module(module):
    """The text or bytecode of a module, and what to call it in messages."""
    if isinstance(module, bytes):
        return module, "<module>"
    if isinstance(module, os.PathLike) or isinstance(module, str) and is_path(module):
        with open(module, "rb") as file:
            return file.read(), os.fspath(module)
    if isinstance(module, str):
        return module.encode(), "<module>"
    operation = getattr(module, "operation", None)
    if not hasattr(operation, "get_asm"):
        raise TypeError(
            f"expected the text of a module, a path or a module of MLIR's Python API, "
            f"but got {type(module).__name__}"
        )
    return operation.get_asm().encode(), "<module>"


def is_path(text):
    return text.endswith((".mlir", ".mlirbc")) and "\n" not in text
