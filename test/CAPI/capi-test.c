/*===- capi-test.c - ditto from C99 ---------------------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "ditto-c/Compiler.h"
#include "ditto-c/Dialect.h"
#include "ditto-c/Registration.h"
#include "ditto-c/Report.h"

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Diagnostics.h"
#include "mlir-c/Pass.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const source =
    "func.func @repeat(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {\n"
    "  %r = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>\n"
    "  return %r : tensor<?xf32>\n"
    "}\n";

static void print(MlirStringRef text, void *userData) {
  (void)userData;
  printf("%.*s", (int)text.length, text.data);
}

static MlirLogicalResult printDiagnostic(MlirDiagnostic diagnostic,
                                         void *userData) {
  (void)userData;
  printf("diagnostic: ");
  mlirDiagnosticPrint(diagnostic, print, NULL);
  printf("\n");
  return mlirLogicalResultSuccess();
}

static void printError(DittoError error) {
  printf("error: %s\n", error ? error : "none");
  dittoErrorDestroy(error);
}

static void require(int condition, const char *what) {
  if (condition)
    return;
  printf("expected %s\n", what);
  exit(1);
}

static MlirContext createContext(void) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  MlirContext context;
  dittoRegisterDialects(registry);
  dittoRegisterUpstreamDialects(registry);
  dittoRegisterExtensions(registry);
  context = mlirContextCreateWithRegistry(registry, /*threadingEnabled=*/false);
  mlirDialectRegistryDestroy(registry);
  mlirContextAttachDiagnosticHandler(context, printDiagnostic, NULL, NULL);
  return context;
}

static MlirModule parse(MlirContext context, const char *text) {
  return mlirModuleCreateParse(context, mlirStringRefCreateFromCString(text));
}

/*===----------------------------------------------------------------------===*\
|* Ops                                                                        *|
\*===----------------------------------------------------------------------===*/

/* A block with arguments `tensor<2x3xf32>`, `index` and `tensor<3xi64>`. */
static MlirBlock createBlock(MlirContext context) {
  int64_t shape[] = {2, 3};
  MlirLocation loc = mlirLocationUnknownGet(context);
  MlirLocation locs[3];
  MlirType types[3];
  types[0] = mlirRankedTensorTypeGet(2, shape, mlirF32TypeGet(context),
                                     mlirAttributeGetNull());
  types[1] = mlirIndexTypeGet(context);
  types[2] = mlirRankedTensorTypeGet(
      1, shape + 1, mlirIntegerTypeGet(context, 64), mlirAttributeGetNull());
  locs[0] = locs[1] = locs[2] = loc;
  return mlirBlockCreate(3, types, locs);
}

static void printAndDestroy(MlirOperation op) {
  mlirOperationPrint(op, print, NULL);
  mlirOperationDestroy(op);
}

