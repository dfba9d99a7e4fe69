"""PyTorch, eager."""

import numpy

from ..cases import copies
from .contender import Contender, Prepared, Skip


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
        return lambda x: torch.repeat_interleave(x, counts, dim=case.dim, output_size=case.total)
    if isinstance(case, copies.Interleave):
        return lambda x: x.repeat_interleave(case.count, dim=case.dim)
    if isinstance(case, copies.Tile):
        return lambda x: x.repeat(*case.counts)
    return lambda x: x.repeat_interleave(2, dim=-2).repeat_interleave(2, dim=-1)


class AttentionSpellings:
    """The spellings of attention, as functions of q, k and v."""

    def __init__(self, case):
        import torch

        self.case, self.torch = case, torch
        self.q, self.k, self.v = (tensor(case.inputs[name]) for name in "qkv")
        if case.layout == "bshd":
            self.k, self.v = self.k.transpose(1, 2), self.v.transpose(1, 2)
        self.mask = torch.from_numpy(case.mask).to(self.q.dtype) if case.causal else None
        self.sdpa = torch.nn.functional.scaled_dot_product_attention

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
        rows = q.view(case.batch, case.kv_heads, case.group * case.queries, case.depth)
        mask = None if self.mask is None else self.mask.repeat(case.group, 1)
        return attend(rows, k, v, mask, case.scale).view(q.shape)

    def grouped_einsum(self, q, k, v):
        case, einsum = self.case, self.torch.einsum
        groups = q.view(case.batch, case.kv_heads, case.group, case.queries, case.depth)
        scores = einsum("bhgqd,bhsd->bhgqs", groups, k) * case.scale
        if self.mask is not None:
            scores = scores + self.mask
        weights = self.torch.softmax(scores, -1, dtype=self.torch.float32).to(q.dtype)
        return einsum("bhgqs,bhsd->bhgqd", weights, v).reshape(q.shape)

    def sdpa_gqa(self, q, k, v):
        return self.sdpa(q, k, v, is_causal=self.case.causal, enable_gqa=True)

    def sdpa_repeat_kv(self, q, k, v):
        k, v = repeat_kv(k, self.case.group), repeat_kv(v, self.case.group)
        return self.sdpa(q, k, v, is_causal=self.case.causal)


class LayerSpellings:
    """The spellings of a layer, as functions of its inputs."""

    NAMES = ("x", "past_k", "past_v", "cos", "sin")

    def __init__(self, case):
        import torch

        self.case, self.torch = case, torch
        self.given = {name: tensor(values) for name, values in case.inputs.items()}
        self.arguments = [self.given[name] for name in self.NAMES]
        self.mask = torch.from_numpy(case.mask) if case.causal else None

    def rotate(self, x, cos, sin):
        half = x.shape[-1] // 2
        return x * cos + self.torch.cat((-x[..., half:], x[..., :half]), -1) * sin

    def layer(self, attention):
        """The layer around `attention`, a function of q, k and v."""
        case, given, linear = self.case, self.given, self.torch.nn.functional.linear

        def heads(x, weights, count):
            rows = linear(x, given[weights])
            return rows.view(case.batch, case.queries, count, case.depth).transpose(1, 2)

        def run(x, past_k, past_v, cos, sin):
            q = self.rotate(heads(x, "wq", case.heads), cos, sin)
            k = self.rotate(heads(x, "wk", case.kv_heads), cos, sin)
            v = heads(x, "wv", case.kv_heads)
            all_k, all_v = k, v
            if case.past:
                all_k = self.torch.cat((past_k, k), 2)
                all_v = self.torch.cat((past_v, v), 2)
            rows = attention(q, all_k, all_v).transpose(1, 2)
            rows = rows.reshape(case.batch, case.queries, case.heads * case.depth)
            return linear(rows, given["wo"]), k, v

        return run

    def repeat_kv(self, q, k, v):
        k, v = repeat_kv(k, self.case.group), repeat_kv(v, self.case.group)
        return attend(q, k, v, self.mask, self.case.scale)

    def grouped(self, q, k, v):
        case = self.case
        rows = q.reshape(case.batch, case.kv_heads, case.group * case.queries, case.depth)
        mask = None if self.mask is None else self.mask.repeat(case.group, 1)
        return attend(rows, k, v, mask, case.scale).view(q.shape)

    def sdpa_gqa(self, q, k, v):
        sdpa = self.torch.nn.functional.scaled_dot_product_attention
        return sdpa(q, k, v, is_causal=self.case.causal, enable_gqa=True)

    def sdpa_repeat_kv(self, q, k, v):
        k, v = repeat_kv(k, self.case.group), repeat_kv(v, self.case.group)
        sdpa = self.torch.nn.functional.scaled_dot_product_attention
        return sdpa(q, k, v, is_causal=self.case.causal)


