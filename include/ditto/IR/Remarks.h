//===- Remarks.h - Remarks from several threads -----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_REMARKS_H
#define DITTO_IR_REMARKS_H

#include "mlir/IR/Remarks.h"

#include <mutex>

namespace mlir::ditto {

/// To be held while a remark is made: functions are rewritten in parallel, and
/// upstream's streamers do not expect that.
std::unique_lock<std::mutex> lockRemarks();

/// What remarks about repeats have in common: category `ditto`, the pass as its
/// sub-category, the function around `op`. Literals and names of symbols,
/// because remarks may be kept until the context goes.
remark::RemarkOpts getRemarkOptions(StringLiteral name, StringLiteral pass,
                                    Operation *op);

} // namespace mlir::ditto

#endif // DITTO_IR_REMARKS_H
