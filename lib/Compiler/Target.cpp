//===- Target.cpp - The machine to compile for ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Target.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

using namespace mlir;
using llvm::orc::JITTargetMachineBuilder;

void ditto::initializeNativeTarget() {
  static const bool initialized = [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetAsmParser();
    return true;
  }();
  (void)initialized;
}

static JITTargetMachineBuilder createGenericBuilder() {
  return JITTargetMachineBuilder(llvm::Triple(llvm::sys::getProcessTriple()));
}

/// The builder for a CPU that is named; asking for an unknown one prints to
/// stderr, so a generic machine is asked first whether it knows the name.
static llvm::Expected<JITTargetMachineBuilder>
createNamedBuilder(StringRef cpu) {
  JITTargetMachineBuilder builder = createGenericBuilder();
  auto generic = builder.createTargetMachine();
  if (!generic)
    return generic.takeError();
  if (!(*generic)->getMCSubtargetInfo()->isCPUStringValid(cpu))
    return llvm::createStringError(
        "expected the CPU to be host, generic or a name that LLVM knows for " +
        (*generic)->getTargetTriple().getArchName() + ", but got '" + cpu +
        "'");
  builder.setCPU(cpu.str());
  return builder;
}

llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
ditto::createTargetMachine(StringRef cpu, unsigned optimizationLevel) {
  initializeNativeTarget();
  auto builder =
      cpu == "host" ? JITTargetMachineBuilder::detectHost()
      : cpu == "generic"
          ? llvm::Expected<JITTargetMachineBuilder>(createGenericBuilder())
          : createNamedBuilder(cpu);
  if (!builder)
    return builder.takeError();
  builder->setRelocationModel(llvm::Reloc::PIC_);
  std::optional<llvm::CodeGenOptLevel> level =
      llvm::CodeGenOpt::getLevel(optimizationLevel);
  if (!level)
    return llvm::createStringError(
        "expected an optimization level from 0 to 3, but got " +
        llvm::Twine(optimizationLevel));
  builder->setCodeGenOptLevel(*level);
  return builder->createTargetMachine();
}

unsigned ditto::getVectorBits(const llvm::TargetMachine &machine) {
  const llvm::MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  if (machine.getTargetTriple().isX86()) {
    if (subtarget.checkFeatures("+avx512f"))
      return 512;
    if (subtarget.checkFeatures("+avx2"))
      return 256;
  }
  return 128;
}

bool ditto::hasBF16Dot(const llvm::TargetMachine &machine) {
  const llvm::MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  // Single elements are rounded too, in vectors of 128 bits.
  return machine.getTargetTriple().isX86() &&
         subtarget.checkFeatures("+avx512bf16,+avx512vl");
}

bool ditto::hasBytePermute(const llvm::TargetMachine &machine) {
  const llvm::MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  return machine.getTargetTriple().isX86() &&
         subtarget.checkFeatures("+avx512vbmi,+avx512bw");
}

llvm::Error ditto::checkRunsHere(const llvm::TargetMachine &machine) {
  const llvm::MCSubtargetInfo &subtarget = *machine.getMCSubtargetInfo();
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    if (!feature.second && subtarget.checkFeatures("+" + feature.first().str()))
      return llvm::createStringError(
          "code for the CPU '" + machine.getTargetCPU() + "' needs '" +
          feature.first() + "', which this machine does not have");
  return llvm::Error::success();
}
