//===- EmbeddersTest.cpp - Several users of ditto in one process ----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This program has three copies of ditto: the static libraries that it links,
// the one in libDittoC, and the one in the plugin. All share one MLIR.
//
//===----------------------------------------------------------------------===//

#include "ditto-c/Compiler.h"
#include "ditto-c/Dialect.h"
#include "ditto-c/Registration.h"
#include "ditto/Compiler/Compiler.h"
#include "ditto/IR/Ditto.h"
#include "ditto/InitDitto.h"
#include "ditto/Lowering/Passes.h"
#include "ditto/Pipelines/Pipelines.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir-c/BuiltinTypes.h"
#include "mlir/CAPI/IR.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "gtest/gtest.h"

#include <thread>

using namespace mlir;
using namespace mlir::ditto;

namespace {

constexpr StringLiteral kRepeat = R"mlir(
func.func @repeat(%x: tensor<2xf32>, %n: index) -> tensor<?xf32> {
  %r = ditto.repeat %x by [%n] : tensor<2xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
)mlir";

/// The message of an error; empty for none.
std::string messageOf(llvm::Error error) {
  return llvm::toString(std::move(error));
}

/// Compiles and calls with the static libraries, in a context that knows no
/// more than the module has. Returns the extent of the result.
int64_t runStatic(int64_t count) {
  MLIRContext context;
  context.loadDialect<DittoDialect, func::FuncDialect>();
  auto module = parseSourceString<ModuleOp>(kRepeat, &context);
  CompiledModule compiled = cantFail(CompiledModule::compile(*module, {}));
  SmallVector<Array> arguments;
  arguments.push_back(
      cantFail(Array::allocate(Float32Type::get(&context), {2})));
  arguments.push_back(cantFail(Array::allocate(IndexType::get(&context), {})));
  *reinterpret_cast<int64_t *>(arguments[1].getData()) = count;
  auto results = cantFail(compiled.getFunction("repeat")).invoke(arguments);
  if (!results)
    return messageOf(results.takeError()).empty() ? 0 : -1;
  return results->front().getShape()[0];
}

/// The same with libDittoC.
int64_t runShared(int64_t count) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  dittoRegisterDialects(registry);
  dittoRegisterUpstreamDialects(registry);
  MlirContext context = mlirContextCreateWithRegistry(registry, false);
  mlirDialectRegistryDestroy(registry);
  MlirModule module = mlirModuleCreateParse(
      context, mlirStringRefCreate(kRepeat.data(), kRepeat.size()));
  DittoCompiledModule compiled;
  EXPECT_EQ(dittoCompile(module, nullptr, &compiled), nullptr);
  int64_t two = 2, extent = -1;
  DittoArray arguments[2], result;
  EXPECT_EQ(dittoArrayCreate(mlirF32TypeGet(context), 1, &two, &arguments[0]),
            nullptr);
  EXPECT_EQ(dittoArrayWrap(mlirIndexTypeGet(context), 0, nullptr, &count,
                           &arguments[1]),
            nullptr);
  DittoError error =
      dittoCompiledModuleInvoke(compiled, "repeat", 2, arguments, 1, &result);
  if (!error) {
    extent = dittoArrayGetExtent(result, 0);
    dittoArrayDestroy(result);
  }
  dittoErrorDestroy(error);
  for (DittoArray argument : arguments)
    dittoArrayDestroy(argument);
  dittoCompiledModuleDestroy(compiled);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return extent;
}

TEST(EmbeddersTest, CopiesRunAtTheSameTime) {
  constexpr int kTimes = 3;
  std::vector<std::thread> threads;
  for (int64_t count : {1, 2}) {
    threads.emplace_back([count] {
      for (int i = 0; i < kTimes; ++i)
        EXPECT_EQ(runStatic(count), 2 * count);
    });
    threads.emplace_back([count] {
      for (int i = 0; i < kTimes; ++i)
        EXPECT_EQ(runShared(count), 2 * count);
    });
  }
  // Errors stay with the copy that made them.
  threads.emplace_back([] { EXPECT_EQ(runStatic(-1), -1); });
  threads.emplace_back([] { EXPECT_EQ(runShared(-1), -1); });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
}

TEST(EmbeddersTest, WhoeverComesFirstRegistersThePasses) {
  registerDittoPasses();
  registerDittoPipelines();
  const PassInfo *first = PassInfo::lookup("ditto-raise");
  dittoRegisterPasses();
  dittoRegisterPipelines();
  PassPlugin plugin = cantFail(PassPlugin::load(DITTO_PLUGIN));
  plugin.registerPassRegistryCallbacks();
  EXPECT_EQ(PassInfo::lookup("ditto-raise"), first);
}

