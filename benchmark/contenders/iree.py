"""IREE, given the same modules as upstream's passes."""

import numpy

from .. import programs
from ..cases import copies
from .contender import Contender, Prepared, Skip

FLAGS = [
    "--iree-hal-target-device=local",
    "--iree-hal-local-target-device-backends=llvm-cpu",
    "--iree-llvmcpu-target-cpu=host",
    "--iree-opt-level=O3",
]
# Its code for this takes seconds per call.
TOO_MANY = 10e9


class Iree(Contender):
    name = "iree"
    quick = False
    needs = ("iree.compiler", "iree.runtime")

    def prepare(self, case, text, inputs):
        import iree.compiler
        import iree.runtime

        if case.flops > TOO_MANY:
            raise Skip("seconds per call")
        compiled = iree.compiler.compile_str(text, extra_args=FLAGS)
        config = iree.runtime.Config(
            "local-sync" if self.threads == 1 else "local-task"
        )
        context = iree.runtime.SystemContext(config=config)
        module = iree.runtime.VmModule.copy_buffer(config.vm_instance, compiled)
        context.add_vm_module(module)
        function = context.modules.module["run"]
        arrays = [iree.runtime.asdevicearray(config.device, array) for array in inputs]

        def result(value):
            value = value[0] if isinstance(value, tuple) else value
            array = value.to_host()
            return array.view(numpy.uint16) if case.element == "bf16" else array

        return Prepared(lambda: function(*arrays), result, (context, config))

    def copies(self, case, mode):
        return {"broadcast": lambda: self.copy(case)} if mode.fresh else {}

    def copy(self, case):
        if isinstance(case, copies.Counted):
            raise Skip("no upstream op has counts")
        text, x = programs.broadcast_copy(case), case.x
        if case.element == "bf16":  # only moved
            text, x = text.replace("bf16", "i16"), x.view(numpy.int16)
        return self.prepare(case, text, [x])

    def attention(self, case, mode):
        if case.element != "f32":
            return {}
        inputs = programs.inputs(case)
        return {
            "repeat_kv": lambda: self.prepare(case, programs.attention(case), inputs)
        }

    def layer(self, case, mode):
        inputs = programs.inputs(case)
        return {"repeat_kv": lambda: self.prepare(case, programs.layer(case), inputs)}
