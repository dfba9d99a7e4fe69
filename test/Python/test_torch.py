"""ditto.repeat and ditto.repeat_interleave on PyTorch tensors, beside PyTorch's own."""

import ditto
import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

TYPES = [
    *(torch.bool, torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8),
    *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
    *(torch.complex64, torch.complex128, torch.uint16, torch.uint32, torch.uint64),
    *(torch.float8_e4m3fn, torch.float8_e5m2, torch.float8_e8m0fnu),
]
counts_of = st.integers(0, 4)


def fill(shape, dtype):
    size = int(torch.tensor(shape).prod()) * dtype.itemsize if shape else dtype.itemsize
    generator = torch.Generator().manual_seed(size)
    bits = torch.randint(0, 2 if dtype == torch.bool else 256, (size,), dtype=torch.uint8, generator=generator)
    return bits.view(dtype).reshape(shape)


def bits(x):
    return x.contiguous().flatten().view(torch.uint8).tolist(), tuple(x.shape), x.dtype


@st.composite
def tensors(draw):
    x = fill(draw(st.lists(st.integers(0, 7), max_size=4)), draw(st.sampled_from(TYPES)))
    if x.ndim:
        x = x.permute(draw(st.permutations(range(x.ndim))))
        x = x[tuple(slice(None, None, draw(st.sampled_from([1, 1, 2, 3]))) for _ in range(x.ndim))]
    if draw(st.integers(0, 4)) == 0:
        x = x.expand(2, *x.shape)
    return x


def agree(ours, theirs):
    """Both give the same tensor, or both raise."""
    try:
        expected = theirs()
    except NotImplementedError:  # for an element type
        return None
    except (RuntimeError, IndexError, TypeError):
        with pytest.raises((RuntimeError, IndexError, TypeError)):
            ours()
        return None
    result = ours()
    assert type(result) is torch.Tensor
    assert bits(result) == bits(expected)
    return expected


@given(st.data())
def test_repeat(data):
    x = data.draw(tensors())
    low = max(0, x.ndim - 1)
    sizes = data.draw(st.lists(st.integers(-1, 4), min_size=low, max_size=x.ndim + 2))
    if any(size < 0 for size in sizes):  # PyTorch takes some where there are no elements
        with pytest.raises(ditto.Error):
            ditto.repeat(x, sizes)
        return
    expected = agree(lambda: ditto.repeat(x, sizes), lambda: x.repeat(sizes))
    if expected is not None:
        out = torch.empty_like(expected)
        assert ditto.repeat(x, sizes, out=out) is out and bits(out) == bits(expected)


@given(st.data())
def test_interleave(data):
    x = data.draw(tensors())
    dim = data.draw(st.none() | st.integers(-x.ndim - 1, x.ndim))
    extent = x.numel() if dim is None else x.shape[dim] if -x.ndim <= dim < x.ndim else 1
    repeats = data.draw(
        st.integers(-1, 4)
        | st.lists(st.integers(0, 3), min_size=extent, max_size=extent).map(
            lambda c: torch.tensor(c, dtype=torch.int64)
        )
        | st.lists(st.integers(-1, 3), max_size=4).map(lambda c: torch.tensor(c, dtype=torch.int32))
        | st.integers(0, 3).map(torch.tensor)
    )
    if (torch.as_tensor(repeats) < 0).any():
        with pytest.raises((ditto.Error, IndexError)):  # PyTorch does not look at all of them
            ditto.repeat_interleave(x, repeats, dim)
        return
    size = data.draw(st.none() | st.integers(0, 12))
    # PyTorch looks at the size of an output with per-element counts only if it
    # needs it, and never reads the counts of an empty tensor.
    if size is not None and x.numel() == 0:
        size = None
    expected = agree(
        lambda: ditto.repeat_interleave(x, repeats, dim, output_size=size),
        lambda: torch.repeat_interleave(x, repeats, dim, output_size=size),
    )
    if expected is not None:
        out = torch.empty_like(expected)
        assert ditto.repeat_interleave(x, repeats, dim, out=out) is out
        assert bits(out) == bits(expected)


