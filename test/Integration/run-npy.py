# REQUIRES: numpy
# RUN: %python %s %t

"""The .npy files that ditto-run reads and refuses; --expect; --output."""

import os
import struct
import subprocess
import sys

import numpy as np

directory = sys.argv[1]
os.makedirs(directory, exist_ok=True)
os.chdir(directory)

with open("f32.mlir", "w") as file:
    file.write(
        """
func.func @main(%x: tensor<2x2xf32>) -> tensor<4x2xf32> {
  %r = ditto.repeat %x by [2, 1] : tensor<2x2xf32> -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}
"""
    )
with open("int.mlir", "w") as file:
    file.write(
        """
func.func @i4(%x: tensor<2xi4>) -> tensor<2xi4> { return %x : tensor<2xi4> }
func.func @i1(%x: tensor<2xi1>) -> tensor<2xi1> { return %x : tensor<2xi1> }
func.func @si8(%x: tensor<2xsi8>) -> tensor<2xsi8> { return %x : tensor<2xsi8> }
"""
    )


def run(*arguments, status=0):
    """ditto-run's stdout, or stderr if it is to fail."""
    process = subprocess.run(["ditto-run", *arguments], capture_output=True, text=True)
    assert process.returncode == status, (arguments, process)
    return process.stderr if status else process.stdout


def expect_error(text, *arguments):
    found = run(*arguments, status=1)
    assert text in found and found.count("\n") == 1, (arguments, text, found)


def write(name, contents):
    with open(name, "wb") as file:
        file.write(contents)


def header(dtype="'<f4'", order="False", shape="(2, 2)", version=1):
    dict_ = f"{{'descr': {dtype}, 'fortran_order': {order}, 'shape': {shape}, }}\n"
    length = struct.pack("<H" if version == 1 else "<I", len(dict_))
    return b"\x93NUMPY" + bytes([version, 0]) + length + dict_.encode()


values = np.arange(4, dtype="f4").reshape(2, 2)
wanted = np.tile(values, (2, 1))
np.save("values.npy", values)
np.save("wanted.npy", wanted)
whole = open("values.npy", "rb").read()

# Read: every version, both orders, any order of keys.
np.save("fortran.npy", np.asfortranarray(values))
write("version2.npy", header(version=2) + values.tobytes())
write("version3.npy", header(version=3) + values.tobytes())
keys = b"{'shape': (2,2),'descr':\"<f4\",'fortran_order':False}"
write("keys.npy", b"\x93NUMPY\1\0" + struct.pack("<H", len(keys)) + keys + values.tobytes())
for name in ["values", "fortran", "version2", "version3", "keys"]:
    run("f32.mlir", f"--input={name}.npy", "--output=result.npy")
    result = np.load("result.npy")
    assert result.dtype == np.float32 and np.array_equal(result, wanted), name
    os.remove("result.npy")
three = np.arange(24, dtype="f4").reshape(2, 3, 4)
np.save("three.npy", np.asfortranarray(three))
with open("three.mlir", "w") as file:
    type_ = "tensor<2x?x4xf32>"
    file.write(f"func.func @f(%x: {type_}) -> {type_} {{ return %x : {type_} }}")
run("three.mlir", "--input=three.npy", "--output=result.npy")
assert np.array_equal(np.load("result.npy"), three)
os.remove("result.npy")

# Refused: the message, and no output.
for size in [0, 5, 7, 9, 40, len(whole) - 17, len(whole) - 16, len(whole) - 1]:
    write("cut.npy", whole[:size])
    run("f32.mlir", "--input=cut.npy", "--output=result.npy", status=1)
