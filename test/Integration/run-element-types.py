# REQUIRES: numpy
# RUN: %python %s %t

"""Each element type goes through ditto-run as tensor and scalar, every bit kept."""

import os
import subprocess
import sys

import numpy as np

# MLIR type, dtypes it is read from (the first is the one written), bits.
TYPES = [
    ("i1", ["|b1", "|i1", "|u1"], 1),
    ("i2", ["|i1", "|u1"], 2),
    ("i4", ["|i1", "|u1"], 4),
    ("i7", ["|i1", "|u1"], 7),
    ("i8", ["|i1", "|u1"], 8),
    ("i16", ["<i2", "<u2"], 16),
    ("i24", ["<i4", "<u4"], 24),
    ("i32", ["<i4", "<u4"], 32),
    ("i48", ["<i8", "<u8"], 48),
    ("i64", ["<i8", "<u8"], 64),
    ("i128", ["|V16"], 128),
    ("index", ["<i8", "<u8"], 64),
    ("f16", ["<f2"], 16),
    ("bf16", ["|V2", "<u2"], 16),
    ("f32", ["<f4"], 32),
    ("f64", ["<f8"], 64),
    ("f128", ["|V16"], 128),
    ("f8E4M3FN", ["|V1", "|u1"], 8),
    ("f8E5M2", ["|V1", "|u1"], 8),
    ("complex<f32>", ["<c8"], 64),
    ("complex<f64>", ["<c16"], 128),
    ("complex<f16>", ["|V4"], 32),
]

rng = np.random.default_rng(0)


def random_elements(dtype, bits, shape):
    """Random bit patterns that fit in `bits` bits of `dtype`."""
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return rng.integers(0, 2, shape).astype(dtype)
    if dtype.kind in "iu":
        low = -(1 << (bits - 1)) if dtype.kind == "i" and bits > 1 else 0
        high = 1 << (bits - 1 if low else bits)
        return rng.integers(low, high, shape, dtype=dtype)
    count = int(np.prod(shape)) * dtype.itemsize
    return np.frombuffer(rng.bytes(count), dtype).reshape(shape)


def bits_of(array, bits):
    """The elements as unsigned integers of their significant bits."""
    raw = np.ascontiguousarray(array).tobytes()
    size = array.dtype.itemsize
    elements = (raw[i : i + size] for i in range(0, len(raw), size))
    return [int.from_bytes(e, "little") % (1 << bits) for e in elements]


directory = sys.argv[1]
os.makedirs(directory, exist_ok=True)
os.chdir(directory)
for mlir_type, dtypes, bits in TYPES:
    # Scalars between i1's: the struct of results has holes.
    with open("model.mlir", "w") as file:
        file.write(
            f"""
func.func @main(%x: tensor<2x3x{mlir_type}>, %s: {mlir_type}, %b: i1)
    -> (i1, {mlir_type}, tensor<2x3x{mlir_type}>, i1, {mlir_type}) {{
  return %b, %s, %x, %b, %s
    : i1, {mlir_type}, tensor<2x3x{mlir_type}>, i1, {mlir_type}
}}
"""
        )
    for dtype in dtypes:
        tensor = random_elements(dtype, bits, (2, 3))
        scalar = random_elements(dtype, bits, ())
        for order in "CF":
            np.save("tensor.npy", np.asarray(tensor, order=order))
            np.save("scalar.npy", scalar)
            outputs = [f"--output={i}.npy" for i in range(5)]
            inputs = ["--input=tensor.npy", "--input=scalar.npy", "--input=true"]
            subprocess.run(
                ["ditto-run", "model.mlir", "-O0", *inputs, *outputs], check=True
            )
            results = [np.load(f"{i}.npy") for i in range(5)]
            assert results[0].dtype == bool and results[0] and results[3]
            for i, wanted in [(1, scalar), (2, tensor), (4, scalar)]:
                case = (mlir_type, dtype, order, i)
                assert results[i].dtype == np.dtype(dtypes[0]), case
                assert results[i].shape == wanted.shape, case
                assert bits_of(results[i], bits) == bits_of(wanted, bits), case
