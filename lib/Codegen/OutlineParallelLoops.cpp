//===- OutlineParallelLoops.cpp - Hand independent loops to threads -------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   scf.forall (%i, %j) in (M, N) { body(%i, %j) }
//     ->  func @f_loop(%context, %begin, %end)
//           for row = %begin / N to ceil(%end / N)         one row is N turns
//             for %j = max(%begin - row * N, 0) to min(%end - row * N, N)
//               body(row, %j)
//         ...
//         context = what body uses
//         dittoRuntimeParallelFor(M * N, grain, @f_loop, context)
//
//===----------------------------------------------------------------------===//

#include "LoopCost.h"
#include "Loops.h"
#include "Remarks.h"

#include "ditto/Codegen/Passes.h"
#include "ditto/Codegen/TargetModel.h"

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_OUTLINEPARALLELLOOPSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

static constexpr StringLiteral kParallelFor = "dittoRuntimeParallelFor";

namespace {

/// The module-level symbols of loops that run on threads.
class LoopSymbols {
public:
  explicit LoopSymbols(ModuleOp module)
      : module(module), symbols(module),
        pointer(LLVM::LLVMPointerType::get(module.getContext())) {}

  /// The type of a function that runs a part of a loop.
  FunctionType getBodyType() {
    Type index = IndexType::get(module.getContext());
    return FunctionType::get(module.getContext(), {pointer, index, index}, {});
  }

  /// The runtime's function; null if the module has another one of its name.
  func::FuncOp getParallelFor() {
    Type index = IndexType::get(module.getContext());
    auto type = FunctionType::get(module.getContext(),
                                  {index, index, getBodyType(), pointer}, {});
    if (Operation *known = symbols.lookup(kParallelFor)) {
      auto function = dyn_cast<func::FuncOp>(known);
      return function && function.getFunctionType() == type ? function
                                                            : nullptr;
    }
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    auto function =
        func::FuncOp::create(builder, module.getLoc(), kParallelFor, type);
    function.setPrivate();
    symbols.insert(function);
    return function;
  }

  /// A function for a loop of `parent`.
  func::FuncOp createBody(func::FuncOp parent, Location loc) {
    OpBuilder builder(parent->getContext());
    builder.setInsertionPointAfter(parent);
    auto function = func::FuncOp::create(
        builder, loc, (parent.getName() + "_loop").str(), getBodyType());
    function.setPrivate();
    // Renamed if taken.
    symbols.insert(function);
    return function;
  }

  LLVM::LLVMPointerType getPointer() const { return pointer; }

private:
  ModuleOp module;
  SymbolTable symbols;
  LLVM::LLVMPointerType pointer;
};

/// Values that a loop uses, in a struct that its function gets a pointer to.
class Context {
public:
  Context(const LLVMTypeConverter &converter, Location loc)
      : converter(converter), loc(loc) {}

  /// Fails if `value` has a type that memory does not hold.
  LogicalResult add(Value value) {
    Type type = converter.convertType(value.getType());
    if (!type || !LLVM::isCompatibleType(type))
      return failure();
    values.push_back(value);
    types.push_back(type);
    return success();
  }

  /// Stores the values on the stack of `function`; returns where.
  Value store(OpBuilder &builder, func::FuncOp function,
              LLVM::LLVMPointerType pointer) {
    Value memory;
    {
      // Once per call, whatever loops are around.
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToStart(&function.front());
      Value one = LLVM::ConstantOp::create(builder, loc, builder.getI64Type(),
                                           builder.getI64IntegerAttr(1));
      memory = LLVM::AllocaOp::create(builder, loc, pointer, getStruct(), one);
    }
    for (auto [i, value] : llvm::enumerate(values)) {
      Value stored = cast(builder, value, types[i]);
      LLVM::StoreOp::create(builder, loc, stored, getField(builder, memory, i));
    }
    return memory;
  }

  /// Loads the values; those of the same order as were added.
  SmallVector<Value> load(OpBuilder &builder, Value memory) {
    SmallVector<Value> loaded;
    for (auto [i, value] : llvm::enumerate(values)) {
      Value field = LLVM::LoadOp::create(builder, loc, types[i],
                                         getField(builder, memory, i));
      loaded.push_back(cast(builder, field, value.getType()));
    }
    return loaded;
  }

  ArrayRef<Value> getValues() const { return values; }

private:
  LLVM::LLVMStructType getStruct() {
    return LLVM::LLVMStructType::getLiteral(&converter.getContext(), types);
  }

