"""Every run-time error of Errors.def is raised by the specification, word for word.

RUN: %python %s %ditto_src/include/ditto/Runtime/Errors.def
"""

import pathlib
import re
import sys

import ditto_spec as spec

BIG = 2**62


def vector(extent):
    return spec.Tensor((extent,), list(range(extent)))


def hollow(*shape):
    """A tensor that is only asked for its shape: it is never read."""
    return spec.Tensor(shape, [])


# What raises each error, and the text it has then.
CASES = {
    "RepeatNegativeCount": (
        lambda: spec.repeat(vector(3), [2, -1]),
        "ditto.repeat: count -1 of dimension 1 is negative",
    ),
    "RepeatExtentOverflow": (
        lambda: spec.repeat(hollow(2, 2), [1, BIG]),
        "ditto.repeat: the extent of result dimension 1, count "
        "4611686018427387904 x operand extent 2, does not fit in 64 bits",
    ),
    "RepeatBytesOverflow": (
        lambda: spec.repeat(hollow(1), [BIG], element_bytes=4),
        "ditto.repeat: the result's size in bytes does not fit in 64 bits",
    ),
    "RepeatExtentMismatch": (
        lambda: spec.repeat(vector(3), [2, 2], result_shape=[None, 7]),
        "ditto.repeat: extent 6 of result dimension 1 differs from 7, which the "
        "result type says",
    ),
    "InterleaveNegativeCount": (
        lambda: spec.repeat_interleave(vector(0), -2, 0),
        "ditto.repeat_interleave: count -2 of dimension 0 is negative",
    ),
    "InterleaveNegativeCountAt": (
        lambda: spec.repeat_interleave(vector(3), [1, -2, 1], 0),
        "ditto.repeat_interleave: count -2 at index 1 is negative",
    ),
    "InterleaveExtentOverflow": (
        lambda: spec.repeat_interleave(vector(2), [BIG, BIG], 0),
        "ditto.repeat_interleave: the extent of result dimension 0 does not fit in "
        "64 bits",
    ),
    "InterleaveBytesOverflow": (
        lambda: spec.repeat_interleave(hollow(1, 2), [BIG], 0),
        "ditto.repeat_interleave: the result's size in bytes does not fit in 64 bits",
    ),
    "InterleaveCountsLength": (
        lambda: spec.repeat_interleave(vector(3), [1, 1]),
        "ditto.repeat_interleave: 2 counts for dimension 0, expected 1 or its "
        "extent 3",
    ),
    "InterleaveOutputSize": (
        lambda: spec.repeat_interleave(vector(3), [1, 2, 3], 0, output_size=7),
        "ditto.repeat_interleave: output_size 7 differs from 6, the extent of result "
        "dimension 0",
    ),
    "InterleaveExtentMismatch": (
        lambda: spec.repeat_interleave(vector(3), [1, 2, 3], 0, result_shape=[5]),
        "ditto.repeat_interleave: extent 6 of result dimension 0 differs from 5, "
        "which the result type says",
    ),
}


def formats(path):
    """The printf format of each error of Errors.def."""
    text = re.sub(r"^ *//.*$", "", path.read_text(), flags=re.M)
    entry = re.compile(r'DITTO_RUNTIME_ERROR\((\w+), \d+,\s*((?:"[^"]*"\s*)+)\)')
    return {
        name: "".join(re.findall(r'"([^"]*)"', strings))
        for name, strings in entry.findall(text)
    }


def main():
    messages = formats(pathlib.Path(sys.argv[1]))
    assert messages.keys() == CASES.keys(), messages.keys() ^ CASES.keys()
    for name, (run, expected) in CASES.items():
        try:
            result = run()
        except spec.RuntimeCheck as error:
            assert str(error) == expected, f"{name}: {error}"
        else:
            raise AssertionError(f"{name}: no error, but {result}")
        pattern = re.escape(messages[name]).replace("%lld", r"-?\d+")
        assert re.fullmatch(pattern, expected), f"{name}: {messages[name]}"


main()
