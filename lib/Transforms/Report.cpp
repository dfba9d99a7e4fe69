//===- Report.cpp - What became of each repeat ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Report.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"

#include <mutex>

using namespace mlir;
using namespace mlir::ditto;

static StringRef getArgument(const remark::detail::Remark &remark,
                             StringRef key) {
  for (const auto &argument : remark.getArgs())
    if (argument.key == key)
      return argument.val;
  return {};
}

static std::optional<int64_t> getNumber(const remark::detail::Remark &remark,
                                        StringRef key) {
  int64_t number;
  if (getArgument(remark, key).getAsInteger(10, number))
    return std::nullopt;
  return number;
}

RepeatReport::Site::Site(Location loc) {
  if (auto position = loc->findInstanceOf<FileLineColLoc>()) {
    file = position.getFilename().str();
    line = position.getLine();
    column = position.getColumn();
    return;
  }
  llvm::raw_string_ostream os(file);
  os << loc;
}

std::string RepeatReport::Site::str() const {
  if (line == 0)
    return file;
  return llvm::formatv("{0}:{1}:{2}", file, line, column).str();
}

void RepeatReport::record(const remark::detail::Remark &remark) {
  if (remark.getCategoryName() != "ditto")
    return;
  std::optional<int64_t> bytes = getNumber(remark, "Bytes");
  Row &row = rows[Site(remark.getLocation())];
  // The first remark is about the repeat as it was.
  if (row.spelling.empty())
    row.before = bytes;
  StringRef name = remark.getRemarkName();
  if (row.spelling.empty())
    row.spelling = getArgument(remark, "Op").str();
  if (name == "Raised") {
    row.spelling = getArgument(remark, "Spelling").str();
  } else if (name == "Kept") {
    // Several copies of one repeat may be left, one for each of its readers.
    if (row.outcome != "kept")
      row.after = 0;
    row.outcome = "kept";
    row.detail = getArgument(remark, "Reason").str();
    row.flops.reset();
    row.after = row.after && bytes
                    ? std::optional<int64_t>(
                          llvm::SaturatingAdd<uint64_t>(*row.after, *bytes))
                    : std::nullopt;
  } else if (row.outcome != "kept" &&
             (name == "Removed" || (name == "Sunk" && row.outcome.empty()))) {
    row.outcome = name.lower();
    row.detail = getArgument(remark, "Reader").str();
    row.flops =
        FlopChange{getNumber(remark, "Flops"), getNumber(remark, "FlopsSaved")};
  }
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static std::string describe(std::optional<int64_t> number) {
  return number ? std::to_string(*number) : "?";
}

static std::string describe(const FlopChange &flops) {
  std::string before = describe(flops.before);
  if (flops.saved == 0)
    return before + " unchanged";
  if (!flops.before || !flops.saved)
    return before + " -> ?";
  return before + " -> " + std::to_string(*flops.before - *flops.saved);
}

void RepeatReport::printTable(raw_ostream &os) const {
  SmallVector<std::array<std::string, 6>> table = {
      {"site", "spelling", "bytes before", "bytes after", "flops", "outcome"}};
  unsigned numKept = 0;
  for (const auto &[site, row] : rows) {
    numKept += row.outcome == "kept";
    std::string outcome = row.outcome;
    if (!row.detail.empty())
      outcome += (row.outcome == "kept"      ? ": "
                  : row.outcome == "removed" ? " by "
                                             : " below ") +
                 row.detail;
    table.push_back({site.str(), row.spelling, describe(row.before),
                     describe(row.after),
                     row.flops ? describe(*row.flops) : "-", outcome});
  }
  std::array<size_t, 6> widths = {};
  for (const auto &cells : table)
    for (auto [width, cell] : llvm::zip_equal(widths, cells))
      width = std::max(width, cell.size());
  for (const auto &cells : table) {
    for (unsigned i = 0; i < 5; ++i) {
      bool isNumber = i >= 2;
      os << (isNumber ? llvm::right_justify(cells[i], widths[i])
                      : llvm::left_justify(cells[i], widths[i]))
         << "  ";
    }
    os << cells[5] << '\n';
  }
  os << rows.size() << " repeats, " << rows.size() - numKept << " removed, "
     << numKept << " kept\n";
}

void RepeatReport::printJSON(raw_ostream &os) const {
  auto toJSON = [](std::optional<int64_t> number) -> llvm::json::Value {
    return number ? llvm::json::Value(*number) : llvm::json::Value(nullptr);
  };
  llvm::json::Array repeats;
  for (const auto &[site, row] : rows) {
    FlopChange flops = row.flops.value_or(FlopChange());
    repeats.push_back(llvm::json::Object{{"site", site.str()},
                                         {"spelling", row.spelling},
                                         {"bytes_before", toJSON(row.before)},
                                         {"bytes_after", toJSON(row.after)},
                                         {"flops_before", toJSON(flops.before)},
                                         {"flops_saved", toJSON(flops.saved)},
                                         {"outcome", row.outcome},
                                         {"detail", row.detail}});
  }
  os << llvm::formatv("{0:2}", llvm::json::Value(llvm::json::Object{
                                   {"repeats", std::move(repeats)}}))
     << '\n';
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

namespace {
/// Remarks come from functions in parallel.
class ReportStreamer : public remark::detail::MLIRRemarkStreamerBase {
public:
  explicit ReportStreamer(std::function<void(const RepeatReport &)> done)
      : done(std::move(done)) {}

  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    std::lock_guard<std::mutex> lock(mutex);
    report.record(remark);
  }

  void finalize() override { done(report); }

private:
  std::mutex mutex;
  RepeatReport report;
  std::function<void(const RepeatReport &)> done;
};
} // namespace

LogicalResult mlir::ditto::enableRepeatReport(
    MLIRContext &context, std::function<void(const RepeatReport &)> done) {
  remark::RemarkCategories categories;
  categories.passed = categories.missed = "ditto";
  return remark::enableOptimizationRemarks(
      context, std::make_unique<ReportStreamer>(std::move(done)),
      std::make_unique<remark::RemarkEmittingPolicyAll>(), categories);
}
