"""Modules of any number of layers, made from the Llama of two layers."""

import re

from Models.support.check import INPUTS

# The value between two halves of a layer is the sum of the one before it and what
# attention or the feed-forward network has made of it.
RESIDUAL = re.compile(
    r"    (%\d+) = linalg\.generic .* ins\((%\d+), %expanded\w* : tensor<1x5x48xf32>,"
    r" tensor<1x5x48xf32>\).* \{\n.*\n.*arith\.addf .*\n.*\n.*\n"
)
DEFINITION = re.compile(r"^    (%\w+)(?::\d+)? = ", re.M)


def stack_layers(count):
    """A Llama of `count` layers; all but the first have the second one's weights."""
    text = (INPUTS / "torch/llama.eager.static.mlir").read_text()
    residuals = list(RESIDUAL.finditer(text))
    assert len(residuals) == 4, "expected two halves of two layers"
    _, before, _, after = residuals
    layer = text[before.end() : after.end()]
    layers, source = [], before[1]
    for number in range(1, count):
        defined = DEFINITION.findall(layer)
        names = {name: f"%layer{number}_{name[1:]}" for name in defined}
        names[before[1]] = source
        layers.append(re.sub(r"%\w+", lambda m: names.get(m[0], m[0]), layer))
        source = names[after[1]]
    rest = re.sub(rf"{after[1]}\b", source, text[after.end() :])
    return text[: before.end()] + "".join(layers) + rest
