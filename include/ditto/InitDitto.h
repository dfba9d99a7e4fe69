//===- InitDitto.h - Register ditto with a tool or compiler --- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The four verbs an embedding tool calls, and the narrow list of upstream
// dialects that ditto's pipelines read. Link `ditto::Pipelines`.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_INITDITTO_H
#define DITTO_INITDITTO_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace mlir::ditto {

/// Registers the `ditto` dialect, unless another copy of ditto has done so.
void registerDittoDialects(DialectRegistry &registry);

/// Registers the external models that ditto's pipelines use: bufferization,
/// deallocation, tiling, subset, value bounds and inlining of the dialects that
/// `registerUpstreamDialects` lists and of `ditto`, the translation to LLVM IR,
/// and the transform dialect's ops of ditto. ditto's own passes and pipelines
/// bring what they need without it.
void registerDittoExtensions(DialectRegistry &registry);

/// Registers the passes of the stages (`ditto-codegen`, ..) under their names,
/// for the whole process. Does nothing where another copy of ditto, in a plugin
/// or a shared library, has done so.
void registerDittoPasses();

/// Registers `ditto-optimize`, `ditto-lower-to-llvm` and `ditto-compile`, once
/// in a process like the passes.
void registerDittoPipelines();

/// Registers the upstream dialects that the pipelines take as input. Not needed
/// where the modules come from a context that has them.
void registerUpstreamDialects(DialectRegistry &registry);

} // namespace mlir::ditto

#endif // DITTO_INITDITTO_H