  Value getField(OpBuilder &builder, Value memory, int32_t i) {
    return LLVM::GEPOp::create(builder, loc, memory.getType(), getStruct(),
                               memory, ArrayRef<LLVM::GEPArg>{0, i});
  }

  /// What memory holds for a value, or the other way round. The casts go away
  /// when everything else is lowered.
  Value cast(OpBuilder &builder, Value value, Type type) {
    if (value.getType() == type)
      return value;
    return UnrealizedConversionCastOp::create(builder, loc, type, value)
        .getResult(0);
  }

  const LLVMTypeConverter &converter;
  Location loc;
  SmallVector<Value> values;
  SmallVector<Type> types;
};

/// Moves one loop to a function.
class LoopOutliner {
public:
  LoopOutliner(scf::ForallOp loop, LoopSymbols &symbols,
               const LLVMTypeConverter &converter, IRRewriter &rewriter)
      : loop(loop), symbols(symbols), rewriter(rewriter), loc(loop.getLoc()),
        context(converter, loc) {}

  /// Leaves the loop as it is if it is too short or cannot be moved.
  void run(const ditto::TargetModel &target);

private:
  LogicalResult capture();
  void emitFunction(func::FuncOp function);
  void emitTurns(Value begin, Value end);
  void moveBody(SmallVector<Value> indices);
  Value getIndexInFunction(OpFoldResult value) {
    Value index = getValueOrCreateConstantIndexOp(rewriter, loc, value);
    return inFunction.lookupOrDefault(index);
  }
  template <typename OpTy>
  Value create(Value a, Value b) {
    return rewriter.createOrFold<OpTy>(loc, a, b);
  }

  scf::ForallOp loop;
  LoopSymbols &symbols;
  IRRewriter &rewriter;
  Location loc;
  Context context;
  /// Constants that the body uses, which need not be passed.
  SmallVector<Operation *> constants;
  /// What the body uses, as the function has it.
  IRMapping inFunction;
  /// How often each dimension turns.
  SmallVector<OpFoldResult> turns;
};

} // namespace

void LoopOutliner::run(const ditto::TargetModel &target) {
  rewriter.setInsertionPoint(loop);
  OpFoldResult count = rewriter.getIndexAttr(1);
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getMixedLowerBound(), loop.getMixedUpperBound(),
                       loop.getMixedStep())) {
    turns.push_back(ditto::countTurns(rewriter, loc, lower, upper, step));
    count = ditto::multiplyIndices(rewriter, loc, count, turns.back());
  }
  OpFoldResult cost =
      ditto::estimateIteration(rewriter, loop, target.vectorBits);
  std::optional<int64_t> total =
      getConstantIntValue(ditto::multiplyIndices(rewriter, loc, count, cost));
  if (total && *total < 2 * target.partInstructions)
    return ditto::remarkNotParallel(
        loc, "expected at least " + Twine(2 * target.partInstructions) +
                 " instructions, but found about " + Twine(*total));
  if (failed(capture()))
    return ditto::remarkNotParallel(
        loc, "the body uses a value of a type that memory does not hold");
  func::FuncOp parallelFor = symbols.getParallelFor();
  if (!parallelFor)
    return ditto::remarkNotParallel(
        loc, "the module has another symbol named " + Twine(kParallelFor));

  auto parent = loop->getParentOfType<func::FuncOp>();
  func::FuncOp function = symbols.createBody(parent, loc);
  Value memory = context.store(rewriter, parent, symbols.getPointer());
  OpFoldResult grain = ditto::divideUp(
      rewriter, loc, rewriter.getIndexAttr(target.partInstructions),
      ditto::addIndices(rewriter, loc, cost, rewriter.getIndexAttr(1)));
  Value body = func::ConstantOp::create(
      rewriter, loc, function.getFunctionType(), SymbolRefAttr::get(function));
  func::CallOp::create(
      rewriter, loc, parallelFor,
      ValueRange{getValueOrCreateConstantIndexOp(rewriter, loc, count),
                 getValueOrCreateConstantIndexOp(rewriter, loc, grain), body,
                 memory});
  emitFunction(function);
  ditto::remarkParallel(loc, function.getName(), count, cost);
  rewriter.eraseOp(loop);
}

/// Collects what the function needs to know.
LogicalResult LoopOutliner::capture() {
  SetVector<Value> used;
  getUsedValuesDefinedAbove(loop->getRegions(), used);
  SmallVector<OpFoldResult> bounds = turns;
  llvm::append_range(bounds, loop.getMixedLowerBound());
  llvm::append_range(bounds, loop.getMixedStep());
  for (OpFoldResult bound : bounds)
    if (auto value = dyn_cast<Value>(bound))
      used.insert(value);
  for (Value value : used) {
    Operation *op = value.getDefiningOp();
    if (op && op->hasTrait<OpTrait::ConstantLike>())
      constants.push_back(op);
    else if (failed(context.add(value)))
      return failure();
  }
  return success();
}

