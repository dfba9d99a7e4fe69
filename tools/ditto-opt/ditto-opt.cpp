#include "ditto/IR/Ditto.h"
#include "ditto/Lowering/Passes.h"
#include "ditto/Lowering/Lowering.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::ditto::DittoDialect, mlir::func::FuncDialect, mlir::arith::ArithDialect, mlir::tensor::TensorDialect>();
  mlir::registerTransformsPasses(); mlir::ditto::registerDittoLoweringPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "ditto optimizer\n", registry));
}
