/*===- ditto-c/Registration.h - Register ditto with a compiler ---*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* The verbs of ditto/InitDitto.h, which says more about each.                *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_C_REGISTRATION_H
#define DITTO_C_REGISTRATION_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The ditto dialect. */
MLIR_CAPI_EXPORTED void dittoRegisterDialects(MlirDialectRegistry registry);

/** The upstream dialects that the pipelines take. */
MLIR_CAPI_EXPORTED void
dittoRegisterUpstreamDialects(MlirDialectRegistry registry);

/** The interfaces that the pipelines use. */
MLIR_CAPI_EXPORTED void dittoRegisterExtensions(MlirDialectRegistry registry);

/** The passes, for pipelines as text: mlirParsePassPipeline. */
MLIR_CAPI_EXPORTED void dittoRegisterPasses(void);

/** `ditto-optimize`, `ditto-lower-to-llvm` and `ditto-compile`. */
MLIR_CAPI_EXPORTED void dittoRegisterPipelines(void);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_C_REGISTRATION_H */
