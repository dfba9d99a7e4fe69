//===- PatternHygiene.cpp - Checks patterns against the pattern API -------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's own checks of the pattern API exist only in builds with expensive
// checks, which packaged MLIR never is. This pass applies patterns and folders
// one at a time and fingerprints the IR around each application:
//
//   * a pattern that returns failure must not have changed the IR,
//   * one that returns success must have changed it,
//   * the IR must be valid after each success,
//   * a folder must not fold to values of another type.
//
//===----------------------------------------------------------------------===//

#include "TestPasses.h"
#include "TestPatterns.h"
#include "ditto/IR/Ditto.h"
#include "ditto/Raise/Patterns.h"
#include "ditto/Transforms/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Rewrite/FrozenRewritePatternSet.h"
#include "mlir/Rewrite/PatternApplicator.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace {

/// Keeps track of the ops still to be visited while patterns erase and create.
class Worklist : public RewriterBase::Listener {
public:
  void add(Operation *op) { ops.insert(op); }
  bool empty() const { return ops.empty(); }
  Operation *pop() { return ops.pop_back_val(); }

  void notifyOperationInserted(Operation *op, OpBuilder::InsertPoint) override {
    add(op);
  }
  void notifyOperationModified(Operation *op) override { add(op); }
  void notifyOperationReplaced(Operation *op, ValueRange) override {
    for (Operation *user : op->getUsers())
      add(user);
  }
  void notifyOperationErased(Operation *op) override {
    op->walk([&](Operation *nested) { ops.remove(nested); });
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        add(producer);
  }

private:
  llvm::SetVector<Operation *> ops;
};

/// Applies patterns and folders to everything below `root` until nothing
/// changes and reports each breach of the rules.
class HygieneChecker {
public:
  HygieneChecker(Operation *root, const FrozenRewritePatternSet &patterns,
                 StringRef dialect)
      : root(root), dialect(dialect), applicator(patterns),
        rewriter(root->getContext()), before(root) {
    rewriter.setListener(&worklist);
    applicator.applyDefaultCostModel();
  }

  /// Failure where a rule was broken, or where there is no end to it.
  LogicalResult run() {
    root->walk([&](Operation *op) {
      if (op != root)
        worklist.add(op);
    });
    constexpr int kMaxSteps = 100000;
    for (int step = 0; !worklist.empty(); ++step) {
      if (step == kMaxSteps)
        return emitError(root->getLoc(), "the patterns do not converge");
      Operation *op = worklist.pop();
      if (tryFold(op))
        continue;
      rewriter.setInsertionPoint(op);
      (void)applicator.matchAndRewrite(
          op, rewriter,
          [&](const Pattern &) {
            before = OperationFingerPrint(root);
            return true;
          },
          [&](const Pattern &pattern) { checkFailure(pattern); },
          [&](const Pattern &pattern) { return checkSuccess(pattern); });
      if (broken)
        return failure();
    }
    return success();
  }

private:
  void report(const Twine &what) {
    broken = true;
    emitError(root->getLoc(), what);
  }

  void checkFailure(const Pattern &pattern) {
    if (before != OperationFingerPrint(root))
      report("pattern '" + name(pattern) +
             "' returned failure but changed the IR");
  }

  LogicalResult checkSuccess(const Pattern &pattern) {
    if (before == OperationFingerPrint(root))
      report("pattern '" + name(pattern) +
             "' returned success but did not change the IR");
    if (failed(verify(root)))
      report("pattern '" + name(pattern) + "' left invalid IR");
    return success();
  }

  /// Folds `op` if it is of the dialect under test. Returns whether it changed.
  bool tryFold(Operation *op) {
    if (op->getName().getDialectNamespace() != dialect)
      return false;
    before = OperationFingerPrint(root);
    SmallVector<OpFoldResult> results;
    bool folded = succeeded(op->fold(results));
    bool changed = before != OperationFingerPrint(root);
    // Other than with patterns, the result of a folder that did not change the
    // op itself is for the caller to use.
    if (changed != (folded && results.empty()))
      report("the folder of '" + op->getName().getStringRef() +
             (changed ? "' changed the IR but did not say so"
                      : "' claims a change in place but made none"));
    if (!folded || broken)
      return false;
    if (results.empty()) {
      worklist.add(op);
      return true;
    }
    return replaceByFolded(op, results);
  }

