//===- OutputFile.cpp - Files that are whole or not there -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

/// Prints through `stream` and turns its failure (no space, ..) into an error.
static llvm::Error print(llvm::raw_fd_ostream &stream, StringRef path,
                         llvm::function_ref<void(llvm::raw_ostream &)> write) {
  write(stream);
  stream.flush();
  if (!stream.has_error())
    return llvm::Error::success();
  std::error_code code = stream.error();
  // An error that is left in the stream ends the process.
  stream.clear_error();
  return llvm::createStringError(path + ": " + code.message());
}

/// Writes to something that cannot be renamed over.
static llvm::Error
writeDirectly(StringRef path,
              llvm::function_ref<void(llvm::raw_ostream &)> write) {
  std::error_code code;
  llvm::raw_fd_ostream stream(path, code);
  if (code)
    return llvm::createStringError(path + ": " + code.message());
  return print(stream, path, write);
}

llvm::Error
ditto::writeFile(StringRef path,
                 llvm::function_ref<void(llvm::raw_ostream &)> write) {
  if (path == "-")
    return print(llvm::outs(), "stdout", write);
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return writeDirectly(path, write);

  auto file = llvm::sys::fs::TempFile::create(path + ".tmp-%%%%%%");
  if (!file)
    return llvm::createStringError(path + ": " +
                                   llvm::toString(file.takeError()));
  llvm::raw_fd_ostream stream(file->FD, /*shouldClose=*/false);
  if (llvm::Error error = print(stream, path, write))
    return llvm::joinErrors(std::move(error), file->discard());
  if (llvm::Error error = file->keep(path))
    return llvm::createStringError(path + ": " +
                                   llvm::toString(std::move(error)));
  return llvm::Error::success();
}
