//===- FusedCopy.cpp - Copies that compute on the way ---------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/FusedCopy.h"

#include "ElementCopy.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

Value mlir::ditto::getFusedCopySource(Operation *op) {
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp || linalgOp.getNumDpsInputs() != 1 ||
      linalgOp.getNumDpsInits() != 1)
    return {};
  Block *body = linalgOp.getBlock();
  OpOperand *init = linalgOp.getDpsInitOperand(0);
  Value source = linalgOp.getDpsInputOperand(0)->get();
  if (body->without_terminator().empty() ||
      !isa<RankedTensorType>(source.getType()) ||
      !linalgOp.getMatchingBlockArgument(init).use_empty() ||
      linalgOp.getMatchingBlockArgument(linalgOp.getDpsInputOperand(0))
          .use_empty())
    return {};
  // Nothing may depend on the place of the element, or have to run as often as
  // there are places.
  auto isOfElement = [](Operation &inner) {
    return inner.getNumRegions() == 0 && isPure(&inner) &&
           !isa<linalg::IndexOp>(inner) &&
           llvm::none_of(inner.getOperandTypes(),
                         [](Type type) { return isa<ShapedType>(type); });
  };
  if (!llvm::all_of(body->without_terminator(), isOfElement))
    return {};
  std::string ignored;
  return getCopiedValue(linalgOp, ignored) ? Value() : source;
}

LogicalResult mlir::ditto::applyFusedCopy(DigitLayout &layout, Operation *op,
                                          std::string &reason) {
  auto linalgOp = cast<linalg::LinalgOp>(op);
  auto copy = getInputCopy(linalgOp, linalgOp.getDpsInputOperand(0), reason);
  return success(succeeded(copy) && succeeded(copy->applyTo(layout, reason)));
}

Value mlir::ditto::createFunctionOf(OpBuilder &builder, Operation *op,
                                    Value source) {
  auto linalgOp = cast<linalg::LinalgOp>(op);
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(source.getType());
  Value init = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, source),
      getElementTypeOrSelf(op->getResult(0)));
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, init.getType(), source, init,
             ArrayRef{identity, identity}, iterators,
             [&](OpBuilder &nested, Location nestedLoc, ValueRange elements) {
               IRMapping mapping;
               mapping.map(linalgOp.getMatchingBlockArgument(
                               linalgOp.getDpsInputOperand(0)),
                           elements.front());
               Block *body = linalgOp.getBlock();
               for (Operation &inner : body->without_terminator())
                 nested.clone(inner, mapping);
               linalg::YieldOp::create(
                   nested, nestedLoc,
                   mapping.lookup(body->getTerminator()->getOperand(0)));
             })
      .getResult(0);
}