  bool replaceByFolded(Operation *op, ArrayRef<OpFoldResult> results) {
    rewriter.setInsertionPoint(op);
    SmallVector<Value> values;
    for (auto [result, old] : llvm::zip_equal(results, op->getResults())) {
      auto value = dyn_cast<Value>(result);
      if (!value) {
        Operation *constant = op->getDialect()->materializeConstant(
            rewriter, cast<Attribute>(result), old.getType(), op->getLoc());
        if (!constant)
          return false;
        value = constant->getResult(0);
      }
      if (value.getType() != old.getType()) {
        report("'" + op->getName().getStringRef() +
               "' folds to a value of another type");
        return false;
      }
      values.push_back(value);
    }
    rewriter.replaceOp(op, values);
    if (failed(verify(root)))
      report("a folder left invalid IR");
    return true;
  }

  static std::string name(const Pattern &pattern) {
    return pattern.getDebugName().str();
  }

  Operation *root;
  StringRef dialect;
  PatternApplicator applicator;
  Worklist worklist;
  PatternRewriter rewriter;
  OperationFingerPrint before;
  bool broken = false;
};

/// The families of patterns that the pass knows by name.
using PopulateFn = void (*)(RewritePatternSet &);
struct PatternFamily {
  StringLiteral name;
  PopulateFn populate;
};
constexpr PatternFamily kFamilies[] = {
    {"bad", ditto::test::populateBadPatterns},
    {"raise",
     [](RewritePatternSet &set) { ditto::populateRaisePatterns(set); }},
    {"fold-repeats",
     [](RewritePatternSet &set) { ditto::populateFoldRepeatsPatterns(set); }},
    {"sink-repeats",
     [](RewritePatternSet &set) { ditto::populateSinkRepeatsPatterns(set); }},
};

struct TestPatternHygienePass
    : public PassWrapper<TestPatternHygienePass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestPatternHygienePass)

  TestPatternHygienePass() = default;
  TestPatternHygienePass(const TestPatternHygienePass &other)
      : PassWrapper(other) {}

  StringRef getArgument() const final { return "test-pattern-hygiene"; }
  StringRef getDescription() const final {
    return "checks canonicalizations, folders and other patterns against the "
           "rules of the pattern API";
  }
  void getDependentDialects(DialectRegistry &registry) const final {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect,
                    ditto::DittoDialect, linalg::LinalgDialect,
                    tensor::TensorDialect>();
  }

  LogicalResult initialize(MLIRContext *context) final {
    RewritePatternSet set(context);
    if (family.empty()) {
      for (RegisteredOperationName op : context->getRegisteredOperations())
        if (op.getDialectNamespace() == dialect)
          op.getCanonicalizationPatterns(set, context);
      if (Dialect *loaded = context->getLoadedDialect(dialect))
        loaded->getCanonicalizationPatterns(set);
    } else {
      const auto *found = llvm::find_if(kFamilies, [&](const auto &entry) {
        return entry.name == StringRef(family);
      });
      if (found == std::end(kFamilies))
        return emitError(UnknownLoc::get(context))
               << "expected the name of a pattern family, but got '" << family
               << "'";
      found->populate(set);
    }
    patterns = FrozenRewritePatternSet(std::move(set));
    return success();
  }

  void runOnOperation() final {
    if (failed(HygieneChecker(getOperation(), patterns, dialect).run()))
      signalPassFailure();
  }

  Option<std::string> dialect{
      *this, "dialect",
      llvm::cl::desc("whose canonicalizations and folders are checked"),
      llvm::cl::init("ditto")};
  Option<std::string> family{
      *this, "patterns",
      llvm::cl::desc("a family of patterns instead of canonicalizations")};
  FrozenRewritePatternSet patterns;
};

} // namespace

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "DittoTestPasses", "1", [] {
            PassRegistration<TestPatternHygienePass>();
            ditto::test::registerDigitLayoutPass();
            ditto::test::registerCountWorkPass();
            ditto::test::registerListWorkPass();
            ditto::test::registerExposeContractionsPass();
            ditto::test::registerFillWeightsPass();
          }};
}
