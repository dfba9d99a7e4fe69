//===- TargetModel.h - What code generation asks of a CPU -------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The few figures that choose tile sizes. Each has a default that is right for
// most machines that have vectors of that width; none is needed for
// correctness.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_CODEGEN_TARGETMODEL_H
#define DITTO_CODEGEN_TARGETMODEL_H

#include <cstdint>

namespace mlir::ditto {

struct TargetModel {
  /// Bits of a vector register.
  unsigned vectorBits = 512;
  /// Whether the CPU multiplies and adds pairs of bf16 (AVX-512 BF16).
  bool hasBF16Dot = false;
  /// Whether the CPU permutes bytes and 16-bit words of a vector of 512 bits by
  /// a vector of indices (AVX-512 VBMI and BW).
  bool permutesBytes = false;
  /// Bytes of a panel that stays in the first cache beside what is multiplied
  /// with it.
  int64_t panelBytes = 32 * 1024;
  /// Bytes of intermediate rows that stay in the second cache.
  int64_t rowBytes = 512 * 1024;

  /// Bytes of a result that is written past the caches: three quarters of a
  /// last cache of 32 MiB.
  int64_t streamBytes = 24 * 1024 * 1024;

  /// Instructions that are worth handing to another thread, which takes a few
  /// microseconds: as many take some ten, more where they wait for memory.
  int64_t partInstructions = 16 * 1024;

  /// Vector registers: AVX-512 and 128-bit AArch64 have 32, AVX2 and SSE 16. A
  /// wrong guess costs spills, or loads that could have been shared.
  unsigned getNumVectorRegisters() const { return vectorBits >= 512 ? 32 : 16; }

  /// Whether vectors of elements of any size can be stored in part.
  bool hasMaskedStores() const { return vectorBits >= 512; }

  /// Whether one instruction permutes elements of `bits` bits by a vector of
  /// indices.
  bool permutes(unsigned bits) const {
    return permutesBytes && vectorBits == 512 && (bits == 8 || bits == 16);
  }

  /// Vectors of accumulators that a tile has.
  int64_t getNumAccumulators() const { return getNumVectorRegisters() / 2; }
};

} // namespace mlir::ditto

#endif // DITTO_CODEGEN_TARGETMODEL_H
