//===- Repeat.h - The two ops on arrays -------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_REPEAT_H
#define DITTO_PYTHON_REPEAT_H

#include <nanobind/nanobind.h>

namespace mlir::ditto::python {

/// Adds `repeat` and `repeat_interleave`.
void defineRepeats(nanobind::module_ &module);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_REPEAT_H