TEST(EmbeddersTest, AContextHasTheDialectOfOneCopy) {
  DialectPlugin plugin = cantFail(DialectPlugin::load(DITTO_PLUGIN));
  DialectRegistry registry;
  registry.insert<func::FuncDialect>();
  plugin.registerDialectRegistryCallbacks(registry);
  MLIRContext context(registry);
  auto module = parseSourceString<ModuleOp>(kRepeat, &context);
  ASSERT_TRUE(module);

  auto compiled = CompiledModule::compile(*module, {});
  ASSERT_FALSE(compiled);
  EXPECT_EQ(messageOf(compiled.takeError()),
            "the context has the dialect of another copy of ditto in this "
            "process");
  DittoCompiledModule ignored;
  DittoError error = dittoCompile(wrap(*module), nullptr, &ignored);
  EXPECT_STREQ(error, "the context has the dialect of another copy of ditto in "
                      "this process");
  dittoErrorDestroy(error);

  // So do passes.
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  for (auto build :
       {+[](PassManager &pm) { buildOptimizePipeline(pm); },
        +[](PassManager &pm) { pm.addPass(createConvertDittoToLinalg()); }}) {
    PassManager pm(&context);
    build(pm);
    message.clear();
    EXPECT_TRUE(failed(pm.run(*module)));
    EXPECT_EQ(message,
              "the context has the dialect of another copy of ditto in "
              "this process");
  }
  EXPECT_TRUE(succeeded(verify(*module)));
}

// Whatever the order, the first dialect stays, and nothing ends the process.
TEST(EmbeddersTest, RegistryTakesCopiesInAnyOrder) {
  auto addStatic = [](DialectRegistry &registry) {
    registerDittoDialects(registry);
    registerDittoExtensions(registry);
  };
  auto addShared = [](DialectRegistry &registry) {
    mlirDialectHandleInsertDialect(mlirGetDialectHandle__ditto__(),
                                   wrap(&registry));
    dittoRegisterDialects(wrap(&registry));
    dittoRegisterExtensions(wrap(&registry));
  };
  auto addPlugin = [](DialectRegistry &registry) {
    cantFail(DialectPlugin::load(DITTO_PLUGIN))
        .registerDialectRegistryCallbacks(registry);
  };
  using Adder = std::function<void(DialectRegistry &)>;
  std::vector<Adder> orders[] = {{addStatic, addShared, addPlugin},
                                 {addShared, addPlugin, addStatic},
                                 {addPlugin, addStatic, addShared}};
  for (const std::vector<Adder> &order : orders) {
    DialectRegistry registry;
    registry.insert<func::FuncDialect, transform::TransformDialect>();
    for (const Adder &add : order)
      add(registry);
    MLIRContext context(registry);
    context.loadAllAvailableDialects();
    EXPECT_TRUE(parseSourceString<ModuleOp>(kRepeat, &context));
    // Loading by handle gives the dialect that is there.
    MlirDialect dialect = mlirDialectHandleLoadDialect(
        mlirGetDialectHandle__ditto__(), wrap(&context));
    EXPECT_EQ(unwrap(dialect), context.getLoadedDialect("ditto"));
  }
}

// A context that knows no more than the module has.
TEST(EmbeddersTest, PipelinesRegisterWhatTheyNeed) {
  MLIRContext context;
  context.loadDialect<DittoDialect, func::FuncDialect, tensor::TensorDialect,
                      linalg::LinalgDialect>();
  auto module = parseSourceString<ModuleOp>(kRepeat, &context);
  PassManager pm(&context);
  buildCompilePipeline(pm);
  EXPECT_TRUE(succeeded(pm.run(*module)));
}

// Passes bring their dialect, where nobody has one.
TEST(EmbeddersTest, PassesLoadTheDialect) {
  MLIRContext context;
  context.loadDialect<func::FuncDialect>();
  auto module = parseSourceString<ModuleOp>("func.func private @f()", &context);
  PassManager pm(&context);
  buildOptimizePipeline(pm);
  EXPECT_TRUE(succeeded(pm.run(*module)));
  EXPECT_EQ(context.getLoadedDialect("ditto")->getTypeID(),
            TypeID::get<DittoDialect>());
}

} // namespace
