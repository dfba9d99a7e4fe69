"""OpenVINO."""

import numpy

from ..cases import copies
from .contender import Contender, Prepared, Skip


class OpenVino(Contender):
    name = "openvino"
    needs = ("openvino",)

    def element_type(self, element):
        import openvino

        return getattr(openvino.Type, element)

    def request(self, model, element):
        import openvino

        options = {
            "INFERENCE_NUM_THREADS": self.threads,
            "NUM_STREAMS": 1,
            "ENABLE_CPU_PINNING": False,
            "INFERENCE_PRECISION_HINT": "bf16" if element == "bf16" else "f32",
            "PERFORMANCE_HINT": "LATENCY",
        }
        return (
            openvino.Core().compile_model(model, "CPU", options).create_infer_request()
        )

    def tensor(self, array, element):
        import openvino

        if element == "bf16":
            return openvino.Tensor(array, list(array.shape), openvino.Type.bf16)
        return openvino.Tensor(array, shared_memory=True)

    # Copies.

    def copies(self, case, mode):
        if mode.fresh:
            return {}
        return {"Broadcast": lambda: self.copy(case)}

    def copy(self, case):
        import openvino
        from openvino import opset13 as ops

        if isinstance(case, copies.Counted):
            raise Skip("no operator has counts")
        x = ops.parameter(list(case.shape), self.element_type(case.element))

        def constant(values):
            return ops.constant(numpy.array(values, numpy.int64))

        if isinstance(case, copies.Tile):
            y = ops.tile(x, constant(case.counts))
        else:
            y = ops.reshape(x, constant(case.unsqueezed), False)
            y = ops.broadcast(y, constant(case.expanded))
            y = ops.reshape(y, constant(case.result_shape), False)
        request = self.request(openvino.Model([ops.result(y)], [x], "m"), case.element)
        source, to = (self.tensor(array, case.element) for array in (case.x, case.out))
        request.set_input_tensor(source)
        request.set_output_tensor(to)

        def run():
            request.infer(share_inputs=True, share_outputs=True)

        return Prepared(run, lambda _: case.out, (source, to))

    # Attention.

    def attention(self, case, mode):
        return {
            name: lambda body=body: self.compiled(case, body)
            for name, body in (
                ("repeat + MatMul", self.repeated),
                ("grouped MatMul", self.grouped),
                ("repeat + SDPA", self.repeated_sdpa),
            )
        }

    def compiled(self, case, body):
        import openvino
        from openvino import opset13 as ops

        kind = self.element_type(case.element)
        q, k, v = parameters = [
            ops.parameter(list(case.inputs[name].shape), kind, name=name)
            for name in "qkv"
        ]
        if case.layout == "bshd":
            k, v = (ops.transpose(x, numpy.array([0, 2, 1, 3])) for x in (k, v))
        model = openvino.Model([body(case, ops, q, k, v)], parameters, "m")
        request = self.request(model, case.element)
        tensors = [self.tensor(case.inputs[name], case.element) for name in "qkv"]
        for index, tensor in enumerate(tensors):
            request.set_input_tensor(index, tensor)
        return Prepared(lambda: request.infer(), self.reader(case, request), tensors)

    def reader(self, case, request):
        def result(_):
            data = numpy.array(request.get_output_tensor(0).data)
            return data.view(numpy.uint16) if case.element == "bf16" else data

        return result

    def attend(self, case, ops, q, k, v, mask):
        kind = self.element_type(case.element)
        scale = ops.constant(numpy.array(case.scale), kind)
        scores = ops.multiply(ops.matmul(q, k, False, True), scale)
        if mask is not None:
            scores = ops.add(
                scores, ops.constant(mask.reshape(1, 1, *mask.shape), kind)
            )
        return ops.matmul(ops.softmax(scores, -1), v, False, False)

    def repeat(self, case, ops, x):
        groups = [case.batch, case.kv_heads, case.group, case.keys, case.depth]
        x = ops.unsqueeze(x, numpy.array([2]))
        x = ops.broadcast(x, numpy.array(groups), broadcast_spec="BIDIRECTIONAL")
        heads = [case.batch, case.heads, case.keys, case.depth]
        return ops.reshape(x, numpy.array(heads), False)

    def repeated(self, case, ops, q, k, v):
        k, v = self.repeat(case, ops, k), self.repeat(case, ops, v)
        return self.attend(case, ops, q, k, v, case.mask)

    def repeated_sdpa(self, case, ops, q, k, v):
        k, v = self.repeat(case, ops, k), self.repeat(case, ops, v)
        return ops.scaled_dot_product_attention(q, k, v, causal=case.causal)

    def grouped(self, case, ops, q, k, v):
        rows = [case.batch, case.kv_heads, case.group * case.queries, case.depth]
        mask = numpy.tile(case.mask, (case.group, 1)) if case.causal else None
        result = self.attend(
            case, ops, ops.reshape(q, numpy.array(rows), False), k, v, mask
        )
        return ops.reshape(result, numpy.array(case.result_shape), False)

    # Layers, through its frontend for PyTorch.

    def layer(self, case, mode):
        return {
            name: lambda name=name: self.converted(case, name)
            for name in ("repeat_kv", "sdpa_repeat_kv")
        }

    def converted(self, case, spelling):
        try:
            import torch
        except ImportError:
            raise Skip("needs torch") from None
        import openvino

        from .torch_spellings import Layer

        torch.set_grad_enabled(False)
        run = Layer(case, spelling)
        arguments = run.arguments

        class WithCache(torch.nn.Module):
            def forward(self, x, past_k, past_v, cos, sin):
                return run(x, past_k, past_v, cos, sin)

        class WithoutCache(torch.nn.Module):
            def forward(self, x, cos, sin):
                return run(x, None, None, cos, sin)

        module = WithCache()
        if not case.past:
            module = WithoutCache()
            arguments = [arguments[0], *arguments[3:]]
        model = openvino.convert_model(
            module.eval(),
            example_input=tuple(arguments),
            input=[a.shape for a in arguments],
        )
        request = self.request(model, "f32")
        tensors = [self.tensor(argument.numpy(), "f32") for argument in arguments]
        for index, tensor in enumerate(tensors):
            request.set_input_tensor(index, tensor)
        return Prepared(
            lambda: request.infer(), self.reader(case, request), (tensors, module)
        )
