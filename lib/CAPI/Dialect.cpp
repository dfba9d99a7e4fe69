//===- Dialect.cpp - The ops as C functions -------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto-c/Dialect.h"

#include "ditto/IR/Copies.h"
#include "ditto/IR/Ditto.h"
#include "ditto/InitDitto.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/CAPI/Support.h"
#include "mlir/CAPI/Wrap.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;
using namespace mlir::ditto;

static_assert(DITTO_DYNAMIC == ShapedType::kDynamic, "one marker for both");

//===----------------------------------------------------------------------===//
// Dialect handle
//===----------------------------------------------------------------------===//

/// Upstream's own hooks end the process where another copy of ditto has been
/// there before.
static const MlirDialectRegistrationHooks kHooks = {
    [](MlirDialectRegistry registry) {
      registerDittoDialects(*unwrap(registry));
    },
    [](MlirContext context) {
      loadDittoDialect(*unwrap(context));
      return wrap(unwrap(context)->getLoadedDialect(
          DittoDialect::getDialectNamespace()));
    },
    [] { return wrap(DittoDialect::getDialectNamespace()); }};

MlirDialectHandle mlirGetDialectHandle__ditto__() { return {&kHooks}; }

//===----------------------------------------------------------------------===//
// Builders
//===----------------------------------------------------------------------===//

/// Creates an `OpTy` of these operands and properties. C has no types to keep
/// anybody from passing the wrong ones, so the op is verified at once.
template <typename OpTy>
static MlirOperation create(Location loc, ArrayRef<Value> operands,
                            typename OpTy::Properties properties,
                            Type resultType) {
  MLIRContext *context = loc.getContext();
  StringRef name = OpTy::getOperationName();
  if (!RegisteredOperationName::lookup(TypeID::get<OpTy>(), context)) {
    emitError(loc) << "'" << name << "' needs the ditto dialect to be loaded";
    return {nullptr};
  }
  OperationState state(loc, name);
  state.addOperands(operands);
  state.getOrAddProperties<typename OpTy::Properties>() = properties;
  if (resultType)
    state.addTypes(resultType);
  else if (failed(OpTy::inferReturnTypes(
               context, loc, state.operands, DictionaryAttr::get(context),
               state.getRawProperties(), RegionRange(), state.types)))
    return {nullptr};
  Operation *op = Operation::create(state);
  if (succeeded(verify(op)))
    return wrap(op);
  op->destroy();
  return {nullptr};
}

MlirOperation dittoRepeatCreate(MlirLocation loc, MlirValue input,
                                intptr_t numCounts, const int64_t *counts,
                                intptr_t numDynamicCounts,
                                const MlirValue *dynamicCounts,
                                MlirType resultType) {
  SmallVector<Value> operands{unwrap(input)};
  for (intptr_t i = 0; i < numDynamicCounts; ++i)
    operands.push_back(unwrap(dynamicCounts[i]));
  MLIRContext *context = unwrap(loc)->getContext();
  RepeatOp::Properties properties;
  properties.static_counts =
      DenseI64ArrayAttr::get(context, ArrayRef(counts, numCounts));
  return create<RepeatOp>(unwrap(loc), operands, properties,
                          unwrap(resultType));
}

MlirOperation dittoRepeatInterleaveCreate(MlirLocation loc, MlirValue input,
                                          int64_t count, MlirValue countValue,
                                          int64_t dim, int64_t outputSize,
                                          MlirValue outputSizeValue,
                                          MlirType resultType) {
  Value operand = unwrap(input);
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  if (dim != DITTO_DYNAMIC && dim < 0 && type)
    dim += type.getRank();
  auto asAttribute = [&](int64_t number) -> IntegerAttr {
    if (number == DITTO_DYNAMIC)
      return {};
    return Builder(unwrap(loc)->getContext()).getI64IntegerAttr(number);
  };
  RepeatInterleaveOp::Properties properties;
  properties.static_count = asAttribute(count);
  properties.dim = asAttribute(dim);
  properties.static_output_size = asAttribute(outputSize);
  SmallVector<Value> operands{operand};
  for (MlirValue value : {countValue, outputSizeValue})
    if (!mlirValueIsNull(value))
      operands.push_back(unwrap(value));
  properties.operandSegmentSizes = {1, !mlirValueIsNull(countValue),
                                    !mlirValueIsNull(outputSizeValue)};
  return create<RepeatInterleaveOp>(unwrap(loc), operands, properties,
                                    unwrap(resultType));
}

//===----------------------------------------------------------------------===//
// Inspectors
//===----------------------------------------------------------------------===//

bool dittoOperationIsARepeat(MlirOperation op) {
  return isa<RepeatOp>(unwrap(op));
}

bool dittoOperationIsARepeatInterleave(MlirOperation op) {
  return isa<RepeatInterleaveOp>(unwrap(op));
}

static RepeatOp getRepeat(MlirOperation op) {
  return cast<RepeatOp>(unwrap(op));
}

static RepeatInterleaveOp getInterleave(MlirOperation op) {
  return cast<RepeatInterleaveOp>(unwrap(op));
}

MlirValue dittoRepeatGetInput(MlirOperation op) {
  return wrap(getRepeat(op).getInput());
}

intptr_t dittoRepeatGetNumCounts(MlirOperation op) {
  return getRepeat(op).getStaticCounts().size();
}

int64_t dittoRepeatGetCount(MlirOperation op, intptr_t dim) {
  return getRepeat(op).getStaticCounts()[dim];
}

MlirValue dittoRepeatGetCountValue(MlirOperation op, intptr_t dim) {
  return wrap(dyn_cast<Value>(getRepeat(op).getMixedCounts()[dim]));
}

MlirValue dittoRepeatInterleaveGetInput(MlirOperation op) {
  return wrap(getInterleave(op).getInput());
}

int64_t dittoRepeatInterleaveGetCount(MlirOperation op) {
  return getInterleave(op).getStaticCount().value_or(DITTO_DYNAMIC);
}

MlirValue dittoRepeatInterleaveGetCountValue(MlirOperation op) {
  return wrap(getInterleave(op).getCount());
}

int64_t dittoRepeatInterleaveGetDim(MlirOperation op) {
  return getInterleave(op).getDim().value_or(DITTO_DYNAMIC);
}

int64_t dittoRepeatInterleaveGetOutputSize(MlirOperation op) {
  return getInterleave(op).getStaticOutputSize().value_or(DITTO_DYNAMIC);
}

MlirValue dittoRepeatInterleaveGetOutputSizeValue(MlirOperation op) {
  return wrap(getInterleave(op).getOutputSize());
}
