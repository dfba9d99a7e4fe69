#include "ditto/IR/Ditto.h"
#include "ditto/Raise/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "ditto/Lowering/Passes.h"
#include "ditto/Lowering/Lowering.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Shape/IR/Shape.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::ditto::DittoDialect, mlir::func::FuncDialect, mlir::arith::ArithDialect, mlir::tensor::TensorDialect, mlir::linalg::LinalgDialect, mlir::cf::ControlFlowDialect, mlir::math::MathDialect, mlir::scf::SCFDialect, mlir::tosa::TosaDialect, mlir::shape::ShapeDialect, mlir::complex::ComplexDialect, mlir::ml_program::MLProgramDialect, mlir::bufferization::BufferizationDialect>();
  mlir::registerTransformsPasses();
  mlir::ditto::registerDittoRaisePasses();
  mlir::ditto::registerDittoLoweringPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "ditto optimizer\n", registry));
}
