//===- ToolSupport.h - Upstream's share of ditto's tools ------ -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What ditto-opt and ditto-lsp-server take from upstream beyond what ditto's
// pipelines need: the transform dialect, and passes by name.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_TOOLSUPPORT_H
#define DITTO_TOOLS_TOOLSUPPORT_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace mlir::ditto {

/// Registers the ditto dialect, the dialects of the pipelines and the transform
/// dialect with its extensions for them.
void registerToolDialects(DialectRegistry &registry);

/// Registers upstream's passes on these dialects.
void registerToolPasses();

} // namespace mlir::ditto

#endif // DITTO_TOOLS_TOOLSUPPORT_H
