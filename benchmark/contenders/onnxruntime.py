"""ONNX Runtime. Its CPU provider has no bf16 attention: f16 stands in for it, which holds
the same values here to well within the tolerance."""

import numpy

from .. import elements
from ..cases import copies
from .contender import Contender, Prepared, Skip


class OnnxRuntime(Contender):
    name = "onnxruntime"
    needs = ("onnxruntime", "onnx")

    def session(self, nodes, inputs, outputs, constants=(), opset=18, contrib=False):
        """`inputs` and `outputs`: type and shape by name."""
        import onnxruntime
        from onnx import helper

        def infos(values):
            return [
                helper.make_tensor_value_info(n, t, s) for n, (t, s) in values.items()
            ]

        graph = helper.make_graph(
            nodes, "g", infos(inputs), infos(outputs), list(constants)
        )
        opsets = [helper.make_opsetid("", opset)]
        if contrib:
            opsets.append(helper.make_opsetid("com.microsoft", 1))
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=11 if opset > 21 else 10
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self.threads, 1
        options.log_severity_level = 4
        return onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def bound(self, session, inputs, outputs, shared=None):
        """A call with everything bound; `shared` names outputs that are inputs."""
        import onnxruntime

        binding, values = session.io_binding(), {}
        for name, array in inputs.items():
            values[name] = onnxruntime.OrtValue.ortvalue_from_numpy(array)
            binding.bind_ortvalue_input(name, values[name])
        for name in outputs:
            if shared and name in shared:
                binding.bind_ortvalue_output(name, values[shared[name]])
            else:
                binding.bind_output(name, "cpu")

        def run(session=session, binding=binding, _keep=(values, inputs)):
            session.run_with_iobinding(binding)
            return binding

        return run

    # Copies.

    def copies(self, case, mode):
        if isinstance(case, copies.Counted):
            return {"-": lambda: self.no_counts()}
        spelling = "Tile" if self.is_tile(case) else "Expand"
        return {spelling: lambda: self.copy(case, mode)}

    def no_counts(self):
        raise Skip("no operator has counts")

    def is_tile(self, case):
        return isinstance(case, copies.Tile) and len(case.counts) == len(case.shape)

    def copy_session(self, case):
        from onnx import TensorProto, helper

        types = {
            "f32": TensorProto.FLOAT,
            "bf16": TensorProto.BFLOAT16,
            "i8": TensorProto.INT8,
            "i64": TensorProto.INT64,
        }

        def constant(name, values):
            return helper.make_tensor(
                name, TensorProto.INT64, [len(values)], list(values)
            )

        if self.is_tile(case):
            nodes = [helper.make_node("Tile", ["x", "counts"], ["y"])]
            constants = [constant("counts", case.counts)]
        else:
            nodes = [
                helper.make_node("Reshape", ["x", "unsqueezed"], ["a"]),
                helper.make_node("Expand", ["a", "expanded"], ["b"]),
                helper.make_node("Reshape", ["b", "shape"], ["y"]),
            ]
            constants = [
                constant("unsqueezed", case.unsqueezed),
                constant("expanded", case.expanded),
                constant("shape", case.result_shape),
            ]
        element = types[case.element]
        inputs, outputs = (
            {"x": (element, case.shape)},
            {"y": (element, case.result_shape)},
        )
        return self.session(nodes, inputs, outputs, constants)

    def copy(self, case, mode):
        import onnxruntime

        session = self.copy_session(case)
        if mode.fresh:
            return Prepared(lambda: session.run(None, {"x": case.x})[0], lambda r: r)
        binding, x = (
            session.io_binding(),
            onnxruntime.OrtValue.ortvalue_from_numpy(case.x),
        )
        binding.bind_ortvalue_input("x", x)
        address = case.out.ctypes.data
        binding.bind_output(
            "y", "cpu", 0, case.out.dtype, list(case.result_shape), address
        )
        return Prepared(
            lambda: session.run_with_iobinding(binding), lambda _: case.out, x
        )

    # Attention.

    def attention(self, case, mode):
        result = {"Expand": lambda: self.expanded(case)}
        if case.layout == "bhsd":
            result["Attention"] = lambda: self.attention_operator(case)
            if case.queries == 1 or case.causal:
                result["GroupQueryAttention"] = lambda: self.group_query_attention(case)
        return result

    def float_type(self, case):
        from onnx import TensorProto

        if case.element == "f32":
            return TensorProto.FLOAT, numpy.float32
        return TensorProto.FLOAT16, numpy.float16

    def values(self, case, name):
        return elements.to_f32(case.inputs[name]).astype(self.float_type(case)[1])

    def note(self, case):
        return "" if case.element == "f32" else "f16"

    def computed(self, case, run, result):
        return Prepared(
            run,
            lambda binding: result(
                binding.copy_outputs_to_cpu()[0].astype(numpy.float32)
            ),
            note=self.note(case),
        )

    def expanded(self, case):
        from onnx import helper, numpy_helper

        kind, dtype = self.float_type(case)
        groups = [case.batch, case.kv_heads, case.group, case.keys, case.depth]
        heads = [case.batch, case.heads, case.keys, case.depth]
        constants = [
            numpy_helper.from_array(numpy.array(v, t), n)
            for n, v, t in (
                ("axis", [2], numpy.int64),
                ("groups", groups, numpy.int64),
                ("heads", heads, numpy.int64),
                ("scale", case.scale, dtype),
            )
        ]
        nodes = []

        def node(operator, inputs, **attributes):
            out = f"v{len(nodes)}"
            nodes.append(helper.make_node(operator, inputs, [out], **attributes))
            return out

        def repeated(x):
            if case.layout == "bshd":
                x = node("Transpose", [x], perm=[0, 2, 1, 3])
            x = node("Expand", [node("Unsqueeze", [x, "axis"]), "groups"])
            return node("Reshape", [x, "heads"])

        keys = node("Transpose", [repeated("k")], perm=[0, 1, 3, 2])
        scores = node("Mul", [node("MatMul", ["q", keys]), "scale"])
        if case.causal:
            constants.append(numpy_helper.from_array(case.mask.astype(dtype), "mask"))
            scores = node("Add", [scores, "mask"])
        weights = node("Softmax", [scores], axis=-1)
        nodes.append(helper.make_node("MatMul", [weights, repeated("v")], ["o"]))
        inputs = {name: (kind, case.inputs[name].shape) for name in "qkv"}
        session = self.session(
            nodes, inputs, {"o": (kind, case.result_shape)}, constants
        )
        run = self.bound(
            session, {name: self.values(case, name) for name in "qkv"}, ["o"]
        )
        return self.computed(case, run, lambda r: r)

    def attention_operator(self, case):
        from onnx import helper

        kind, _ = self.float_type(case)
        node = helper.make_node(
            "Attention",
            ["q", "k", "v"],
            ["o"],
            scale=case.scale,
            is_causal=int(case.causal),
        )
        inputs = {name: (kind, case.inputs[name].shape) for name in "qkv"}
        session = self.session(
            [node], inputs, {"o": (kind, case.result_shape)}, opset=23
        )
        run = self.bound(
            session, {name: self.values(case, name) for name in "qkv"}, ["o"]
        )
        return self.computed(case, run, lambda r: r)

    def group_query_attention(self, case):
        """With the cache shared between input and output, as a decoder uses it."""
        from onnx import TensorProto, helper

        kind, _ = self.float_type(case)
        node = helper.make_node(
            "GroupQueryAttention",
            ["q", "k", "v", "past_k", "past_v", "last", "total"],
            ["o", "present_k", "present_v"],
            domain="com.microsoft",
            num_heads=case.heads,
            kv_num_heads=case.kv_heads,
            scale=case.scale,
        )
        rows = (case.batch, case.queries)
        q_shape, kv_shape = (
            (*rows, case.heads * case.depth),
            (*rows, case.kv_heads * case.depth),
        )
        cache = (kind, case.kv_shape)
        inputs = {
            "q": (kind, q_shape), "k": (kind, kv_shape), "v": (kind, kv_shape),
            "past_k": cache, "past_v": cache,
            "last": (TensorProto.INT32, (case.batch,)), "total": (TensorProto.INT32, (1,)),
        }  # fmt: skip
        outputs = {"o": (kind, q_shape), "present_k": cache, "present_v": cache}
        session = self.session([node], inputs, outputs, contrib=True)

        def flat(x, width):
            return numpy.ascontiguousarray(x.swapaxes(1, 2)).reshape(*rows, width)

        new = slice(case.keys - case.queries, None)
        keys, values = self.values(case, "k"), self.values(case, "v")
        arrays = {
            "q": flat(self.values(case, "q"), q_shape[2]),
            "k": flat(keys[:, :, new], kv_shape[2]),
            "v": flat(values[:, :, new], kv_shape[2]),
            "past_k": keys.copy(),
            "past_v": values.copy(),
            "last": numpy.full(case.batch, case.keys - 1, numpy.int32),
            "total": numpy.array([case.keys], numpy.int32),
        }
        shared = {"present_k": "past_k", "present_v": "past_v"}
        run = self.bound(session, arrays, list(outputs), shared)
        return self.computed(
            case,
            run,
            lambda r: r.reshape(*rows, case.heads, case.depth).swapaxes(1, 2),
        )
