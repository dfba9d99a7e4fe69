/*===- ditto-c/Compiler.h - From a module to machine code --------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* The compiler of ditto/Compiler/Compiler.h. What it needs of a context it   *|
|* registers there. Nothing here ends the process.                            *|
|*                                                                            *|
|* Functions that can fail return null, or the text of an error, which the    *|
|* caller owns and frees with dittoErrorDestroy; then `result` is untouched.  *|
|* What they give in `result` belongs to the caller.                          *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_C_COMPILER_H
#define DITTO_C_COMPILER_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef char *DittoError;

/** Null is accepted. */
MLIR_CAPI_EXPORTED void dittoErrorDestroy(DittoError error);

/*===----------------------------------------------------------------------===*\
|* Options                                                                    *|
\*===----------------------------------------------------------------------===*/

typedef struct DittoCompilerOptions {
  /** The only function to compile, with what it calls; null for every public
      function. */
  const char *entry;
  /** "host", "generic", or a name that LLVM knows. */
  const char *cpu;
  /** 0 to 3. */
  unsigned optimizationLevel;
  /** Width of vectors; 0 for scalar loops, -1 for the widest of the CPU. */
  int vectorBits;
  /** Whether sums of floats may be added up in another order. */
  bool reassociate;
  /** Whether independent loops may run on several threads. */
  bool parallel;
  /** Whether ditto-optimize runs before the lowering. */
  bool optimizeRepeats;
} DittoCompilerOptions;

/** What a null pointer to options means. */
MLIR_CAPI_EXPORTED DittoCompilerOptions dittoCompilerOptionsGetDefault(void);

/** The most threads that a loop runs on, in the whole process; 0, as in the
    beginning, for as many as OpenMP has. */
MLIR_CAPI_EXPORTED void dittoCompilerSetThreads(int threads);

/*===----------------------------------------------------------------------===*\
|* Arrays                                                                     *|
\*===----------------------------------------------------------------------===*/

/** A tensor or scalar (rank 0) in memory, row-major and without gaps. An
   element takes the bytes that it has in MLIR's buffers: i1 takes one, index 8.
 */
typedef struct DittoArray {
  void *ptr;
} DittoArray;

/** Allocates an array of zero bits. */
MLIR_CAPI_EXPORTED DittoError dittoArrayCreate(MlirType elementType,
                                               intptr_t rank,
                                               const int64_t *shape,
                                               DittoArray *result);

/** An array of elements that stay the caller's, and have to outlive it. */
MLIR_CAPI_EXPORTED DittoError dittoArrayWrap(MlirType elementType,
                                             intptr_t rank,
                                             const int64_t *shape, void *data,
                                             DittoArray *result);

MLIR_CAPI_EXPORTED void dittoArrayDestroy(DittoArray array);

MLIR_CAPI_EXPORTED MlirType dittoArrayGetElementType(DittoArray array);
MLIR_CAPI_EXPORTED intptr_t dittoArrayGetRank(DittoArray array);
MLIR_CAPI_EXPORTED int64_t dittoArrayGetExtent(DittoArray array, intptr_t dim);
MLIR_CAPI_EXPORTED int64_t dittoArrayGetNumBytes(DittoArray array);
MLIR_CAPI_EXPORTED void *dittoArrayGetData(DittoArray array);

/*===----------------------------------------------------------------------===*\
|* In memory                                                                  *|
\*===----------------------------------------------------------------------===*/

/** Compiled functions; has to be destroyed before the module's context. */
typedef struct DittoCompiledModule {
  void *ptr;
} DittoCompiledModule;

MLIR_CAPI_EXPORTED DittoError dittoCompile(MlirModule module,
                                           const DittoCompilerOptions *options,
                                           DittoCompiledModule *result);

MLIR_CAPI_EXPORTED void dittoCompiledModuleDestroy(DittoCompiledModule module);

/** Calls the function `name`, which only reads its arguments, and gives its
    results, of which there have to be `numResults`. Threads may do so at the
    same time. */
MLIR_CAPI_EXPORTED DittoError dittoCompiledModuleInvoke(
    DittoCompiledModule module, const char *name, intptr_t numArguments,
    const DittoArray *arguments, intptr_t numResults, DittoArray *results);

/*===----------------------------------------------------------------------===*\
|* To files                                                                   *|
|*                                                                            *|
|* The callback gets the whole text or file, in one call.                     *|
\*===----------------------------------------------------------------------===*/

/** A position-independent object file; link libDittoRuntime, and
   libDittoParallel if it is `parallel`. */
MLIR_CAPI_EXPORTED DittoError
dittoEmitObject(MlirModule module, const DittoCompilerOptions *options,
                MlirStringCallback callback, void *userData);

/** The C header of that object file. */
MLIR_CAPI_EXPORTED DittoError
dittoEmitHeader(MlirModule module, const DittoCompilerOptions *options,
                MlirStringCallback callback, void *userData);

/** Optimised LLVM IR. */
MLIR_CAPI_EXPORTED DittoError
dittoEmitLLVMIR(MlirModule module, const DittoCompilerOptions *options,
                MlirStringCallback callback, void *userData);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_C_COMPILER_H */
