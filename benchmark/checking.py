"""No result is timed before it was compared with the reference."""

import numpy

from .elements import to_f32


class WrongResult(Exception):
    pass


def check(case, reference, result):
    """Returns the largest difference; raises WrongResult where that is too much.

    A case with a tolerance of 0 only moves elements: every bit has to be right.
    """
    if tuple(result.shape) != tuple(reference.shape):
        raise WrongResult(f"expected shape {reference.shape}, but found {result.shape}")
    if case.tolerance == 0:
        as_bytes = [
            numpy.ascontiguousarray(a).view(numpy.uint8) for a in (reference, result)
        ]
        differing = numpy.count_nonzero(as_bytes[0] != as_bytes[1])
        if differing:
            raise WrongResult(f"expected equal bits, but {differing} bytes differ")
        return 0.0
    error = float(
        numpy.max(numpy.abs(to_f32(result).astype(numpy.float64) - reference))
    )
    if not error <= case.tolerance:  # NaN is wrong, too
        raise WrongResult(
            f"expected at most {case.tolerance:g} of error, but found {error:.2g}"
        )
    return error
