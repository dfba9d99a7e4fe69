#include "ditto/IR/Ditto.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::ditto::DittoDialect>();
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
