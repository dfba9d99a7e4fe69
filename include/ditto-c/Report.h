/*===- ditto-c/Report.h - What became of each repeat -------------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_C_REPORT_H
#define DITTO_C_REPORT_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Collects what becomes of each repeat in `context`. The callback gets it in
    one call, when the context is destroyed, as JSON: `{"repeats": [{"site",
    "spelling", "bytes_before", "bytes_after", "outcome", "detail",
    "flops_before", "flops_saved"}]}`, where unknown numbers are null. The
    context's remarks go nowhere else. */
MLIR_CAPI_EXPORTED MlirLogicalResult dittoReportEnable(
    MlirContext context, MlirStringCallback callback, void *userData);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_C_REPORT_H */