for contents, message in [
    (whole[1:], 'expected a .npy file, but it does not begin with "\\x93NUMPY"'),
    (whole[:9], "the file ends inside its header"),
    (whole[:20], "expected a header of 118 bytes, but the file ends after 10"),
    (whole[:-1], "expected 16 bytes of elements for tensor<2x2xf32>, found 15"),
    (whole + b"x", "expected 16 bytes of elements for tensor<2x2xf32>, found 17"),
    (header(version=4), "expected format version 1, 2 or 3, found version 4"),
    (header("'<f8'"), "expected dtype <f4 for f32, found <f8"),
    (header("'>f4'"), "expected dtype <f4 for f32, found >f4"),
    (header("[('a', '<f4')]"), "expected a string in the header"),
    (header(order="Maybe"), "expected True or False in the header, found 'Maybe"),
    (header(shape="2"), "expected '(' in the header"),
    (header(shape="(-2, 2)"), "expected an extent that fits in 64 bits in the header"),
    (header(shape="(9223372036854775808, 2)"), "expected an extent that fits in 64"),
    (
        header(shape="(9223372036854775807, 2)"),
        "the size of tensor<9223372036854775807x2xf32> does not fit in 64 bits",
    ),
    (
        header(shape="(4294967296, 4294967296)"),
        "the size of tensor<4294967296x4294967296xf32> does not fit in 64 bits",
    ),
    (
        header(shape="(1000000000, 1000)"),
        "expected 4000000000000 bytes of elements for tensor<1000000000x1000xf32>",
    ),
    (header(shape="(4,)") + values.tobytes(), "expected tensor<2x2xf32>, found tensor<4xf32>"),
    (header(shape="(4, 1)") + values.tobytes(), "expected tensor<2x2xf32>, found tensor<4x1xf32>"),
    (header("'<f4'", "False", "(2, 2), 'x': 1"), "expected the keys descr, fortran_order and"),
    (b"\x93NUMPY\1\0\2\0{}", "expected descr, fortran_order and shape in the header"),
    (b"\x93NUMPY\2\0\xff\xff\xff\xff{}", "expected a header of 4294967295 bytes"),
]:
    write("bad.npy", contents)
    expect_error(
        "ditto-run: input 0: bad.npy: " + message,
        "f32.mlir",
        "--input=bad.npy",
        "--output=result.npy",
    )
expect_error("nope.npy: No such file", "f32.mlir", "--input=nope.npy")
assert not os.path.exists("result.npy")

# Elements that do not fit.
for function, dtype, elements, message in [
    ("i4", "i1", [7, 8], "expected elements that fit in i4, found 8 at element 1"),
    ("i4", "i1", [-9, 0], "expected elements that fit in i4, found -9 at element 0"),
    ("i4", "u1", [15, 16], "expected elements that fit in i4, found 16 at element 1"),
    ("i1", "u1", [1, 2], "expected elements that fit in i1, found 2 at element 1"),
    ("si8", "u1", [1, 2], "expected dtype |i1 for si8, found |u1"),
]:
    np.save("bad.npy", np.array(elements, dtype))
    expect_error(message, "int.mlir", f"--entry={function}", "--input=bad.npy")

# --output: whole or not there, and nothing temporary.
os.makedirs("folder.npy", exist_ok=True)
for path in ["missing/x.npy", "folder.npy"]:
    expect_error(path + ": ", "f32.mlir", "--fill=iota", "--output=" + path)
assert os.listdir("folder.npy") == []
assert not [name for name in os.listdir(".") if ".tmp" in name]


# --expect: tolerance, NaN, shapes, integers by their bits.
def expect(array, *arguments, error=None):
    np.save("expected.npy", array)
    arguments = ["f32.mlir", "--input=values.npy", "--expect=expected.npy", *arguments]
    if error:
        return expect_error("ditto-run: result 0" + error, *arguments)
    assert run(*arguments).startswith("result 0 is as in expected.npy")


expect(wanted)
off = wanted.copy()
off[2, 1] += 0.5
expect(off, "--atol=0.5")
expect(off, "--rtol=0.4", "--atol=0")
expect(
    off,
    error=" is not as in expected.npy: 1 of 8 elements differ (rtol 1e-05, atol 1e-06), "
    "first at [2, 1]: expected 1.5, but got 1.; max abs error 0.5",
)
expect(wanted.T, error=" is not as in expected.npy: expected tensor<2x4xf32>, but got")
expect(wanted.astype("f8"), error=": expected.npy: expected dtype <f4 for f32, found <f8")
infinite = wanted.copy()
infinite[0, 0] = np.inf
expect(infinite, "--rtol=1", error=" is not as in expected.npy: 1 of 8 elements differ")
nan = wanted.copy()
nan[3, 1] = np.nan
expect(nan, "--atol=1e30", error=" is not as in expected.npy: 1 of 8 elements differ")
values[1, 1] = np.nan
np.save("values.npy", values)
expect(np.tile(values, (2, 1)))

np.save("five.npy", np.array([5, -1], "i1"))
np.save("six.npy", np.array([5, -2], "i1"))
run("int.mlir", "--entry=i4", "--input=five.npy", "--expect=five.npy")
expect_error(
    "1 of 2 elements differ, first at [1]: expected -2, but got -1; max abs error 1",
    *["int.mlir", "--entry=i4", "--input=five.npy", "--expect=six.npy", "--rtol=9"],
)
