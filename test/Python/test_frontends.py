"""ditto.from_jax and ditto.from_onnx, where the packages they need are installed."""

import ditto
import numpy
import pytest


def test_what_is_missing_is_named(monkeypatch):
    import importlib.util

    from ditto import _frontends

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match="pip install --no-deps torch-mlir"):
        _frontends.run_tool("opt", [])


@pytest.fixture
def jax():
    pytest.importorskip("torch_mlir")
    return pytest.importorskip("jax")


def attention(jax, parameters, q, k):
    k = jax.numpy.repeat(k, 4, axis=1)
    scores = jax.nn.softmax(jax.numpy.einsum("bhqd,bhkd->bhqk", q * parameters["scale"], k))
    return {"scores": scores, "tiled": jax.numpy.tile(q, (1, 1, 2, 1))}


def test_jax(jax):
    rng = numpy.random.default_rng(0)
    parameters = {"scale": numpy.float32(0.5)}
    q = rng.standard_normal((1, 8, 3, 4), "f4")
    k = rng.standard_normal((1, 2, 5, 4), "f4")

    def function(*arguments):
        return attention(jax, *arguments)

    expected = function(parameters, q, k)
    compiled = ditto.from_jax(function, parameters, q, k)
    found = compiled(parameters, q, k)
    assert sorted(found) == sorted(expected)
    for name in expected:
        numpy.testing.assert_allclose(found[name], expected[name], rtol=1e-5, atol=1e-6)
    with pytest.raises(TypeError, match="structure"):
        compiled(q, k)
    jax_result = ditto.from_jax(lambda x: x + 1, jax.numpy.ones(3))(jax.numpy.ones(3))
    assert isinstance(jax_result, jax.Array) and jax_result.tolist() == [2, 2, 2]


def test_jax_arrays(jax):
    x = jax.numpy.arange(3.0)
    result = ditto.repeat_interleave(x, 2)
    assert isinstance(result, jax.Array) and result.tolist() == [0, 0, 1, 1, 2, 2]
    half = x.astype("bfloat16")
    result = ditto.repeat(half, 2)
    assert isinstance(result, jax.Array) and result.dtype == half.dtype


def test_jax_function_that_cannot_be_taken(jax):
    with pytest.raises(ditto.Error, match="torch-mlir"):
        ditto.from_jax(lambda x: jax.numpy.linalg.eigvalsh(x), jax.numpy.ones((2, 2)))


def test_onnx(tmp_path):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("torch_mlir")
    value = onnx.helper.make_tensor_value_info
    model = onnx.helper.make_model(
        onnx.helper.make_graph(
            [
                onnx.helper.make_node("Unsqueeze", ["x", "axes"], ["u"]),
                onnx.helper.make_node("Expand", ["u", "wide"], ["e"]),
                onnx.helper.make_node("Reshape", ["e", "shape"], ["y"]),
            ],
            "repeat_kv",
            [value("x", onnx.TensorProto.FLOAT, [1, 2, 5])],
            [value("y", onnx.TensorProto.FLOAT, [1, 6, 5])],
            [
                onnx.numpy_helper.from_array(numpy.array([2], "i8"), "axes"),
                onnx.numpy_helper.from_array(numpy.array([1, 2, 3, 5], "i8"), "wide"),
                onnx.numpy_helper.from_array(numpy.array([1, 6, 5], "i8"), "shape"),
            ],
        ),
        opset_imports=[onnx.helper.make_opsetid("", 17)],
        ir_version=9,
    )
    x = numpy.arange(10, dtype="f4").reshape(1, 2, 5)
    path = tmp_path / "model.onnx"
    onnx.save(model, str(path))
    for source in (model, path):
        found = ditto.from_onnx(source)(x)
        assert found.tolist() == numpy.repeat(x, 3, 1).tolist()