void LoopOutliner::emitFunction(func::FuncOp function) {
  OpBuilder::InsertionGuard guard(rewriter);
  Block *entry = function.addEntryBlock();
  rewriter.setInsertionPointToStart(entry);
  SmallVector<Value> loaded = context.load(rewriter, entry->getArgument(0));
  inFunction.map(context.getValues(), loaded);
  for (Operation *op : constants)
    rewriter.clone(*op, inFunction);
  emitTurns(entry->getArgument(1), entry->getArgument(2));
  rewriter.setInsertionPointToEnd(entry);
  func::ReturnOp::create(rewriter, loc);
  for (auto [value, replacement] : inFunction.getValueMap())
    rewriter.replaceUsesWithIf(value, replacement, [&](OpOperand &use) {
      return function->isProperAncestor(use.getOwner());
    });
}

/// The turns from `begin` to `end`, row by row of the last dimension: the
/// innermost loop divides nothing.
void LoopOutliner::emitTurns(Value begin, Value end) {
  if (turns.size() == 1)
    return ditto::emitLoop(rewriter, loc, begin, end, 1,
                           [&](Value index) { moveBody({index}); });
  Value length = getIndexInFunction(turns.back());
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value firstRow = create<arith::DivUIOp>(begin, length);
  Value endRow = create<arith::CeilDivUIOp>(end, length);
  ditto::emitLoop(rewriter, loc, firstRow, endRow, 1, [&](Value row) {
    Value start = create<arith::MulIOp>(row, length);
    Value from =
        create<arith::MaxSIOp>(create<arith::SubIOp>(begin, start), zero);
    Value to =
        create<arith::MinSIOp>(create<arith::SubIOp>(end, start), length);
    SmallVector<Value> indices(turns.size());
    for (size_t dim = turns.size() - 1; dim-- > 0;) {
      Value extent = getIndexInFunction(turns[dim]);
      indices[dim] = dim == 0 ? row : create<arith::RemUIOp>(row, extent);
      if (dim != 0)
        row = create<arith::DivUIOp>(row, extent);
    }
    ditto::emitLoop(rewriter, loc, from, to, 1, [&](Value index) {
      indices.back() = index;
      moveBody(indices);
    });
  });
}

/// `indices` count turns, from 0.
void LoopOutliner::moveBody(SmallVector<Value> indices) {
  for (auto [index, lower, step] :
       llvm::zip_equal(indices, loop.getMixedLowerBound(), loop.getMixedStep()))
    index = create<arith::AddIOp>(
        create<arith::MulIOp>(index, getIndexInFunction(step)),
        getIndexInFunction(lower));
  rewriter.eraseOp(loop.getTerminator());
  rewriter.inlineBlockBefore(loop.getBody(), rewriter.getInsertionBlock(),
                             rewriter.getInsertionPoint(), indices);
}

namespace {

/// Whether no step is 0 or negative, as far as is known.
bool haveStepsForward(scf::ForallOp loop) {
  return llvm::all_of(loop.getMixedStep(), [](OpFoldResult step) {
    return getConstantIntValue(step).value_or(1) > 0;
  });
}

struct OutlineParallelLoopsPass
    : public ditto::impl::OutlineParallelLoopsPassBase<
          OutlineParallelLoopsPass> {
  using OutlineParallelLoopsPassBase::OutlineParallelLoopsPassBase;

  void runOnOperation() override {
    ditto::TargetModel target;
    // 0 stands for scalar loops.
    target.vectorBits = std::max<unsigned>(vectorBits, 64);
    target.partInstructions = partInstructions;
    SmallVector<scf::ForallOp> loops;
    getOperation().walk<WalkOrder::PreOrder>([&](scf::ForallOp loop) {
      if (loop.getNumResults() == 0 && loop->getParentOfType<func::FuncOp>() &&
          haveStepsForward(loop))
        loops.push_back(loop);
      // Loops inside are too short for threads of their own.
      return WalkResult::skip();
    });
    LoopSymbols symbols(getOperation());
    LLVMTypeConverter converter(&getContext());
    IRRewriter rewriter(&getContext());
    for (scf::ForallOp loop : loops)
      LoopOutliner(loop, symbols, converter, rewriter).run(target);
  }
};

} // namespace
