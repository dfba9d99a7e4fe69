//===- CompilerTest.cpp - The compiler as a library -----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Compiler.h"
#include "ditto/InitDitto.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

#include <thread>

using namespace mlir;
using namespace mlir::ditto;

namespace {

constexpr StringLiteral kRepeat = R"mlir(
func.func @repeat(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %r = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @other(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
)mlir";

class CompilerTest : public ::testing::Test {
protected:
  CompilerTest() {
    DialectRegistry registry;
    registerDittoDialects(registry);
    registerDittoExtensions(registry);
    registerUpstreamDialects(registry);
    context.appendDialectRegistry(registry);
  }

  llvm::Expected<CompiledModule> compile(StringRef source,
                                         const CompilerOptions &options = {}) {
    module = parseSourceString<ModuleOp>(source, &context);
    return CompiledModule::compile(*module, options);
  }

  /// [0, 1, .., n - 1] as f32.
  Array iota(int64_t n) {
    Array array = cantFail(Array::allocate(Float32Type::get(&context), {n}));
    for (int64_t i = 0; i < n; ++i)
      *reinterpret_cast<float *>(array.getElement(i)) = i;
    return array;
  }

  Array index(int64_t value) {
    Array array = cantFail(Array::allocate(IndexType::get(&context), {}));
    std::memcpy(array.getData(), &value, sizeof(value));
    return array;
  }

  SmallVector<Array> arguments(Array first, Array second) {
    SmallVector<Array> result;
    result.push_back(std::move(first));
    result.push_back(std::move(second));
    return result;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

TEST_F(CompilerTest, ResultsOutliveTheModule) {
  std::optional<SmallVector<Array>> results;
  {
    CompiledModule compiled = cantFail(compile(kRepeat));
    CompiledFunction repeat = cantFail(compiled.getFunction("repeat"));
    results = cantFail(repeat.invoke(arguments(iota(3), index(2))));
  }
  ASSERT_EQ(results->size(), 1u);
  EXPECT_EQ((*results)[0].getShape(), ArrayRef<int64_t>({6}));
  EXPECT_EQ(*reinterpret_cast<float *>((*results)[0].getElement(5)), 2.0f);
  results.reset();
  EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
}

TEST_F(CompilerTest, RuntimeErrorIsAnError) {
  CompiledModule compiled = cantFail(compile(kRepeat));
  CompiledFunction repeat = cantFail(compiled.getFunction("repeat"));
  auto results = repeat.invoke(arguments(iota(3), index(-2)));
  EXPECT_EQ(toString(results.takeError()),
            "ditto.repeat: count -2 of dimension 0 is negative");
  EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
  // The function can be called again.
  EXPECT_EQ(cantFail(repeat.invoke(arguments(iota(3), index(0)))).size(), 1u);
}

TEST_F(CompilerTest, ArgumentsAreChecked) {
  CompiledModule compiled = cantFail(compile(kRepeat));
  CompiledFunction other = cantFail(compiled.getFunction("other"));
  for (int64_t length : {1, 3}) {
    SmallVector<Array> wrong;
    wrong.push_back(iota(length));
    EXPECT_EQ(toString(other.invoke(wrong).takeError()),
              "@other: expected argument 0 to be tensor<2xf32>, but got "
              "tensor<" +
                  std::to_string(length) + "xf32>");
  }
  EXPECT_EQ(toString(other.invoke({}).takeError()),
            "@other: expected 1 arguments, but got 0");
  EXPECT_EQ(toString(other.invoke(arguments(iota(2), iota(2))).takeError()),
            "@other: expected 1 arguments, but got 2");
}

TEST_F(CompilerTest, MissingFunction) {
  CompiledModule compiled = cantFail(compile(kRepeat));
  EXPECT_EQ(toString(compiled.getFunction("none").takeError()),
            "no function @none has been compiled");
  CompilerOptions options;
  options.entry = "other";
  compiled = cantFail(compile(kRepeat, options));
  EXPECT_EQ(toString(compiled.getFunction("repeat").takeError()),
            "no function @repeat has been compiled");
  EXPECT_EQ(cantFail(compiled.getFunction("other")).getSignature().name,
            "other");
}

TEST_F(CompilerTest, UnsupportedModule) {
  auto compiled = compile(R"mlir(
    func.func @f(%x: tensor<2xtf32>) -> tensor<2xtf32> {
      return %x : tensor<2xtf32>
    })mlir");
  EXPECT_NE(toString(compiled.takeError()).find("tf32"), std::string::npos);
}

TEST_F(CompilerTest, NoLLVMIR) {
  module = parseSourceString<ModuleOp>(R"mlir(
    llvm.func @f() {
      llvm.call_intrinsic "llvm.ditto.none"() : () -> ()
      llvm.return
    })mlir",
                                       &context);
  auto ir = emitLLVMIR(*module, {});
  EXPECT_NE(toString(ir.takeError())
                .find("could not find LLVM intrinsic: \"llvm.ditto.none\""),
            std::string::npos);
}

TEST_F(CompilerTest, VectorsHaveALimit) {
  CompilerOptions options;
  options.vectorBits = 4096;
  EXPECT_EQ(toString(compile(kRepeat, options).takeError()),
            "expected vectors of at most 2048 bits, but got 4096");
}

TEST_F(CompilerTest, DefaultsAreThoseOfThePipeline) {
  CompilerOptions options;
  OptimizeOptions pipeline;
  EXPECT_EQ(options.raise, pipeline.raise);
  EXPECT_EQ(options.raisePlainBroadcasts, pipeline.raisePlainBroadcasts);
  EXPECT_EQ(options.sink, pipeline.sink);
  EXPECT_EQ(options.foldInto, pipeline.foldInto);
  EXPECT_EQ(options.remarkKept, pipeline.remarkKept);
}

TEST_F(CompilerTest, ProgressIsReported) {
  std::vector<double> parts;
  std::string first, last;
  CompilerOptions options;
  options.progress = [&](StringRef step, double finished) {
    if (parts.empty())
      first = step.str();
    last = step.str();
    parts.push_back(finished);
    return true;
  };
  EXPECT_TRUE(bool(compile(kRepeat, options)));
  EXPECT_EQ(first, "Canonicalizer");
  EXPECT_EQ(last, "generating code");
  EXPECT_EQ(parts.front(), 0);
  EXPECT_LT(parts.back(), 1);
  EXPECT_TRUE(llvm::is_sorted(parts));

  parts.clear();
  auto text = emitLLVMIR(*module, options);
  EXPECT_TRUE(llvm::is_sorted(parts));
  EXPECT_EQ(cantFail(std::move(text)), cantFail(emitLLVMIR(*module, {})));

  parts.clear();
  EXPECT_TRUE(bool(lower(*module, Stage::Optimized, options)));
  EXPECT_EQ(parts.back(), 1);
}

TEST_F(CompilerTest, ProgressCanEndTheCompilation) {
  for (double end : {0.0, 0.05, 0.2, 0.5}) {
    CompilerOptions options;
    double last = 0;
    options.progress = [&](StringRef, double finished) {
      last = finished;
      return finished < end;
    };
    EXPECT_EQ(toString(compile(kRepeat, options).takeError()),
              "the compilation was ended");
    EXPECT_GE(last, end);
  }
}

#ifdef __x86_64__
/// Each of these CPUs has instructions that the other one has not.
TEST_F(CompilerTest, CodeForAnotherCPUIsRefused) {
  std::string messages;
  for (const char *cpu : {"sapphirerapids", "znver4"}) {
    CompilerOptions options;
    options.cpu = cpu;
    auto compiled = compile(kRepeat, options);
    if (!compiled)
      messages += toString(compiled.takeError());
  }
  EXPECT_NE(messages.find("code for the CPU '"), std::string::npos);
  EXPECT_NE(messages.find("' needs '"), std::string::npos);
  EXPECT_NE(messages.find("', which this machine does not have"),
            std::string::npos);
}

/// Both have vectors of 512 bits, one of them permutes their bytes.
TEST_F(CompilerTest, CodeUsesWhatTheCPUHas) {
  module = parseSourceString<ModuleOp>(R"mlir(
    func.func @f(%x: tensor<?x99xi8>, %n: tensor<99xi64>) -> tensor<?x?xi8> {
      %r = ditto.repeat_interleave %x by %n dim(1)
        : tensor<?x99xi8>, tensor<99xi64> -> tensor<?x?xi8>
      return %r : tensor<?x?xi8>
    })mlir",
                                       &context);
  for (const char *cpu : {"skylake-avx512", "icelake-server"}) {
    CompilerOptions options;
    options.cpu = cpu;
    options.vectorBits = 512;
    std::string ir = cantFail(emitLLVMIR(*module, options));
    EXPECT_EQ(ir.find("avx512.permvar.qi.512") != std::string::npos,
              StringRef(cpu) == "icelake-server")
        << cpu;
  }
}
#endif

TEST_F(CompilerTest, ThreadsCallAtTheSameTime) {
  CompiledModule compiled = cantFail(compile(kRepeat));
  CompiledFunction repeat = cantFail(compiled.getFunction("repeat"));
  std::vector<std::thread> threads;
  for (int64_t n = 0; n < 4; ++n)
    threads.emplace_back([&, n] {
      for (int64_t call = 0; call < 100; ++call) {
        // Some calls fail.
        auto results = repeat.invoke(arguments(iota(5), index(n - 1)));
        if (n == 0)
          EXPECT_EQ(toString(results.takeError()),
                    "ditto.repeat: count -1 of dimension 0 is negative");
        else
          EXPECT_EQ(cantFail(std::move(results))[0].getShape()[0], 5 * (n - 1));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
}

/// Each with a context of its own; whatever is shared has to be locked.
TEST_F(CompilerTest, ThreadsCompileAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int n = 0; n < 3; ++n)
    threads.emplace_back([n] {
      DialectRegistry registry;
      registerDittoDialects(registry);
      registerDittoExtensions(registry);
      registerUpstreamDialects(registry);
      MLIRContext context(registry);
      auto module = parseSourceString<ModuleOp>(kRepeat, &context);
      CompilerOptions options;
      options.parallel = n == 0;
      options.optimizationLevel = n;
      CompiledModule compiled =
          cantFail(CompiledModule::compile(*module, options));
      EXPECT_EQ(cantFail(compiled.getFunction("other")).getSignature().name,
                "other");
    });
  for (std::thread &thread : threads)
    thread.join();
}

} // namespace
