//===- Marshal.h - Arguments and results of compiled code -------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_MARSHAL_H
#define DITTO_LIB_COMPILER_MARSHAL_H

#include "ditto/Compiler/Array.h"
#include "ditto/Compiler/Signature.h"

#include <cstddef>

namespace mlir::ditto {

/// An error unless `arguments` have the types that `signature` says.
llvm::Error checkArguments(const Signature &signature,
                           ArrayRef<Array> arguments);

/// The memory that one call of a function passes its arguments and gets its
/// results in. `_mlir_ciface_f` takes tensors as pointers to memref descriptors
/// and scalars by value. Its result is returned if it is one scalar of a plain
/// type; otherwise the function stores it where its first argument points: the
/// descriptor of a tensor, a complex number, or a struct of several results.
/// MLIR wraps this once more into a function of one array of pointers, one to
/// each argument and the last to the returned value.
class CallFrame {
public:
  CallFrame(const Signature &signature, ArrayRef<Array> arguments);

  /// The array of pointers to hand to the compiled code.
  void **getPointers() { return pointers.data(); }

  /// Takes over the results of a call that has succeeded.
  llvm::Expected<SmallVector<Array>> takeResults();

private:
  void layOutResults();
  Array::Memory *findAllocation(void *allocated);
  llvm::Expected<Array> takeTensor(RankedTensorType type, const char *slot);

  const Signature &signature;
  ArrayRef<Array> arguments;
  SmallVector<void *> pointers;
  /// Descriptors of the tensor arguments, one after the other, and pointers to
  /// them.
  SmallVector<int64_t, 32> descriptors;
  SmallVector<void *> indirections;
  /// What the function stores its results in, and where in it each one is.
  SmallVector<std::max_align_t, 8> resultStruct;
  SmallVector<size_t> resultOffsets;
  void *resultPointer = nullptr;
  /// The allocations of the results that nobody has taken yet; null for those
  /// that somebody has.
  SmallVector<Array::Memory> allocations;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_MARSHAL_H
