"""The cases of the scaling plots: one axis each, all else fixed."""

from .attention import Attention
from .case import FRESH, WARM
from .copies import Interleave


def placed(case, axis, place, panel, modes=(WARM,)):
    case.family = "threads" if axis == "threads" else "scaling"
    case.sweep, case.panel, case.modes = (axis, place), panel, modes
    return case


def copy_of(name, size, quick=False):
    """Heads repeated four times; `size` bytes are written."""
    unit, shift = ("MiB", 20) if size >= 1 << 20 else ("KiB", 10)
    title = f"heads x4, {size >> shift} {unit} written"
    return Interleave(name, title, (8, size // 4 // 8 // 4), "f32", 0, 4, quick=quick)


def cases():
    result = []
    for exponent in range(12, 30):
        size, quick = 1 << exponent, exponent in (12, 16, 20, 24)
        case = copy_of(f"bytes_{size}", size, quick)
        result.append(placed(case, "bytes", size, "heads x4", (WARM, FRESH)))
    for exponent in range(7, 16):
        keys = 1 << exponent
        case = Attention(f"keys_{keys}", keys=keys, quick=keys in (256, 1024))
        result.append(placed(case, "keys", keys, "decoding, 32/8 heads"))
    for heads in (32, 16, 8, 4, 2, 1):
        case = Attention(
            f"heads_{heads}", kv_heads=heads, keys=4096, quick=heads in (16, 2)
        )
        result.append(placed(case, "KV heads", heads, "decoding, 4096 keys"))
    # Run once for each number of threads.
    decode = Attention("threads_decode", keys=4096)
    result.append(placed(decode, "threads", None, "decoding, 32/8 heads, 4096 keys"))
    copy = copy_of("threads_copy", 64 << 20)
    result.append(placed(copy, "threads", None, "heads x4, 64 MiB written"))
    return result
