"""The cases in PyTorch: functions that its contenders run, compile or convert."""

import numpy

from ..cases import copies


def tensor(array):
    import torch

    result = torch.from_numpy(array)
    return result.view(torch.bfloat16) if array.dtype == numpy.uint16 else result


def as_array(result):
    import torch

    if result.dtype == torch.bfloat16:
        return result.contiguous().view(torch.uint16).numpy()
    return result.contiguous().numpy()


def repeat_kv(x, count):
    """As Hugging Face's models write it."""
    batch, heads, length, depth = x.shape
    x = x[:, :, None].expand(batch, heads, count, length, depth)
    return x.reshape(batch, heads * count, length, depth)


def attend(q, k, v, mask, scale):
    import torch

    scores = torch.matmul(q, k.transpose(2, 3)) * scale
    if mask is not None:
        scores = scores + mask
    return torch.matmul(torch.softmax(scores, -1, dtype=torch.float32).to(q.dtype), v)


def copy_expression(case):
    """What a model would say; a function of the input."""
    import torch

    if isinstance(case, copies.Counted):
        counts = torch.from_numpy(case.counts)
        return lambda x: torch.repeat_interleave(
            x, counts, dim=case.dim, output_size=case.total
        )
    if isinstance(case, copies.Interleave):
        return lambda x: x.repeat_interleave(case.count, dim=case.dim)
    if isinstance(case, copies.Tile):
        return lambda x: x.repeat(*case.counts)
    return lambda x: x.repeat_interleave(2, dim=-2).repeat_interleave(2, dim=-1)


class Attention:
    """The spellings of attention, as functions of q, k and v by head."""

    def __init__(self, case):
        import torch

        self.case, self.torch = case, torch
        self.sdpa = torch.nn.functional.scaled_dot_product_attention
        self.mask = None
        if case.causal:
            dtype = torch.bfloat16 if case.element == "bf16" else torch.float32
            self.mask = torch.from_numpy(case.mask).to(dtype)

    def inputs(self):
        q, k, v = (tensor(self.case.inputs[name]) for name in "qkv")
        if self.case.layout == "bshd":
            k, v = k.transpose(1, 2), v.transpose(1, 2)
        return [q, k, v]

    def repeat_interleave(self, q, k, v):
        group = self.case.group
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        return attend(q, k, v, self.mask, self.case.scale)

    def repeat_kv(self, q, k, v):
        k, v = repeat_kv(k, self.case.group), repeat_kv(v, self.case.group)
        return attend(q, k, v, self.mask, self.case.scale)

    def grouped(self, q, k, v):
        """The rows of a group as rows of one product."""
        case = self.case
        rows = (case.batch, case.kv_heads, case.group * case.queries, case.depth)
        mask = None if self.mask is None else self.mask.repeat(case.group, 1)
        return attend(q.reshape(rows), k, v, mask, case.scale).view(q.shape)

    def grouped_einsum(self, q, k, v):
        case, einsum = self.case, self.torch.einsum
        groups = (case.batch, case.kv_heads, case.group, case.queries, case.depth)
        scores = einsum("bhgqd,bhsd->bhgqs", q.view(groups), k) * case.scale
        if self.mask is not None:
            scores = scores + self.mask
        weights = self.torch.softmax(scores, -1, dtype=self.torch.float32).to(q.dtype)
        return einsum("bhgqs,bhsd->bhgqd", weights, v).reshape(q.shape)

    def sdpa_gqa(self, q, k, v):
        return self.sdpa(q, k, v, is_causal=self.case.causal, enable_gqa=True)

    def sdpa_repeat_kv(self, q, k, v):
        k, v = repeat_kv(k, self.case.group), repeat_kv(v, self.case.group)
        return self.sdpa(q, k, v, is_causal=self.case.causal)


class Layer:
    """A layer around a spelling of attention, as a function of `arguments`."""

    NAMES = ("x", "past_k", "past_v", "cos", "sin")

    def __init__(self, case, spelling):
        import torch

        self.case, self.torch = case, torch
        self.attention = getattr(Attention(case), spelling)
        self.given = {name: tensor(values) for name, values in case.inputs.items()}
        self.arguments = [self.given[name] for name in self.NAMES]

    def rotate(self, x, cos, sin):
        half = x.shape[-1] // 2
        return x * cos + self.torch.cat((-x[..., half:], x[..., :half]), -1) * sin

    def heads(self, x, weights, count):
        case = self.case
        rows = self.torch.nn.functional.linear(x, self.given[weights])
        return rows.view(case.batch, case.queries, count, case.depth).transpose(1, 2)

    def __call__(self, x, past_k, past_v, cos, sin):
        case = self.case
        q = self.rotate(self.heads(x, "wq", case.heads), cos, sin)
        k = self.rotate(self.heads(x, "wk", case.kv_heads), cos, sin)
        v = self.heads(x, "wv", case.kv_heads)
        all_k, all_v = k, v
        if case.past:
            all_k, all_v = (
                self.torch.cat((past_k, k), 2),
                self.torch.cat((past_v, v), 2),
            )
        rows = self.attention(q, all_k, all_v).transpose(1, 2)
        rows = rows.reshape(case.batch, case.queries, case.heads * case.depth)
        return self.torch.nn.functional.linear(rows, self.given["wo"]), k, v