def test_examples_of_pytorchs_documentation():
    x = torch.tensor([1, 2, 3])
    assert ditto.repeat(x, 4, 2).tolist() == x.repeat(4, 2).tolist()
    assert ditto.repeat(x, 4, 2, 1).size() == torch.Size([4, 2, 3])
    assert ditto.repeat_interleave(x, 2).tolist() == [1, 1, 2, 2, 3, 3]
    y = torch.tensor([[1, 2], [3, 4]])
    for arguments, options in [
        ((y, 2), {}),
        ((y, 3), {"dim": 1}),
        ((y, torch.tensor([1, 2])), {"dim": 0}),
        ((y, torch.tensor([1, 2])), {"dim": 0, "output_size": 3}),
        ((torch.tensor([1, 2, 3]),), {}),
        ((torch.tensor([1, 2, 3]),), {"output_size": 6}),
    ]:
        ours = ditto.repeat_interleave(*arguments, **options)
        assert bits(ours) == bits(torch.repeat_interleave(*arguments, **options))


def test_the_heads_of_grouped_query_attention():
    """repeat_kv of the attention tutorials, with torch's function replaced."""
    keys = torch.randn(2, 4, 5, 8)
    ours = ditto.repeat_interleave(keys, 3, dim=1)
    assert torch.equal(ours, torch.repeat_interleave(keys, 3, dim=1))
    batch, heads, length, width = keys.shape
    hugging_face = keys[:, :, None].expand(batch, heads, 3, length, width)
    assert torch.equal(ours, hugging_face.reshape(batch, heads * 3, length, width))
    assert not torch.equal(ditto.repeat(keys, 1, 3, 1, 1), ours)


X = torch.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: ditto.repeat(X.requires_grad_(), 2, 1), ditto.Error, "x requires grad"),
        (lambda: ditto.repeat(torch.nn.Parameter(torch.zeros(1)), 2), ditto.Error, "x requires grad"),
        (lambda: ditto.repeat(torch.zeros(2, device="meta"), 2), ditto.Error, "device meta"),
        (lambda: ditto.repeat(torch.zeros(2).to_sparse(), 2), (TypeError, RuntimeError), ""),
        (lambda: ditto.repeat(torch.zeros(2), 2, out=torch.zeros(3)), ditto.Error, r"shape \(3,\)"),
        (lambda: ditto.repeat(torch.zeros(2), 2, out=torch.zeros(4, dtype=torch.int32)), TypeError, "torch.int32"),
        (lambda: ditto.repeat(torch.zeros(2), 2, out=torch.zeros(1).expand(4)), ditto.Error, "several indices"),
        (lambda: ditto.repeat(torch.zeros(2), 2, out=__import__("numpy").zeros(4, "f4")), TypeError, "ndarray"),
        (lambda: ditto.repeat_interleave(torch.zeros(2), [1, 2]), TypeError, "list"),
        (lambda: ditto.repeat_interleave(torch.zeros(2), torch.tensor([1, 2], dtype=torch.int16)), TypeError, "int16"),
        (lambda: ditto.repeat(torch.randn(2, dtype=torch.complex64).conj(), 2), ditto.Error, "resolve_conj"),
        (lambda: ditto.repeat(torch.randn(2, dtype=torch.complex64).conj().imag, 2), ditto.Error, "resolve_neg"),
    ],
)
def test_errors(call, error, message):
    with pytest.raises(error, match=message or None):
        call()


def test_grad_is_fine_where_it_is_off():
    x = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        assert ditto.repeat(x, 2).tolist() == [1, 1, 1, 1]
    assert ditto.repeat(x.detach(), 2).requires_grad is False


def test_parameters_and_numpy_counts():
    with torch.no_grad():
        parameter = torch.nn.Parameter(torch.ones(2))
        assert type(ditto.repeat(parameter, 2)) is torch.Tensor
    counts = __import__("numpy").array([2, 0])
    assert ditto.repeat_interleave(torch.tensor([1, 2]), counts).tolist() == [1, 1]


def test_results_are_zero_copy_inputs_to_others():
    x = ditto.repeat(torch.arange(1 << 20), 4)
    assert x.numpy().__array_interface__["data"][0] == x.data_ptr()


def test_large_results():
    x = torch.arange(1 << 20, dtype=torch.int32).reshape(1024, 1024).T
    live = ditto._native.live_bytes()
    result = ditto.repeat_interleave(x, 3, 0)
    assert torch.equal(result, x.repeat_interleave(3, 0))
    assert ditto._native.live_bytes() == live + (12 << 20)
    half = ditto.repeat(x.to(torch.bfloat16), 3, 1)
    assert torch.equal(half, x.to(torch.bfloat16).repeat(3, 1))
    del result, half
    assert ditto._native.live_bytes() == live
