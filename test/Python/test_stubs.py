"""The type stubs say what there is."""

import ast
import inspect
import pathlib

import ditto
import pytest

PACKAGE = pathlib.Path(ditto.__file__).parent


def read_stub(name):
    """Names of a stub, with the names of parameters of its functions."""
    found = {}
    for node in ast.parse((PACKAGE / name).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            names = [a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
            found.setdefault(node.name, []).append((names, [a.arg for a in arguments.kwonlyargs]))
        elif isinstance(node, ast.ClassDef):
            found[node.name] = [n.name for n in node.body if isinstance(n, ast.FunctionDef)]
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = None
    return found


def test_every_public_name_is_in_the_stub():
    assert set(ditto.__all__) <= set(read_stub("__init__.pyi"))
    assert (PACKAGE / "py.typed").exists()


@pytest.mark.parametrize("module", ["ditto", "ditto.torch"])
def test_parameters_are_those_of_the_functions(module):
    pytest.importorskip("torch") if module == "ditto.torch" else None
    module = __import__(module, fromlist=["x"])
    stub = read_stub("__init__.pyi" if module is ditto else "torch.pyi")
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value):
            for method in stub[name]:
                assert hasattr(value, method), (name, method)
        elif inspect.isfunction(value):
            parameters = inspect.signature(value).parameters.values()
            named = [p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
            only = [p.name for p in parameters if p.kind == p.KEYWORD_ONLY]
            for names, keyword_only in stub[name]:
                assert (names, keyword_only) == (named, only), name


def test_signatures_of_the_extension_agree():
    stub = read_stub("__init__.pyi")
    for name in ("repeat", "repeat_interleave"):
        signature = inspect.signature(eval(f"lambda {signature_of(name)}: 0"))
        known = set(signature.parameters)
        assert all(set(names) <= known | {"sizes"} for names, _ in stub[name])


def signature_of(name):
    """What is between the parentheses of the first line of the docstring."""
    line = getattr(ditto, name).__doc__.splitlines()[0]
    return line[line.index("(") + 1 : line.rindex(")")]


def test_docstrings():
    for name in ("repeat", "repeat_interleave", "compile", "optimize", "from_jax", "from_onnx"):
        text = getattr(ditto, name).__doc__
        assert "Raises" in text and "Returns" in text, name
