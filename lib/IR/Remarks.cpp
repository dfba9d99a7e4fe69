//===- Remarks.cpp - Remarks from several threads -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Remarks.h"

std::unique_lock<std::mutex> mlir::ditto::lockRemarks() {
  static std::mutex mutex;
  return std::unique_lock<std::mutex>(mutex);
}