class Torch(Contender):
    name = "torch"
    needs = ("torch",)

    def prepare_library(self):
        import torch

        torch.set_num_threads(self.threads)
        torch.set_grad_enabled(False)

    def copies(self, case, mode):
        if not mode.fresh:
            return self.copies_into(case)
        expression, x = copy_expression(case), tensor(case.x)
        result = {"repeat": lambda: Prepared(lambda: expression(x), as_array)}
        if isinstance(case, copies.Interleave):
            result["expand + reshape"] = lambda: Prepared(
                lambda: x.view(case.unsqueezed).expand(case.expanded).reshape(case.result_shape),
                as_array,
            )
        if isinstance(case, copies.Upsample) and case.element in ("f32", "bf16"):
            import torch

            interpolate = torch.nn.functional.interpolate
            result["interpolate"] = lambda: Prepared(
                lambda: interpolate(x, scale_factor=2, mode="nearest"), as_array
            )
        return result

    def copies_into(self, case):
        import torch

        x, out = tensor(case.x), tensor(case.out)
        if isinstance(case, copies.Counted):
            counts = torch.from_numpy(case.counts)

            def select():
                indices = torch.repeat_interleave(counts, output_size=case.total)
                torch.index_select(x, case.dim, indices, out=out)

            return {"index_select(out=)": lambda: Prepared(select, lambda _: case.out)}
        to, source = out.view(case.expanded), x.view(case.unsqueezed).expand(case.expanded)
        return {"copy_(expand)": lambda: Prepared(lambda: to.copy_(source), lambda _: case.out)}

    def attention(self, case, mode):
        ways = AttentionSpellings(case)
        return {
            name: lambda way=getattr(ways, name): Prepared(
                lambda: way(ways.q, ways.k, ways.v), as_array
            )
            for name in (
                "repeat_interleave", "repeat_kv", "grouped", "grouped_einsum", "sdpa_gqa",
                "sdpa_repeat_kv",
            )
        }  # fmt: skip

    def layer(self, case, mode):
        ways = LayerSpellings(case)
        return {
            name: lambda run=ways.layer(getattr(ways, name)): Prepared(
                lambda: run(*ways.arguments), lambda results: as_array(results[0])
            )
            for name in ("repeat_kv", "grouped", "sdpa_gqa", "sdpa_repeat_kv")
        }


class TorchCompiled(Contender):
    """PyTorch through inductor."""

    name = "torch.compile"
    quick = False
    needs = ("torch",)
    prepare_library = Torch.prepare_library

    def compiled(self, function, arguments, result):
        import torch

        torch._dynamo.reset()
        compiled = torch.compile(function, dynamic=False)
        compiled(*arguments)
        return Prepared(lambda: compiled(*arguments), result)

    def copies(self, case, mode):
        x = tensor(case.x)
        expression = copy_expression(case)
        if mode.fresh:
            return {"repeat": lambda: self.compiled(lambda x: expression(x), [x], as_array)}
        out = tensor(case.out)

        def into(x, out):
            if isinstance(case, copies.Counted):
                out.copy_(expression(x))
            else:
                out.view(case.expanded).copy_(x.view(case.unsqueezed).expand(case.expanded))

        return {"copy_": lambda: self.compiled(into, [x, out], lambda _: case.out)}

    def attention(self, case, mode):
        ways = AttentionSpellings(case)
        arguments = [ways.q, ways.k, ways.v]
        result = {
            name: lambda way=getattr(ways, name): self.compiled(way, arguments, as_array)
            for name in ("repeat_kv", "grouped_einsum")
        }
        result["flex_attention"] = lambda: self.flex(case, arguments)
        return result

    def flex(self, case, arguments):
        from torch.nn.attention.flex_attention import create_block_mask, flex_attention

        mask = None
        if case.causal:
            mask = create_block_mask(
                lambda b, h, q, k: q >= k, None, None, case.queries, case.keys, device="cpu"
            )
        return self.compiled(
            lambda q, k, v: flex_attention(q, k, v, block_mask=mask, enable_gqa=True),
            arguments,
            as_array,
        )

    def layer(self, case, mode):
        ways = LayerSpellings(case)
        return {
            name: lambda run=ways.layer(getattr(ways, name)): self.compiled(
                run, ways.arguments, lambda results: as_array(results[0])
            )
            for name in ("repeat_kv", "grouped", "sdpa_gqa")
        }
