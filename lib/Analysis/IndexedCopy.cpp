//===- IndexedCopy.cpp - Copies that extract by index ---------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/IndexedCopy.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

tensor::ExtractOp mlir::ditto::getIndexedExtract(linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInputs() != 0 ||
      op.getNumDpsInits() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() ||
      !op.getIndexingMapsArray()[0].isPermutation() ||
      !op.getRegionOutputArgs()[0].use_empty())
    return {};
  Block *body = op.getBlock();
  auto extract =
      body->getTerminator()->getOperand(0).getDefiningOp<tensor::ExtractOp>();
  bool onlyExtracts =
      extract && extract->getBlock() == body &&
      extract.getTensor().getParentBlock() != body &&
      llvm::all_of(body->without_terminator(), [](Operation &inner) {
        return inner.getNumRegions() == 0 && isMemoryEffectFree(&inner);
      });
  return onlyExtracts ? extract : tensor::ExtractOp();
}

Value mlir::ditto::createIndexedCopy(OpBuilder &builder, linalg::GenericOp op,
                                     Value source,
                                     ArrayRef<OpFoldResult> extents) {
  AffineMap map = op.getIndexingMapsArray()[0];
  Location loc = op->getLoc();
  tensor::ExtractOp extract = getIndexedExtract(op);
  // Loops are numbered in the order of the result's dimensions.
  SmallVector<int64_t> numberOfLoop(op.getNumLoops(), -1);
  SmallVector<OpFoldResult> sizes;
  for (auto [dim, extent] : llvm::enumerate(extents)) {
    if (!extent)
      continue;
    numberOfLoop[map.getDimPosition(dim)] = sizes.size();
    sizes.push_back(extent);
  }
  Value init = tensor::EmptyOp::create(builder, loc, sizes, extract.getType());
  SmallVector<utils::IteratorType> iterators(sizes.size(),
                                             utils::IteratorType::parallel);
  auto buildBody = [&](OpBuilder &nested, Location, ValueRange) {
    IRMapping mapping;
    for (Operation &inner : *op.getBlock()) {
      Operation *clone = nested.clone(inner, mapping);
      if (auto index = dyn_cast<linalg::IndexOp>(clone))
        index.setDim(numberOfLoop[index.getDim()]);
      if (&inner == extract)
        cast<tensor::ExtractOp>(clone).getTensorMutable().assign(source);
    }
  };
  return linalg::GenericOp::create(
             builder, loc, init.getType(), ValueRange(), init,
             builder.getMultiDimIdentityMap(sizes.size()), iterators, buildBody)
      .getResult(0);
}
