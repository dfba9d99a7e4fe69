//===- LoadedObject.h - Object files in memory ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_COMPILER_LOADEDOBJECT_H
#define DITTO_COMPILER_LOADEDOBJECT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>

namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace mlir::ditto {

/// An object file of `emitObject`, linked with the runtime and the libraries of
/// this process. Loading one takes a millisecond, compiling it a hundred: an
/// object that is kept saves most of the time of later processes.
class LoadedObject {
public:
  static llvm::Expected<LoadedObject>
  load(std::unique_ptr<llvm::MemoryBuffer> object);

  LoadedObject(LoadedObject &&);
  LoadedObject &operator=(LoadedObject &&);
  ~LoadedObject();

  /// Returns the address of the function of this name; it is valid as long as
  /// this object lives.
  llvm::Expected<void *> lookup(llvm::StringRef name) const;

private:
  explicit LoadedObject(std::unique_ptr<llvm::orc::LLJIT> jit);

  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace mlir::ditto

#endif // DITTO_COMPILER_LOADEDOBJECT_H
