//===- ObjectCache.h - Object files of earlier processes --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_OBJECTCACHE_H
#define DITTO_PYTHON_OBJECTCACHE_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>

namespace mlir::ditto::python {

/// Compiled sources in files, in the directory that DITTO_CACHE_DIR names, or
/// else `ditto` in the user's cache directory; nowhere if DITTO_CACHE_DIR is
/// empty or the directory is not the user's own. It is a cache: what cannot be
/// read or written is compiled again, silently.
class ObjectCache {
public:
  ObjectCache();

  /// Returns the object that `source` was compiled to, or null.
  std::unique_ptr<llvm::MemoryBuffer> load(StringRef source) const;
  void store(StringRef source, const llvm::MemoryBuffer &object) const;

  const std::string &getDirectory() const { return directory; }

private:
  std::string getPath(StringRef source) const;
  /// What stands before the object: it tells whose file this is, and that it
  /// is whole.
  std::string getHeader(StringRef source, StringRef object) const;

  /// Version and processor.
  std::string target;
  std::string directory;
};

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_OBJECTCACHE_H
