"""The examples of docs/Python.md and of docstrings are what they say."""

import doctest
import os
import pathlib

import ditto
import numpy
import pytest

SOURCE = pathlib.Path(os.environ.get("DITTO_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run(text, name, **names):
    test = doctest.DocTestParser().get_doctest(
        text, {"ditto": ditto, "numpy": numpy, **names}, name, name, 0
    )
    assert test.examples, name
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test)
    assert result.failed == 0


@pytest.mark.parametrize("name", ["repeat", "repeat_interleave", "compile"])
def test_docstrings(name):
    run(getattr(ditto, name).__doc__, name)


def sections():
    """The page's sections with examples, and the packages that they need."""
    text = (SOURCE / "docs/Python.md").read_text()
    for section in text.split("\n## ")[1:]:
        title = section.splitlines()[0]
        blocks = [b.split("```")[0] for b in section.split("```pycon\n")[1:]]
        if blocks:
            needs = [p for p in ("torch_mlir", "torch", "jax", "ml_dtypes") if p in "".join(blocks)]
            yield pytest.param("\n".join(blocks), needs, id=title)


@pytest.mark.parametrize("text, needs", list(sections()))
def test_page(text, needs, monkeypatch):
    for package in needs:
        pytest.importorskip(package)
    monkeypatch.chdir(SOURCE)
    run(text, "Python.md")
