//===- Mutator.cpp - Modules that are a little different ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace fuzz;

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

/// Values that ops of `block` may read, but for their types.
static SmallVector<Value> getValues(Block *block) {
  SmallVector<Value> values;
  for (; block; block = block->getParentOp()->getBlock()) {
    llvm::append_range(values, block->getArguments());
    for (Operation &op : *block)
      llvm::append_range(values, op.getResults());
    if (!block->getParentOp() ||
        block->getParentOp()->hasTrait<OpTrait::IsIsolatedFromAbove>())
      break;
  }
  return values;
}

/// Another value of the type of `value`, or none.
static Value findOther(Mutator &mutator, Block *block, Value value) {
  SmallVector<Value> others;
  for (Value other : getValues(block))
    if (other != value && other.getType() == value.getType())
      others.push_back(other);
  return others.empty() ? Value() : others[mutator.pick(others.size())];
}

static void replaceOperand(Mutator &mutator, Operation *op) {
  if (op->getNumOperands() == 0)
    return;
  unsigned index = mutator.pick(op->getNumOperands());
  if (Value other = findOther(mutator, op->getBlock(), op->getOperand(index)))
    op->setOperand(index, other);
}

/// Drops `op` if others can stand in for its results.
static void dropOp(Mutator &mutator, Operation *op) {
  SmallVector<Value> others;
  for (Value result : op->getResults()) {
    Value other = findOther(mutator, op->getBlock(), result);
    if (!other || other.getDefiningOp() == op)
      return;
    others.push_back(other);
  }
  op->replaceAllUsesWith(others);
  op->erase();
}

/// Lets some uses of the results read a copy of the op.
static void doubleOp(Mutator &mutator, Operation *op) {
  Operation *copy = op->clone();
  op->getBlock()->getOperations().insert(std::next(op->getIterator()), copy);
  for (auto [result, other] :
       llvm::zip_equal(op->getResults(), copy->getResults()))
    result.replaceUsesWithIf(other, [&](OpOperand &use) {
      return use.getOwner() != copy && mutator.pick(2) == 0;
    });
}

/// Lets an operand have another type than its value, which may be a lie:
///
///   %a = tensor.cast %x : tensor<2x5xf32> to tensor<?x?xf32>
///   %b = tensor.cast %a : tensor<?x?xf32> to tensor<3x5xf32>
static void castOperand(Mutator &mutator, Operation *op) {
  if (op->getNumOperands() == 0)
    return;
  OpOperand &operand = op->getOpOperand(mutator.pick(op->getNumOperands()));
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  if (!type || type.getRank() == 0)
    return;
  SmallVector<int64_t> unknown(type.getRank(), ShapedType::kDynamic);
  SmallVector<int64_t> shape(type.getShape());
  shape[mutator.pick(shape.size())] =
      mutator.pick(2) ? ShapedType::kDynamic : int64_t(mutator.pick(5));
  OpBuilder builder(op);
  Value value = operand.get();
  for (ArrayRef<int64_t> extents : {ArrayRef(unknown), ArrayRef(shape)})
    value = tensor::CastOp::create(builder, op->getLoc(), type.clone(extents),
                                   value);
  operand.set(value);
}

static void moveOp(Mutator &mutator, Operation *op) {
  Block &block = *op->getBlock();
  size_t size = std::distance(block.begin(), block.end());
  op->moveBefore(&block, std::next(block.begin(), mutator.pick(size)));
}

void Mutator::changeOps(ModuleOp module) {
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) {
    if (op != module && !op->hasTrait<OpTrait::IsTerminator>())
      ops.push_back(op);
  });
  if (ops.empty())
    return;
  Operation *op = ops[pick(ops.size())];
  switch (pick(7)) {
  case 0:
    return dropOp(*this, op);
  case 1:
    return doubleOp(*this, op);
  case 2:
    return moveOp(*this, op);
  case 3:
    return castOperand(*this, op);
  default:
    return replaceOperand(*this, op);
  }
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

namespace {
/// A part of a text.
struct Token {
  size_t begin, size;
};
} // namespace

static bool isWord(char c) {
  return llvm::isAlnum(c) || c == '_' || c == '$' || c == '.';
}

/// Extents of shaped types: `8` and `?` of `tensor<8x?xf32>`.
static SmallVector<Token> findExtents(StringRef text) {
  SmallVector<Token> tokens;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i - 1] != '<' && text[i - 1] != 'x')
      continue;
    size_t end = i;
    while (end < text.size() && llvm::isDigit(text[end]))
      ++end;
    if (end == i && text[end] == '?')
      ++end;
    if (end > i && end < text.size() && text[end] == 'x')
      tokens.push_back({i, end - i});
  }
  return tokens;
}

/// Numbers that are words of their own.
static SmallVector<Token> findNumbers(StringRef text) {
  SmallVector<Token> tokens;
  for (size_t i = 1; i < text.size(); ++i) {
    if (!llvm::isDigit(text[i]) || isWord(text[i - 1]) || text[i - 1] == '%' ||
        text[i - 1] == '#' || text[i - 1] == '@')
      continue;
    size_t begin = text[i - 1] == '-' ? i - 1 : i, end = i;
    while (end < text.size() && llvm::isDigit(text[end]))
      ++end;
    if (end == text.size() || !isWord(text[end]))
      tokens.push_back({begin, end - begin});
    i = end;
  }
  return tokens;
}

