//===- Ditto.cpp - The ditto dialect --------------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"

#include "mlir/Bytecode/BytecodeImplementation.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;
using namespace mlir::ditto;

#include "ditto/IR/Ditto.cpp.inc"

namespace {

/// Repeats may be inlined anywhere: they have no regions and no side effects.
struct DittoInlinerInterface : public DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
};

/// The version of the dialect's bytecode: raised by one with each change of an
/// op that older readers would misread.
struct DittoDialectVersion : public DialectVersion {
  static constexpr uint64_t kCurrent = 1;
};

struct DittoBytecodeInterface : public BytecodeDialectInterface {
  DittoBytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  void writeVersion(DialectBytecodeWriter &writer) const final {
    writer.writeVarInt(DittoDialectVersion::kCurrent);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const final {
    uint64_t version;
    if (failed(reader.readVarInt(version)))
      return nullptr;
    if (version > DittoDialectVersion::kCurrent) {
      reader.emitError() << "expected version " << DittoDialectVersion::kCurrent
                         << " or older of the ditto dialect, but got version "
                         << version << " (written by a newer ditto)";
      return nullptr;
    }
    return std::make_unique<DittoDialectVersion>();
  }
};

} // namespace

void DittoDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "ditto/IR/DittoOps.cpp.inc"
      >();
  addInterfaces<DittoInlinerInterface, DittoBytecodeInterface>();
  // Implemented by ditto::Lowering, so that the ops alone do not pull in the
  // bufferization dialect's transforms.
  declarePromisedInterfaces<bufferization::BufferizableOpInterface, RepeatOp,
                            RepeatInterleaveOp>();
}

Operation *DittoDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}
