//===- Diagnostics.cpp - MLIR's diagnostics as an error -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

DiagnosticCollector::DiagnosticCollector(MLIRContext *context)
    : handler(context,
              [this](Diagnostic &diagnostic) { return handle(diagnostic); }) {}

/// Appends "file:line:column: kind: message".
static void append(std::string &text, Diagnostic &diagnostic, StringRef kind) {
  llvm::raw_string_ostream stream(text);
  if (!text.empty())
    stream << '\n';
  Location location = diagnostic.getLocation();
  if (!isa<UnknownLoc>(location)) {
    if (auto file = location->findInstanceOf<FileLineColLoc>())
      stream << file.getFilename().getValue() << ':' << file.getLine() << ':'
             << file.getColumn();
    else
      stream << location;
    stream << ": ";
  }
  stream << kind << ": " << diagnostic;
}

LogicalResult DiagnosticCollector::handle(Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
    return failure();
  append(text, diagnostic, "error");
  for (Diagnostic &note : diagnostic.getNotes())
    append(text, note, "note");
  return success();
}

llvm::Error DiagnosticCollector::takeError(const llvm::Twine &otherwise) {
  return llvm::createStringError(text.empty() ? otherwise.str()
                                              : std::move(text));
}
