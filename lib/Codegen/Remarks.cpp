//===- Remarks.cpp - What the stage says about each op --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "ditto/IR/Remarks.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

static remark::RemarkOpts getOptions(StringRef name) {
  return remark::RemarkOpts::name(name).category("ditto-codegen");
}

static bool isWanted(Location loc) {
  return loc.getContext()->getRemarkEngine() != nullptr;
}

static auto describeOp(LinalgOp op) {
  return remark::metric("Op", op->getName().getStringRef().str());
}

std::string ditto::describeTile(ArrayRef<int64_t> widths) {
  SmallVector<std::string> parts;
  for (auto [dim, width] : llvm::enumerate(widths))
    if (width != 1)
      parts.push_back("d" + std::to_string(dim) + ":" +
                      (width ? std::to_string(width) : "all"));
  return llvm::join(parts, " ");
}

void ditto::remarkVectorised(LinalgOp op, function_ref<VectorForm()> describe) {
  if (!isWanted(op.getLoc()))
    return;
  VectorForm form = describe();
  auto lock = lockRemarks();
  auto remark = remark::passed(op.getLoc(), getOptions("Vectorised"));
  remark << describeOp(op) << remark::metric("Form", form.form)
         << remark::metric("Tile", form.tile);
  if (form.masksRest)
    remark << remark::metric("Rest", "masked");
  if (form.streams)
    remark << remark::metric("Stores", "streaming");
}

void ditto::remarkPacked(LinalgOp op, unsigned operand, StringRef form,
                         int64_t depth, int64_t width, int64_t rows) {
  if (!isWanted(op.getLoc()))
    return;
  auto lock = lockRemarks();
  remark::passed(op.getLoc(), getOptions("Packed"))
      << describeOp(op) << remark::metric("Operand", operand)
      << remark::metric("Form", form)
      << remark::metric("Panel",
                        std::to_string(depth) + "x" + std::to_string(width))
      << remark::metric("Rows", rows);
}

void ditto::remarkFused(LinalgOp op, unsigned numProducers,
                        ArrayRef<int64_t> tile) {
  if (!isWanted(op.getLoc()))
    return;
  auto lock = lockRemarks();
  remark::passed(op.getLoc(), getOptions("Fused"))
      << describeOp(op) << remark::metric("Producers", numProducers)
      << remark::metric("Tile", describeTile(tile));
}

static std::string describeNumber(OpFoldResult number) {
  std::optional<int64_t> known = getConstantIntValue(number);
  return known ? std::to_string(*known) : "dynamic";
}

void ditto::remarkParallel(Location loc, StringRef function, OpFoldResult turns,
                           OpFoldResult instructions) {
  if (!isWanted(loc))
    return;
  auto lock = lockRemarks();
  remark::passed(loc, getOptions("Parallel"))
      << remark::metric("Function", function)
      << remark::metric("Turns", describeNumber(turns))
      << remark::metric("Instructions", describeNumber(instructions));
}

void ditto::remarkNotParallel(Location loc, const Twine &reason) {
  if (!isWanted(loc))
    return;
  auto lock = lockRemarks();
  remark::missed(loc, getOptions("Parallel"))
      << remark::metric("Reason", reason.str());
}

void ReasonCollector::notifyMatchFailure(
    Location loc, function_ref<void(Diagnostic &)> reason) {
  Diagnostic diagnostic(loc, DiagnosticSeverity::Remark);
  reason(diagnostic);
  std::string text = diagnostic.str();
  if (!llvm::is_contained(reasons, text))
    reasons.push_back(std::move(text));
}

void ReasonCollector::remarkMissed(StringRef name, LinalgOp op) {
  auto lock = lockRemarks();
  remark::missed(op.getLoc(), getOptions(name))
      << describeOp(op) << remark::metric("Reason", llvm::join(reasons, "; "));
  reasons.clear();
}
