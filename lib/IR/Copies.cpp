//===- Copies.cpp - Several copies of ditto in one process ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Copies.h"

#include "ditto/IR/Ditto.h"

#include "mlir/IR/BuiltinDialect.h"

using namespace mlir;
using namespace mlir::ditto;

bool mlir::ditto::loadDittoDialect(MLIRContext &context) {
  Dialect *dialect =
      context.getOrLoadDialect(DittoDialect::getDialectNamespace());
  if (!dialect)
    dialect = context.getOrLoadDialect<DittoDialect>();
  return dialect->getTypeID() == TypeID::get<DittoDialect>();
}

namespace {
/// Every context has the builtin dialect.
struct Loader : public DialectExtension<Loader, BuiltinDialect> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(Loader)

  void apply(MLIRContext *context, BuiltinDialect *) const override {
    loadDittoDialect(*context);
  }
};
} // namespace

void mlir::ditto::addDittoDialectLoader(DialectRegistry &registry) {
  registry.addExtensions<Loader>();
}
