//===- Remarks.cpp - Remarks from several threads -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Remarks.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

std::unique_lock<std::mutex> mlir::ditto::lockRemarks() {
  static std::mutex mutex;
  return std::unique_lock<std::mutex>(mutex);
}

remark::RemarkOpts mlir::ditto::getRemarkOptions(StringLiteral name,
                                                 StringLiteral pass,
                                                 Operation *op) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  return remark::RemarkOpts::name(name)
      .category("ditto")
      .subCategory(pass)
      .function(function ? function.getName() : StringRef());
}
