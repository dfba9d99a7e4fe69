//===- Docs.h - Docstrings --------------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_DOCS_H
#define DITTO_PYTHON_DOCS_H

namespace mlir::ditto::python {

constexpr const char *repeatDoc = R"doc(
Repeats a whole array along its dimensions, as torch.Tensor.repeat does.

x      an array of shape (d_0, .., d_k-1): NumPy, PyTorch on the CPU, or
       anything with DLPack or the buffer protocol; any strides
sizes  how often, as integers or as one sequence of them: c_0, .., c_m-1 with
       m >= k; the first m - k are for new dimensions in front
out    where to put the result; it must not share memory with x

Returns an array of the class and element type of x, or out. Its shape is
(c_0, .., c_m-k-1, c_m-k * d_0, .., c_m-1 * d_k-1), and

    result[j_0, .., j_m-1] = x[j_m-k % d_0, .., j_m-1 % d_k-1]

Raises TypeError for what is no array or no integer and for another class or
element type of out; ditto.Error, a RuntimeError and ValueError, for a negative
count, too few counts, a result beyond 64 bits, and an out that has another
shape, is read-only or shares memory; MemoryError.

>>> import numpy
>>> ditto.repeat(numpy.array([1, 2]), 2, 2)
array([[1, 2, 1, 2],
       [1, 2, 1, 2]])
)doc";

constexpr const char *interleaveDoc = R"doc(
Repeats elements in place, as torch.repeat_interleave does.

x            an array, as for ditto.repeat
repeats      how often: an integer, or an array of int32 or int64 with one count
             for each element along dim (or one for all); without it x is such
             an array, and the result has the index i x[i] times
dim          the dimension to repeat along; without it x is flattened first
output_size  the result's extent along dim, if it is known; it is checked
out          where to put the result; it must not share memory with x

Returns an array of the class and element type of x, or out. Its shape is that
of x but for dim, where its extent is the sum of the counts, and for one count n

    result[.., j, ..] = x[.., j // n, ..]

Raises IndexError for a dim that x does not have, and what ditto.repeat raises;
ditto.Error also for a number of counts that does not fit and for a wrong
output_size.

>>> import numpy
>>> ditto.repeat_interleave(numpy.array([1, 2]), 2)
array([1, 1, 2, 2])
>>> ditto.repeat_interleave(numpy.array([1, 2]), numpy.array([3, 1]))
array([1, 1, 1, 2])
)doc";

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_DOCS_H
