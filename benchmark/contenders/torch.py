"""PyTorch, eager and compiled."""

from ..cases import copies
from .contender import Contender, Prepared
from .torch_spellings import Attention, Layer, as_array, copy_expression, tensor


def first_as_array(results):
    return as_array(results[0])


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
                lambda: (
                    x.view(case.unsqueezed)
                    .expand(case.expanded)
                    .reshape(case.result_shape)
                ),
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
        to, source = (
            out.view(case.expanded),
            x.view(case.unsqueezed).expand(case.expanded),
        )
        return {
            "copy_(expand)": lambda: Prepared(
                lambda: to.copy_(source), lambda _: case.out
            )
        }

    def attention(self, case, mode):
        names = (
            "repeat_interleave", "repeat_kv", "grouped", "grouped_einsum", "sdpa_gqa",
            "sdpa_repeat_kv",
        )  # fmt: skip
        return {name: lambda name=name: self.attend(case, name) for name in names}

    def attend(self, case, spelling):
        ways = Attention(case)
        q, k, v = ways.inputs()
        run = getattr(ways, spelling)
        return Prepared(lambda: run(q, k, v), as_array)

    def layer(self, case, mode):
        names = ("repeat_kv", "grouped", "sdpa_gqa", "sdpa_repeat_kv")
        return {name: lambda name=name: self.run_layer(case, name) for name in names}

    def run_layer(self, case, spelling):
        layer = Layer(case, spelling)
        return Prepared(lambda: layer(*layer.arguments), first_as_array)


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
            return {
                "repeat": lambda: self.compiled(lambda x: expression(x), [x], as_array)
            }
        out = tensor(case.out)

        def into(x, out):
            if isinstance(case, copies.Counted):
                out.copy_(expression(x))
            else:
                out.view(case.expanded).copy_(
                    x.view(case.unsqueezed).expand(case.expanded)
                )

        return {"copy_": lambda: self.compiled(into, [x, out], lambda _: case.out)}

    def attention(self, case, mode):
        ways = Attention(case)
        arguments = ways.inputs()
        result = {
            name: lambda name=name: self.compiled(
                getattr(ways, name), arguments, as_array
            )
            for name in ("repeat_kv", "grouped_einsum")
        }
        result["flex_attention"] = lambda: self.flex(case, arguments)
        return result

    def flex(self, case, arguments):
        from torch.nn.attention.flex_attention import create_block_mask, flex_attention

        mask = None
        if case.causal:
            mask = create_block_mask(
                lambda b, h, q, k: q >= k,
                None,
                None,
                case.queries,
                case.keys,
                device="cpu",
            )
        return self.compiled(
            lambda q, k, v: flex_attention(q, k, v, block_mask=mask, enable_gqa=True),
            arguments,
            as_array,
        )

    def layer(self, case, mode):
        names = ("repeat_kv", "grouped", "sdpa_gqa")
        return {
            name: lambda name=name: self.compiled_layer(case, name) for name in names
        }

    def compiled_layer(self, case, spelling):
        layer = Layer(case, spelling)
        return self.compiled(lambda *xs: layer(*xs), layer.arguments, first_as_array)