static void testOps(MlirContext context) {
  MlirLocation loc = mlirLocationUnknownGet(context);
  MlirBlock block = createBlock(context);
  MlirValue x = mlirBlockGetArgument(block, 0);
  MlirValue n = mlirBlockGetArgument(block, 1);
  MlirValue counts = mlirBlockGetArgument(block, 2);
  MlirValue none = {NULL};
  MlirType inferred = {NULL};
  int64_t mixed[] = {DITTO_DYNAMIC, 2}, negative[] = {-1, 2};
  MlirOperation op;

  printf("not loaded\n");
  op = dittoRepeatCreate(loc, x, 2, mixed, 1, &n, inferred);
  require(mlirOperationIsNull(op), "a null op");

  mlirDialectHandleLoadDialect(mlirGetDialectHandle__ditto__(), context);
  op = dittoRepeatCreate(loc, x, 2, mixed, 1, &n, inferred);
  require(dittoOperationIsARepeat(op), "a repeat");
  require(!dittoOperationIsARepeatInterleave(op), "a repeat");
  require(dittoRepeatGetNumCounts(op) == 2, "two counts");
  require(dittoRepeatGetCount(op, 0) == DITTO_DYNAMIC, "a value");
  require(mlirValueEqual(dittoRepeatGetCountValue(op, 0), n), "the count");
  require(dittoRepeatGetCount(op, 1) == 2, "the number");
  require(mlirValueIsNull(dittoRepeatGetCountValue(op, 1)), "no value");
  require(mlirValueEqual(dittoRepeatGetInput(op), x), "the input");
  printAndDestroy(op);

  op = dittoRepeatInterleaveCreate(loc, x, DITTO_DYNAMIC, counts, -1, 7, none,
                                   inferred);
  require(dittoOperationIsARepeatInterleave(op), "a repeat_interleave");
  require(dittoRepeatInterleaveGetCount(op) == DITTO_DYNAMIC, "a value");
  require(mlirValueEqual(dittoRepeatInterleaveGetCountValue(op), counts),
          "the counts");
  require(dittoRepeatInterleaveGetDim(op) == 1, "dimension 1");
  require(dittoRepeatInterleaveGetOutputSize(op) == 7, "the size");
  require(mlirValueIsNull(dittoRepeatInterleaveGetOutputSizeValue(op)),
          "no value");
  require(mlirValueEqual(dittoRepeatInterleaveGetInput(op), x), "the input");
  printAndDestroy(op);
  op = dittoRepeatInterleaveCreate(loc, x, 4, none, DITTO_DYNAMIC,
                                   DITTO_DYNAMIC, none, inferred);
  require(dittoRepeatInterleaveGetDim(op) == DITTO_DYNAMIC, "no dimension");
  printAndDestroy(op);

  printf("wrong operands\n");
  op = dittoRepeatCreate(loc, x, 2, negative, 0, NULL, inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatCreate(loc, n, 2, mixed, 1, &n, inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatCreate(loc, x, 2, mixed, 0, NULL, inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatCreate(loc, x, 2, mixed, 1, &x, inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatInterleaveCreate(loc, n, 4, none, -1, DITTO_DYNAMIC, none,
                                   inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatInterleaveCreate(loc, x, 4, n, 5, DITTO_DYNAMIC, none,
                                   inferred);
  require(mlirOperationIsNull(op), "a null op");
  op = dittoRepeatInterleaveCreate(loc, x, 4, none, 0, DITTO_DYNAMIC, none,
                                   mlirIndexTypeGet(context));
  require(mlirOperationIsNull(op), "a null op");
  mlirBlockDestroy(block);
}

/*===----------------------------------------------------------------------===*\
|* Passes                                                                     *|
\*===----------------------------------------------------------------------===*/

static void runPipeline(MlirModule module, const char *pipeline) {
  MlirContext context = mlirModuleGetContext(module);
  MlirPassManager manager = mlirPassManagerCreate(context);
  MlirLogicalResult result = mlirParsePassPipeline(
      mlirPassManagerGetAsOpPassManager(manager),
      mlirStringRefCreateFromCString(pipeline), print, NULL);
  if (mlirLogicalResultIsSuccess(result))
    result = mlirPassManagerRunOnOp(manager, mlirModuleGetOperation(module));
  printf("%s: %s\n", pipeline,
         mlirLogicalResultIsSuccess(result) ? "done" : "failed");
  mlirPassManagerDestroy(manager);
}

static void testPasses(MlirContext context) {
  MlirModule module = parse(context, source);
  /* Twice, as two users in one process may do. */
  dittoRegisterPasses();
  dittoRegisterPasses();
  dittoRegisterPipelines();
  dittoRegisterPipelines();
  runPipeline(module, "builtin.module(ditto-no-such-pass)");
  runPipeline(module, "builtin.module(convert-ditto-to-linalg)");
  runPipeline(module, "builtin.module(ditto-lower-to-llvm{vector-bits=128})");
  mlirModuleDestroy(module);
}

/*===----------------------------------------------------------------------===*\
|* The compiler                                                               *|
\*===----------------------------------------------------------------------===*/

static DittoError invokeRepeat(DittoCompiledModule compiled,
                               MlirContext context, float *elements,
                               int64_t count, DittoArray *result) {
  int64_t two = 2;
  DittoArray arguments[2];
  DittoError error;
  require(!dittoArrayWrap(mlirF32TypeGet(context), 1, &two, elements,
                          &arguments[0]),
          "an array");
  require(!dittoArrayCreate(mlirIndexTypeGet(context), 0, NULL, &arguments[1]),
          "a scalar");
  memcpy(dittoArrayGetData(arguments[1]), &count, sizeof(count));
  error =
      dittoCompiledModuleInvoke(compiled, "repeat", 2, arguments, 1, result);
  dittoArrayDestroy(arguments[0]);
  dittoArrayDestroy(arguments[1]);
  return error;
}

static void countBytes(MlirStringRef text, void *userData) {
  *(size_t *)userData += text.length;
}

static void testCompiler(MlirContext context) {
  MlirModule module = parse(context, source);
  DittoCompilerOptions options = dittoCompilerOptionsGetDefault();
  DittoCompiledModule compiled;
  DittoArray result;
  float elements[] = {0, 1};
  int64_t negative = -1, i;
  size_t bytes = 0;

  require(!dittoCompile(module, NULL, &compiled), "compiled code");
  require(!invokeRepeat(compiled, context, elements, 3, &result), "a result");
  printf("result:");
  for (i = 0; i < dittoArrayGetExtent(result, 0); ++i)
    printf(" %g", ((float *)dittoArrayGetData(result))[i]);
  printf("\n");
  require(dittoArrayGetRank(result) == 1, "rank 1");
  require(dittoArrayGetNumBytes(result) == 24, "24 bytes");
  require(mlirTypeIsAF32(dittoArrayGetElementType(result)), "f32");
  dittoArrayDestroy(result);

  printError(invokeRepeat(compiled, context, elements, -2, &result));
  printError(
      dittoCompiledModuleInvoke(compiled, "repeat", 0, NULL, 1, &result));
  printError(dittoCompiledModuleInvoke(compiled, "repeat", 0, NULL, 0, NULL));
  printError(dittoCompiledModuleInvoke(compiled, "nope", 0, NULL, 0, NULL));
  dittoCompiledModuleDestroy(compiled);
  printError(dittoArrayCreate(mlirF32TypeGet(context), 1, &negative, &result));
  printError(dittoArrayCreate(mlirNoneTypeGet(context), 0, NULL, &result));

  options.entry = "nope";
  printError(dittoCompile(module, &options, &compiled));
  options.entry = NULL;
  options.optimizationLevel = 4;
  printError(dittoCompile(module, &options, &compiled));
  options.optimizationLevel = 0;
  options.cpu = "no-such-cpu";
  printError(dittoEmitObject(module, &options, countBytes, &bytes));
  require(bytes == 0, "no call after an error");
  options.cpu = "generic";
  require(!dittoEmitObject(module, &options, countBytes, &bytes) && bytes > 0,
          "an object file");
  require(!dittoEmitLLVMIR(module, &options, countBytes, &bytes), "LLVM IR");
  require(!dittoEmitHeader(module, &options, countBytes, &bytes), "a header");
  mlirModuleDestroy(module);
}

/* A context that knows nothing: the compiler registers what it needs. */
static void testBareContext(void) {
  MlirContext context = mlirContextCreate();
  MlirModule module;
  DittoCompiledModule compiled;
  mlirDialectHandleRegisterDialect(mlirGetDialectHandle__ditto__(), context);
  module = parse(context, "module {}");
  require(!dittoCompile(module, NULL, &compiled), "compiled code");
  dittoCompiledModuleDestroy(compiled);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
}

/* The report comes when the context goes. */
static void testReport(void) {
  MlirContext context = createContext();
  MlirModule module = parse(context, source);
  require(mlirLogicalResultIsSuccess(dittoReportEnable(context, print, NULL)),
          "a report");
  runPipeline(module, "builtin.module(ditto-optimize{sink=false})");
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
}

/* Each thread has a context of its own. */
static void *compileAndRun(void *count) {
  MlirContext context = createContext();
  MlirModule module = parse(context, source);
  DittoCompiledModule compiled;
  DittoArray result;
  float elements[] = {0, 1};
  int64_t i, n = *(int *)count;
  require(!dittoCompile(module, NULL, &compiled), "compiled code");
  for (i = 0; i < 50; ++i) {
    require(!invokeRepeat(compiled, context, elements, n, &result), "a result");
    require(dittoArrayGetExtent(result, 0) == 2 * n, "the thread's own count");
    dittoArrayDestroy(result);
  }
  dittoCompiledModuleDestroy(compiled);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return NULL;
}

static void testThreads(void) {
  pthread_t threads[4];
  int counts[4], i;
  for (i = 0; i < 4; ++i) {
    counts[i] = i + 1;
    require(!pthread_create(&threads[i], NULL, compileAndRun, &counts[i]),
            "a thread");
  }
  for (i = 0; i < 4; ++i)
    pthread_join(threads[i], NULL);
  printf("threads: done\n");
}

int main(void) {
  MlirContext context = createContext();
  testOps(context);
  testPasses(context);
  testCompiler(context);
  mlirContextDestroy(context);
  testBareContext();
  testThreads();
  testReport();
  return 0;
}
