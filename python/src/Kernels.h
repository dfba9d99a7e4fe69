//===- Kernels.h - Compiled kernels, kept -----------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are compiled when they are first called, and kept: in memory, and as
// object files for the processes to come. A file is of use to the same version
// of ditto on the same kind of processor only; its path says both.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_KERNELS_H
#define DITTO_PYTHON_KERNELS_H

#include "KernelForms.h"

namespace mlir::ditto::python {

/// Calls the kernel of this form with pointers to memref descriptors. Throws an
/// ErrorAsException if it cannot be compiled. Threads may call this at the same
/// time, and need not hold the GIL.
void callKernel(const MoveForm &form, ArrayRef<void *> descriptors);
void callKernel(const RunsForm &form, ArrayRef<void *> descriptors);

/// An error on its way to a place that holds the GIL.
struct ErrorAsException {
  std::string message;
};

struct KernelStatistics {
  /// Kernels in memory, and how they got there.
  unsigned compiled, loaded;
  /// Where object files are kept; empty if nowhere.
  std::string directory;
};
KernelStatistics getKernelStatistics();

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_KERNELS_H
