/*===- repeat.c - Build, compile and call a function from C99 -------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* usage: repeat COUNT                                                        *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "ditto-c/Compiler.h"
#include "ditto-c/Dialect.h"
#include "ditto-c/Registration.h"

#include "mlir-c/BuiltinTypes.h"

#include <stdio.h>
#include <stdlib.h>

static int fail(DittoError error) {
  fprintf(stderr, "repeat: %s\n", error);
  dittoErrorDestroy(error);
  return 1;
}

/* func.func @f(%x: tensor<3xf32>, %n: index) -> tensor<?xf32>, with a
   placeholder for the repeat: its operand itself. */
static const char *const source =
    "func.func @f(%x: tensor<3xf32>, %n: index) -> tensor<?xf32> {\n"
    "  %r = tensor.cast %x : tensor<3xf32> to tensor<?xf32>\n"
    "  return %r : tensor<?xf32>\n"
    "}\n";

/* Puts a ditto.repeat in the place of the cast. */
static int buildRepeat(MlirContext context, MlirModule module) {
  MlirOperation function =
      mlirBlockGetFirstOperation(mlirModuleGetBody(module));
  MlirBlock block =
      mlirRegionGetFirstBlock(mlirOperationGetRegion(function, 0));
  MlirOperation cast = mlirBlockGetFirstOperation(block);
  MlirValue n = mlirBlockGetArgument(block, 1);
  MlirType inferred = {NULL};
  int64_t count = DITTO_DYNAMIC;
  MlirOperation repeat = dittoRepeatCreate(mlirLocationUnknownGet(context),
                                           mlirBlockGetArgument(block, 0), 1,
                                           &count, 1, &n, inferred);
  if (mlirOperationIsNull(repeat))
    return 1; /* The diagnostic has been printed. */
  mlirBlockInsertOwnedOperationBefore(block, cast, repeat);
  mlirValueReplaceAllUsesOfWith(mlirOperationGetResult(cast, 0),
                                mlirOperationGetResult(repeat, 0));
  mlirOperationDestroy(cast);
  return 0;
}

static int compileAndCall(MlirContext context, MlirModule module,
                          int64_t count) {
  DittoCompiledModule compiled;
  DittoArray arguments[2], result;
  float elements[] = {1, 2, 3};
  int64_t three = 3, i;
  DittoError error = dittoCompile(module, NULL, &compiled);
  if (error)
    return fail(error);
  /* The arrays do not own these elements. */
  if ((error = dittoArrayWrap(mlirF32TypeGet(context), 1, &three, elements,
                              &arguments[0])))
    return fail(error);
  if ((error = dittoArrayWrap(mlirIndexTypeGet(context), 0, NULL, &count,
                              &arguments[1])))
    return fail(error);
  error = dittoCompiledModuleInvoke(compiled, "f", 2, arguments, 1, &result);
  dittoArrayDestroy(arguments[0]);
  dittoArrayDestroy(arguments[1]);
  dittoCompiledModuleDestroy(compiled);
  if (error)
    return fail(error);
  for (i = 0; i < dittoArrayGetExtent(result, 0); ++i)
    printf("%g ", ((const float *)dittoArrayGetData(result))[i]);
  printf("\n");
  dittoArrayDestroy(result);
  return 0;
}

int main(int argc, char **argv) {
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  MlirContext context;
  MlirModule module;
  int status;
  dittoRegisterUpstreamDialects(registry);
  context = mlirContextCreateWithRegistry(registry, /*threadingEnabled=*/false);
  mlirDialectRegistryDestroy(registry);
  mlirDialectHandleLoadDialect(mlirGetDialectHandle__ditto__(), context);
  module =
      mlirModuleCreateParse(context, mlirStringRefCreateFromCString(source));
  status = buildRepeat(context, module) ||
           compileAndCall(context, module, argc > 1 ? atoi(argv[1]) : 2);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return status;
}
