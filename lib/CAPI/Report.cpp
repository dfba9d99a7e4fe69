//===- Report.cpp - What became of each repeat, for C ---------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto-c/Report.h"

#include "ditto/Transforms/Report.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"

using namespace mlir;

MlirLogicalResult dittoReportEnable(MlirContext context,
                                    MlirStringCallback callback,
                                    void *userData) {
  return wrap(ditto::enableRepeatReport(
      *unwrap(context), [=](const ditto::RepeatReport &report) {
        std::string text;
        llvm::raw_string_ostream stream(text);
        report.printJSON(stream);
        callback(wrap(StringRef(text)), userData);
      }));
}
