//===- Copies.h - Several copies of ditto in one process --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each plugin, shared library and program may have a copy of ditto of its own,
// and all of them share one MLIR. A context has room for the dialect of one:
// upstream ends the process over a second one of the same name, and over ops
// that are built in a context that does not know them. So whoever works on ops
// of ditto asks first whose they are.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_COPIES_H
#define DITTO_IR_COPIES_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"

namespace mlir::ditto {

constexpr llvm::StringLiteral kOtherCopy =
    "the context has the dialect of another copy of ditto in this process";

/// Loads the dialect `ditto` that `context` knows, or else the one of this copy
/// of ditto. Returns whether it is the latter.
bool loadDittoDialect(MLIRContext &context);

/// Loads the dialect in every context that `registry` is added to, like
/// `loadDittoDialect`.
void addDittoDialectLoader(DialectRegistry &registry);

/// A pass that works on this copy's ops: an error where the context has those
/// of another one.
template <typename BaseT>
class PassOnDitto : public BaseT {
public:
  using BaseT::BaseT;

  void getDependentDialects(DialectRegistry &registry) const override {
    BaseT::getDependentDialects(registry);
    addDittoDialectLoader(registry);
  }

  LogicalResult initialize(MLIRContext *context) override {
    if (loadDittoDialect(*context))
      return success();
    return emitError(UnknownLoc::get(context)) << kOtherCopy;
  }
};

} // namespace mlir::ditto

#endif // DITTO_IR_COPIES_H
