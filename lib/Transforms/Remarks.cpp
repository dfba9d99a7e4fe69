//===- Remarks.cpp - What the stages say about repeats --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Remarks.h"

#include "ditto/IR/ElementStorage.h"
#include "ditto/IR/Remarks.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

std::string mlir::ditto::describeBytes(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !fitsInMemory(tensor))
    return "?";
  // The product is known to fit; its factors may be 0 and huge.
  int64_t bytes = *getStorageBytes(tensor.getElementType());
  for (int64_t extent : tensor.getShape())
    bytes = llvm::SaturatingMultiply<uint64_t>(bytes, extent);
  return std::to_string(bytes);
}

static std::string describe(std::optional<int64_t> number) {
  return number ? std::to_string(*number) : "?";
}

void mlir::ditto::remarkGone(Operation *repeat, const ReaderRewrite &rewrite) {
  constexpr StringLiteral removed = "Removed", sunk = "Sunk";
  auto lock = lockRemarks();
  remark::passed(repeat->getLoc(),
                 getRemarkOptions(rewrite.repeatsResults ? sunk : removed,
                                  rewrite.pass, repeat))
      << remark::metric("Op", repeat->getName().getStringRef().str())
      << remark::metric("Bytes", describeBytes(repeat->getResult(0).getType()))
      << remark::metric("Reader", rewrite.reader.str())
      << remark::metric("Flops", describe(rewrite.flops.before))
      << remark::metric("FlopsSaved", describe(rewrite.flops.saved));
}

void mlir::ditto::remarkKept(Operation *repeat, StringRef reason) {
  auto lock = lockRemarks();
  remark::missed(repeat->getLoc(), getRemarkOptions("Kept", kFoldPass, repeat))
      << remark::metric("Op", repeat->getName().getStringRef().str())
      << remark::metric("Bytes", describeBytes(repeat->getResult(0).getType()))
      << remark::metric("Reason", reason.str());
}
