//===- Module.cpp - The extension of the package `ditto` ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"
#include "Function.h"
#include "Job.h"
#include "Kernels.h"
#include "Repeat.h"

#include "ditto/Runtime/Runtime.h"

#include "mlir/Support/LLVM.h"

#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

NB_MODULE(_native, module) {
  module.attr("__version__") = DITTO_VERSION;
  defineErrors(module);
  defineRepeats(module);
  defineFunction(module);
  defineJobs(module);
  module.def("live_bytes", [] { return dittoRuntimeLiveBytes(); });
  module.def("kernel_statistics", [] {
    KernelStatistics statistics = getKernelStatistics();
    nb::dict result;
    result["compiled"] = statistics.compiled;
    result["loaded"] = statistics.loaded;
    result["directory"] = statistics.directory;
    return result;
  });
}
