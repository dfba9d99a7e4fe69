//===- Report.h - What became of each repeat --------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_REPORT_H
#define DITTO_TRANSFORMS_REPORT_H

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <functional>
#include <optional>
#include <string>

namespace mlir::remark::detail {
class Remark;
} // namespace mlir::remark::detail

namespace mlir::ditto {

/// A summary of the remarks of category `ditto`, one row per repeat: where it
/// is, how it was spelled, the bytes of its copy before and after, and why.
class RepeatReport {
public:
  struct Row {
    /// The location, `file:line:column`.
    std::string site;
    /// What raising found, or the name of the ditto op.
    std::string spelling;
    /// In bytes; none where that is not known before run time.
    std::optional<int64_t> before, after = 0;
    /// `removed`, `sunk` or `kept`.
    std::string outcome;
    /// The op that reads what was repeated, or the reason why it is kept.
    std::string detail;
  };

  /// Takes a remark into account; those of other categories say nothing.
  void record(const remark::detail::Remark &remark);

  /// For people: a table with a line of totals.
  void printTable(raw_ostream &os) const;

  /// For programs: `{"repeats": [{"site", "spelling", "bytes_before",
  /// "bytes_after", "outcome", "detail"}]}`; unknown bytes are null.
  void printJSON(raw_ostream &os) const;

private:
  Row &getRow(StringRef site, std::optional<int64_t> before);

  /// In the order of their first remark.
  SmallVector<Row, 0> rows;
  llvm::StringMap<size_t> rowOfSite;
};

/// Collects a report in `context` and hands it over when the context is
/// destroyed. The context's remarks go nowhere else.
LogicalResult
enableRepeatReport(MLIRContext &context,
                   std::function<void(const RepeatReport &)> done);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_REPORT_H