/// Where one of `words` stands.
static SmallVector<Token> findWords(StringRef text, ArrayRef<StringRef> words) {
  SmallVector<Token> tokens;
  for (StringRef word : words)
    for (size_t at = text.find(word); at != StringRef::npos;
         at = text.find(word, at + 1))
      if (at + word.size() < text.size() && !isWord(text[at + word.size()]))
        tokens.push_back({at, word.size()});
  return tokens;
}

/// `, name = value` in a dictionary, up to the next one.
static SmallVector<Token> findAttributes(StringRef text) {
  SmallVector<Token> tokens;
  for (size_t at = text.find(" = "); at != StringRef::npos;
       at = text.find(" = ", at + 1)) {
    size_t begin = at;
    while (begin > 0 && isWord(text[begin - 1]))
      --begin;
    size_t end = text.find_first_of(",}>\n", at);
    if (begin == at || end == StringRef::npos || text[begin - 1] == '%')
      continue;
    tokens.push_back({begin, end - begin});
  }
  return tokens;
}

/// Replaces one of the tokens; or all that read the same.
static void replace(Mutator &mutator, std::string &text,
                    SmallVector<Token> tokens, ArrayRef<StringRef> choices) {
  if (tokens.empty())
    return;
  llvm::sort(tokens,
             [](Token lhs, Token rhs) { return lhs.begin < rhs.begin; });
  Token token = tokens[mutator.pick(tokens.size())];
  StringRef choice = choices[mutator.pick(choices.size())];
  std::string old = text.substr(token.begin, token.size);
  bool all = mutator.pick(2) == 0;
  size_t end = text.size();
  for (Token other : llvm::reverse(tokens)) {
    // Dictionaries within others.
    if (other.begin + other.size > end)
      continue;
    if (other.begin != token.begin &&
        !(all && text.compare(other.begin, other.size, old) == 0))
      continue;
    text.replace(other.begin, other.size, choice.str());
    end = other.begin;
  }
}

void Mutator::changeText(std::string &text) {
  static constexpr StringRef extents[] = {"?",
                                          "?",
                                          "0",
                                          "1",
                                          "2",
                                          "3",
                                          "4",
                                          "8",
                                          "9223372036854775807",
                                          "4611686018427387904",
                                          "4294967296"};
  static constexpr StringRef numbers[] = {"0",
                                          "1",
                                          "2",
                                          "3",
                                          "4",
                                          "7",
                                          "-1",
                                          "64",
                                          "2147483648",
                                          "4611686018427387904",
                                          "9223372036854775807",
                                          "-9223372036854775808"};
  static constexpr StringRef elements[] = {
      "f32",      "f64",           "f16",  "bf16",  "i1",
      "i8",       "i32",           "i64",  "index", "i4",
      "f8E4M3FN", "complex<f32>",  "tf32", "ui8",   "si32",
      "i128",     "vector<2xf32>", "none"};
  static constexpr StringRef kinds[] = {"tensor<",   "memref<",   "vector<",
                                        "tensor<*x", "tensor<1x", "tensor<?x"};
  static constexpr StringRef ends[] = {", \"enc\">", ", strided<[?, 1]>>",
                                       ", #map>", ">"};
  switch (pick(9)) {
  case 0:
  case 1:
  case 2:
    return replace(*this, text, findExtents(text), extents);
  case 3:
  case 4:
    return replace(*this, text, findNumbers(text), numbers);
  case 5:
    return replace(*this, text, findWords(text, elements), elements);
  case 6: {
    SmallVector<Token> tokens;
    for (size_t at = text.find("tensor<"); at != std::string::npos;
         at = text.find("tensor<", at + 1))
      tokens.push_back({at, 7});
    return replace(*this, text, tokens, kinds);
  }
  case 7: {
    SmallVector<Token> tokens;
    for (StringRef element : {"xf32>", "xi32>", "xi64>", "xindex>"})
      for (size_t at = text.find(element); at != std::string::npos;
           at = text.find(element, at + 1))
        tokens.push_back({at + element.size() - 1, 1});
    return replace(*this, text, tokens, ends);
  }
  default: {
    // Another attribute of the module instead, or none.
    SmallVector<Token> tokens = findAttributes(text);
    if (tokens.empty())
      return;
    Token other = tokens[pick(tokens.size())];
    std::string value = text.substr(other.begin, other.size);
    return replace(*this, text, tokens, {StringRef(value), StringRef(value)});
  }
  }
}

std::string Mutator::mutate(ModuleOp module) {
  OwningOpRef<ModuleOp> copy = module.clone();
  for (size_t i = 0, e = pick(3); i < e; ++i)
    changeOps(*copy);
  std::string text;
  llvm::raw_string_ostream os(text);
  copy->print(os, OpPrintingFlags().printGenericOpForm());
  for (size_t i = 0, e = pick(4); i < e; ++i)
    changeText(text);
  return text;
}
