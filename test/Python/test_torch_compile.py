"""torch.compile(backend="ditto") and ditto.torch.export, where torch-mlir is installed."""

import sys
import warnings

import ditto
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("torch_mlir")
import ditto.torch  # noqa: E402


@pytest.fixture(autouse=True)
def forget():
    """Graphs of one test are none of another's; a fallback is an error unless expected."""
    torch._dynamo.reset()
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ditto.torch.FallbackWarning)
        yield


def virtual():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0])


class Attention(torch.nn.Module):
    """Grouped-query attention: eight heads of queries, two of keys and values."""

    def __init__(self):
        super().__init__()
        self.query = torch.nn.Linear(16, 32)
        self.key = torch.nn.Linear(16, 8)
        self.value = torch.nn.Linear(16, 8)

    def forward(self, x):
        batch, length, _ = x.shape
        q = self.query(x).view(batch, length, 8, 4).transpose(1, 2)
        k = self.key(x).view(batch, length, 2, 4).transpose(1, 2)
        v = self.value(x).view(batch, length, 2, 4).transpose(1, 2)
        k = k.repeat_interleave(4, dim=1)
        v = v.repeat_interleave(4, dim=1)
        scores = torch.softmax(q @ k.transpose(-1, -2) / 2, dim=-1)
        return (scores @ v).transpose(1, 2).reshape(batch, length, 32)


@torch.no_grad()
def test_compile_static_then_dynamic():
    model = Attention()
    compiled = torch.compile(model, backend="ditto")
    for length in (5, 7, 9, 30):
        x = torch.randn(2, length, 16)
        torch.testing.assert_close(compiled(x), model(x))


@torch.no_grad()
def test_calls_use_memory_again():
    live = ditto._native.live_bytes()
    compiled = torch.compile(torch.nn.Linear(16, 2560), backend="ditto")
    x = torch.randn(4096, 16)
    compiled(x), compiled(x)
    result = compiled(x)
    mapped = virtual()
    del result
    assert ditto._native.live_bytes() == live
    # Kept for the next call, though malloc would not.
    assert virtual() == mapped
    result = compiled(x)
    assert virtual() == mapped


@torch.no_grad()
def test_parameters_are_not_copied():
    model = Attention()
    compiled = torch.compile(model, backend="ditto")
    exported = ditto.torch.export(model, (torch.randn(1, 3, 16),))
    x = torch.randn(1, 3, 16)
    compiled(x)
    model.query.weight.mul_(2)
    torch.testing.assert_close(compiled(x), model(x))
    torch.testing.assert_close(exported(x), model(x))


def test_export():
    model = Attention()
    length = torch.export.Dim("length", min=2, max=64)
    x = torch.randn(2, 5, 16)
    exported = ditto.torch.export(model, (x,), dynamic_shapes=({1: length},))
    for n in (2, 5, 33):
        x = torch.randn(2, n, 16)
        torch.testing.assert_close(exported(x), model(x).detach())
    with pytest.raises(TypeError, match="structure"):
        exported(x, x)


def test_report_of_an_exported_model():
    text = ditto.torch.to_mlir(Attention(), (torch.randn(2, 5, 16),))
    _, report = ditto.optimize(text, report=True)
    assert [repeat.outcome for repeat in report.repeats] == ["removed", "removed"]
    assert report.bytes_before == 2 * 4 * 2 * 8 * 5 * 4 and report.bytes_after == 0


def test_gradients_fall_back_and_are_right():
    model = Attention()
    compiled = torch.compile(model, backend="ditto")
    x = torch.randn(1, 3, 16, requires_grad=True)
    with pytest.warns(ditto.torch.FallbackWarning, match="gradients are PyTorch's"):
        compiled(x).sum().backward()
    expected = torch.autograd.grad(model(x).sum(), x)[0]
    torch.testing.assert_close(x.grad, expected)


@torch.no_grad()
def test_what_cannot_be_taken_falls_back_with_a_reason():
    def function(x):
        return torch.linalg.eigvalsh(x @ x.T)

    x = torch.randn(3, 3)
    with pytest.warns(ditto.torch.FallbackWarning, match="torch-mlir cannot take it"):
        result = torch.compile(function, backend="ditto")(x)
    torch.testing.assert_close(result, function(x))
    with pytest.raises(ditto.torch.CannotCompile):
        ditto.torch.export(Eigenvalues(), (x,))


class Eigenvalues(torch.nn.Module):
    def forward(self, x):
        return torch.linalg.eigvalsh(x)


@torch.no_grad()
def test_without_torch_mlir(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch_mlir", None)
    with pytest.warns(ditto.torch.FallbackWarning, match="pip install"):
        result = torch.compile(lambda x: x + 1, backend="ditto")(torch.ones(2))
    assert result.tolist() == [2, 2]


@torch.no_grad()
def test_outputs_that_are_inputs_and_constants():
    def function(x, flag):
        return x, x + 1, 3, None if flag else x

    x = torch.ones(2)
    same, more, three, nothing = torch.compile(function, backend="ditto")(x, True)
    assert same is x and more.tolist() == [2, 2] and three == 3 and nothing is None


@torch.no_grad()
def test_changes_of_inputs_are_made():
    def function(x):
        x.mul_(2)
        return x + 1

    x = torch.ones(2)
    assert torch.compile(function, backend="ditto")(x).tolist() == [3, 3]
    assert x.tolist() == [2, 2]


# ===-- Hugging Face ---------------------------------------------------------===


def make_model(kind, **options):
    transformers = pytest.importorskip("transformers")
    config = transformers.AutoConfig.for_model(
        kind,
        **dict(vocab_size=56, hidden_size=48, intermediate_size=40, num_hidden_layers=2),
        **dict(num_attention_heads=6, num_key_value_heads=2, max_position_embeddings=64),
        **dict(pad_token_id=0, bos_token_id=1, eos_token_id=2, **options),
    )
    return transformers.AutoModelForCausalLM.from_config(
        config, attn_implementation="eager"
    ).eval()


@torch.no_grad()
@pytest.mark.parametrize("kind, options", [("llama", {}), ("qwen2", {}), ("gemma", {"head_dim": 8})])
def test_language_models(kind, options):
    model = make_model(kind, **options)
    compiled = torch.compile(model, backend="ditto")
    for length in (5, 7, 12):
        ids = torch.randint(3, 56, (1, length))
        inputs = dict(attention_mask=torch.ones_like(ids), use_cache=False)
        torch.testing.assert_close(compiled(ids, **inputs).logits, model(ids, **inputs).logits)


@torch.no_grad()
def test_decoding_with_a_cache():
    model = make_model("llama")
    compiled = torch.compile(model, backend="ditto")
    ids = torch.randint(3, 56, (1, 5))
    expected, found = model(ids, use_cache=True), compiled(ids, use_cache=True)
    for _ in range(4):
        torch.testing.assert_close(found.logits, expected.logits)
        token = expected.logits[:, -1:].argmax(-1)
        expected = model(token, past_key_values=expected.past_key_values, use_cache=True)
        found = compiled(token, past_key_values=found.past_key_values, use_cache=True)
    torch.testing.assert_close(found.logits, expected.logits)
