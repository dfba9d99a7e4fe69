"""The cases of the scaling plots: one axis each, all else fixed."""

from .attention import Attention
from .case import FRESH, WARM
from .copies import Interleave


def cases():
    result = []
    for exponent in range(12, 30):
        size = 1 << exponent
        case = Interleave(
            f"bytes_{size}",
            f"heads x4, {size} bytes written",
            (8, size // 4 // 8 // 4),
            "f32",
            0,
            4,
            quick=exponent % 3 == 0 and exponent < 28,
            sweep=("bytes", size),
        )
        case.family, case.modes = "scaling", (WARM, FRESH)
        result.append(case)
    for exponent in range(7, 16):
        keys = 1 << exponent
        result.append(
            Attention(
                f"keys_{keys}", keys=keys, quick=keys in (512, 4096), sweep=("keys", keys)
            )
        )
    for kv_heads in (32, 16, 8, 4, 2, 1):
        result.append(
            Attention(
                f"heads_{kv_heads}",
                kv_heads=kv_heads,
                keys=4096,
                quick=kv_heads in (32, 8, 1),
                sweep=("KV heads", kv_heads),
            )
        )
    for case in result:
        if isinstance(case, Attention):
            case.family, case.modes = "scaling", (WARM,)
    return result
