//===- TestDigitLayout.cpp - Print digit layouts --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../TestPasses.h"
#include "ditto/Analysis/DigitLayout.h"

#include "mlir/Pass/Pass.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Remarks the layout of the result of each op that carries `test.layout`, and
/// where it comes from: an argument, or an op with the reason why the analysis
/// goes no further.
struct TestDigitLayoutPass
    : public PassWrapper<TestDigitLayoutPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestDigitLayoutPass)

  StringRef getArgument() const final { return "test-digit-layout"; }
  StringRef getDescription() const final {
    return "prints the digit layouts of marked ops";
  }

  void runOnOperation() final {
    getOperation()->walk([](Operation *op) {
      if (op->hasAttr("test.layout"))
        op->emitRemark(describe(op->getResult(0)));
    });
  }

  static std::string describe(Value value) {
    std::string text, reason;
    FailureOr<DigitLayout> layout = DigitLayout::get(value, reason);
    if (failed(layout))
      return "no layout: " + reason;
    llvm::raw_string_ostream os(text);
    layout->print(os);
    if (auto argument = dyn_cast<BlockArgument>(layout->getRoot()))
      os << " from argument " << argument.getArgNumber();
    else
      os << " from '" << layout->getRoot().getDefiningOp()->getName()
         << "': " << reason;
    return text;
  }
};

} // namespace

void mlir::ditto::test::registerDigitLayoutPass() {
  PassRegistration<TestDigitLayoutPass>();
}
