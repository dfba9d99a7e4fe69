#include "ditto/IR/Ditto.h"
#include "mlir/IR/PatternMatch.h"
using namespace mlir;
using namespace mlir::ditto;
OpFoldResult RepeatOp::fold(FoldAdaptor adaptor) { return {}; }
OpFoldResult RepeatInterleaveOp::fold(FoldAdaptor adaptor) { return {}; }
void RepeatOp::getCanonicalizationPatterns(RewritePatternSet &, MLIRContext *) {}
void RepeatInterleaveOp::getCanonicalizationPatterns(RewritePatternSet &, MLIRContext *) {}
