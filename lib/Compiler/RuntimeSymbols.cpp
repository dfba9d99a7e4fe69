//===- RuntimeSymbols.cpp - What compiled code links with -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeSymbols.h"

#include "ditto/Runtime/Parallel.h"
#include "ditto/Runtime/Runtime.h"

using namespace mlir;

llvm::orc::SymbolMap
ditto::getRuntimeSymbols(llvm::orc::MangleAndInterner mangle) {
  llvm::orc::SymbolMap symbols;
  auto add = [&](llvm::StringRef name, auto *function) {
    symbols[mangle(name)] = {llvm::orc::ExecutorAddr::fromPtr(function),
                             llvm::JITSymbolFlags::Exported};
  };
  add("dittoRuntimeFail", dittoRuntimeFail);
  add("dittoRuntimeFailAssert", dittoRuntimeFailAssert);
  add("dittoRuntimeParallelFor", dittoRuntimeParallelFor);
  add("_mlir_memref_to_llvm_alloc", _mlir_memref_to_llvm_alloc);
  add("_mlir_memref_to_llvm_aligned_alloc", _mlir_memref_to_llvm_aligned_alloc);
  add("_mlir_memref_to_llvm_free", _mlir_memref_to_llvm_free);
  add("__truncsfbf2", __truncsfbf2);
  add("__truncdfbf2", __truncdfbf2);
  return symbols;
}
