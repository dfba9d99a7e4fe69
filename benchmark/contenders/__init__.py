"""Who takes part, in the order of the tables."""

import importlib

# Module and class. A module is imported only where its contender is wanted, since what it
# needs may not be installed.
CONTENDERS = {
    "bound": ("bounds", "Bounds"),
    "hand-written": ("limits", "Limits"),
    "ditto": ("ditto", "Ditto"),
    "ditto --lower-only": ("ditto", "DittoLowerOnly"),
    "stock A": ("stock", "StockA"),
    "stock B": ("stock", "StockB"),
    "numpy": ("numpy", "NumPy"),
    "torch": ("torch", "Torch"),
    "torch.compile": ("torch", "TorchCompiled"),
    "jax": ("jax", "Jax"),
    "onnxruntime": ("onnxruntime", "OnnxRuntime"),
    "openvino": ("openvino", "OpenVino"),
    "ggml": ("ggml", "Ggml"),
    "iree": ("iree", "Iree"),
}


def create(name, threads):
    module, cls = CONTENDERS[name]
    contender = getattr(importlib.import_module(f"{__name__}.{module}"), cls)()
    contender.threads = threads
    return contender
