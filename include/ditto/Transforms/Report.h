//===- Report.h - What became of each repeat --------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_REPORT_H
#define DITTO_TRANSFORMS_REPORT_H

#include "ditto/Transforms/Remarks.h"

#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace mlir::remark::detail {
class Remark;
} // namespace mlir::remark::detail

namespace mlir::ditto {

/// A summary of the remarks of category `ditto`, one row per repeat: where it
/// is, how it was spelled, the bytes of its copy before and after, the
/// arithmetic of the op that reads what was repeated, and why.
class RepeatReport {
public:
  /// Where a repeat is: a place in a file, in the order of the file, or what is
  /// known instead.
  struct Site {
    explicit Site(Location loc);
    std::string str() const;
    bool operator<(const Site &other) const {
      return std::tie(file, line, column) <
             std::tie(other.file, other.line, other.column);
    }

    std::string file;
    unsigned line = 0, column = 0;
  };

  struct Row {
    /// What raising found, or the name of the ditto op.
    std::string spelling;
    /// In bytes; none where that is not known before run time.
    std::optional<int64_t> before, after = 0;
    /// `removed`, `sunk` or `kept`.
    std::string outcome;
    /// The op that reads what was repeated, or the reason why it is kept.
    std::string detail;
    /// Of the op that reads what was repeated, if there is one.
    std::optional<FlopChange> flops;
  };

  /// Takes a remark into account; those of other categories say nothing.
  void record(const remark::detail::Remark &remark);

  /// For people: a table with a line of totals.
  void printTable(raw_ostream &os) const;

  /// For programs: `{"repeats": [{"site", "spelling", "bytes_before",
  /// "bytes_after", "outcome", "detail", "flops_before", "flops_saved"}]}`;
  /// unknown numbers are null.
  void printJSON(raw_ostream &os) const;

private:
  std::map<Site, Row> rows;
};

/// Collects a report in `context` and hands it over when the context is
/// destroyed. The context's remarks go nowhere else.
LogicalResult
enableRepeatReport(MLIRContext &context,
                   std::function<void(const RepeatReport &)> done);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_REPORT_H
