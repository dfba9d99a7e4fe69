/*===- ditto-c/Dialect.h - The dialect and its ops ---------------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_C_DIALECT_H
#define DITTO_C_DIALECT_H

#include "mlir-c/IR.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Stands for a number that is not known before run time, or not given. */
#define DITTO_DYNAMIC INT64_MIN

/** The handle of the dialect, for mlirDialectHandleRegisterDialect and its
    siblings. */
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(Ditto, ditto);

/*===----------------------------------------------------------------------===*\
|* Builders                                                                   *|
|*                                                                            *|
|* They return an op that belongs to the caller, like mlirOperationCreate, or *|
|* a null op after an error, which the context's diagnostic handlers have got.*|
|* The dialect has to be loaded. A null `resultType` is inferred.             *|
\*===----------------------------------------------------------------------===*/

/** Builds `ditto.repeat` by `numCounts` counts. Each that is DITTO_DYNAMIC is
    the next of `dynamicCounts`, which have type `index`. */
MLIR_CAPI_EXPORTED MlirOperation
dittoRepeatCreate(MlirLocation loc, MlirValue input, intptr_t numCounts,
                  const int64_t *counts, intptr_t numDynamicCounts,
                  const MlirValue *dynamicCounts, MlirType resultType);

/** Builds `ditto.repeat_interleave`. The count is a number, or DITTO_DYNAMIC
   and a value: an `index` or a tensor of counts. A negative `dim` counts from
   the end; without one, DITTO_DYNAMIC, the operand is flattened. The output
   size is a number, a value of type `index`, or neither. */
MLIR_CAPI_EXPORTED MlirOperation dittoRepeatInterleaveCreate(
    MlirLocation loc, MlirValue input, int64_t count, MlirValue countValue,
    int64_t dim, int64_t outputSize, MlirValue outputSizeValue,
    MlirType resultType);

/*===----------------------------------------------------------------------===*\
|* Inspectors                                                                 *|
|*                                                                            *|
|* The op has to be of the kind that the name says.                           *|
\*===----------------------------------------------------------------------===*/

MLIR_CAPI_EXPORTED bool dittoOperationIsARepeat(MlirOperation op);
MLIR_CAPI_EXPORTED bool dittoOperationIsARepeatInterleave(MlirOperation op);

MLIR_CAPI_EXPORTED MlirValue dittoRepeatGetInput(MlirOperation op);
MLIR_CAPI_EXPORTED intptr_t dittoRepeatGetNumCounts(MlirOperation op);
/** The count of a result dimension, DITTO_DYNAMIC where it is a value. */
MLIR_CAPI_EXPORTED int64_t dittoRepeatGetCount(MlirOperation op, intptr_t dim);
/** The count of a result dimension as a value, null where it is a number. */
MLIR_CAPI_EXPORTED MlirValue dittoRepeatGetCountValue(MlirOperation op,
                                                      intptr_t dim);

MLIR_CAPI_EXPORTED MlirValue dittoRepeatInterleaveGetInput(MlirOperation op);
/** DITTO_DYNAMIC where the count is a value. */
MLIR_CAPI_EXPORTED int64_t dittoRepeatInterleaveGetCount(MlirOperation op);
/** Null where the count is a number. */
MLIR_CAPI_EXPORTED MlirValue
dittoRepeatInterleaveGetCountValue(MlirOperation op);
/** DITTO_DYNAMIC where the operand is flattened. */
MLIR_CAPI_EXPORTED int64_t dittoRepeatInterleaveGetDim(MlirOperation op);
/** DITTO_DYNAMIC where there is no output size, or it is a value. */
MLIR_CAPI_EXPORTED int64_t dittoRepeatInterleaveGetOutputSize(MlirOperation op);
/** Null where there is no output size, or it is a number. */
MLIR_CAPI_EXPORTED MlirValue
dittoRepeatInterleaveGetOutputSizeValue(MlirOperation op);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_C_DIALECT_H */
