//===- FillWeights.cpp - Weights for models without them ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../TestPasses.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Pass/Pass.h"

#include <random>

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Gives constants whose resources have been left out of the file values:
/// random ones between -1 and 1, the same in every run, or zeros if they are no
/// floats.
struct FillWeightsPass : public PassWrapper<FillWeightsPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FillWeightsPass)

  FillWeightsPass() = default;
  FillWeightsPass(const FillWeightsPass &other) : PassWrapper(other) {}

  StringRef getArgument() const final { return "test-fill-weights"; }
  StringRef getDescription() const final {
    return "fills in constants whose resources are missing";
  }

  void runOnOperation() final {
    getOperation()->walk([&](Operation *op) {
      for (NamedAttribute attribute : op->getAttrDictionary())
        if (auto weights =
                dyn_cast<DenseResourceElementsAttr>(attribute.getValue()))
          if (!weights.getRawHandle().getBlob())
            op->setAttr(attribute.getName(), makeValues(weights));
    });
  }

  Attribute makeValues(DenseResourceElementsAttr weights) {
    auto element = dyn_cast<FloatType>(weights.getElementType());
    if (!element)
      return Builder(weights.getContext()).getZeroAttr(weights.getType());
    SmallVector<APFloat> values;
    for (int64_t i = 0; i < weights.getNumElements(); ++i) {
      APFloat value(double(generator()) / generator.max() * 2 - 1);
      bool losesInfo;
      value.convert(element.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                    &losesInfo);
      values.push_back(value);
    }
    return DenseElementsAttr::get(weights.getType(), values);
  }

  /// From the same seed for each module.
  std::mt19937 generator;
};

} // namespace

void mlir::ditto::test::registerFillWeightsPass() {
  PassRegistration<FillWeightsPass>();
}
