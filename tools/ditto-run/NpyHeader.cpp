//===- NpyHeader.cpp - The header of a .npy file --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NpyHeader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

static constexpr StringLiteral magic = "\x93NUMPY";

namespace {
/// Parses a Python dict literal with the keys descr, fortran_order and shape:
///   {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
class HeaderParser {
public:
  explicit HeaderParser(StringRef text) : text(text) {}

  llvm::Expected<NpyHeader> parse();

private:
  /// Skips spaces, then takes `token` if it comes next.
  bool consume(StringRef token) {
    text = text.ltrim();
    return text.consume_front(token);
  }
  llvm::Error expect(StringRef token);
  llvm::Error expected(const llvm::Twine &what);
  llvm::Error parseString(std::string &result);
  llvm::Error parseBool(bool &result);
  llvm::Error parseShape(SmallVectorImpl<int64_t> &result);
  llvm::Error parseEntry(NpyHeader &header);

  StringRef text;
  bool hasDtype = false, hasOrder = false, hasShape = false;
};
} // namespace

llvm::Error HeaderParser::expected(const llvm::Twine &what) {
  std::string found;
  llvm::raw_string_ostream(found).write_escaped(text.ltrim().take_front(20));
  return llvm::createStringError("expected " + what +
                                 " in the header, found '" + found + "'");
}

llvm::Error HeaderParser::expect(StringRef token) {
  return consume(token) ? llvm::Error::success() : expected("'" + token + "'");
}

llvm::Error HeaderParser::parseString(std::string &result) {
  text = text.ltrim();
  StringRef quote = text.take_front(1);
  if (quote != "'" && quote != "\"")
    return expected("a string");
  size_t end = text.find(quote, 1);
  if (end == StringRef::npos)
    return expected("the end of a string");
  result = text.slice(1, end).str();
  text = text.drop_front(end + 1);
  return llvm::Error::success();
}

llvm::Error HeaderParser::parseBool(bool &result) {
  result = consume("True");
  return result || consume("False") ? llvm::Error::success()
                                    : expected("True or False");
}

llvm::Error HeaderParser::parseShape(SmallVectorImpl<int64_t> &result) {
  result.clear();
  if (llvm::Error error = expect("("))
    return error;
  while (!consume(")")) {
    text = text.ltrim();
    StringRef digits = text.take_while(llvm::isDigit);
    if (digits.getAsInteger(10, result.emplace_back()))
      return expected("an extent that fits in 64 bits");
    text = text.drop_front(digits.size());
    if (consume(")"))
      break;
    if (llvm::Error error = expect(","))
      return error;
  }
  return llvm::Error::success();
}

llvm::Error HeaderParser::parseEntry(NpyHeader &header) {
  std::string key;
  if (llvm::Error error = parseString(key))
    return error;
  if (llvm::Error error = expect(":"))
    return error;
  if (key == "descr") {
    hasDtype = true;
    return parseString(header.dtype);
  }
  if (key == "fortran_order") {
    hasOrder = true;
    return parseBool(header.isFortranOrder);
  }
  if (key == "shape") {
    hasShape = true;
    return parseShape(header.shape);
  }
  return llvm::createStringError("expected the keys descr, fortran_order and "
                                 "shape in the header, found '" +
                                 key + "'");
}

llvm::Expected<NpyHeader> HeaderParser::parse() {
  NpyHeader header;
  if (llvm::Error error = expect("{"))
    return error;
  while (!consume("}")) {
    if (llvm::Error error = parseEntry(header))
      return error;
    if (consume("}"))
      break;
    if (llvm::Error error = expect(","))
      return error;
  }
  if (!text.trim().empty())
    return expected("nothing more");
  if (!hasDtype || !hasOrder || !hasShape)
    return llvm::createStringError(
        "expected descr, fortran_order and shape in the header, but not all of "
        "them are there");
  return header;
}

llvm::Expected<NpyHeader> ditto::readNpyHeader(StringRef &contents) {
  if (!contents.consume_front(magic))
    return llvm::createStringError(
        "expected a .npy file, but it does not begin "
        "with \"\\x93NUMPY\"");
  if (contents.size() < 2)
    return llvm::createStringError("the file ends inside its header");
  unsigned version = static_cast<unsigned char>(contents[0]);
  if (version < 1 || version > 3)
    return llvm::createStringError(
        "expected format version 1, 2 or 3, found version " +
        llvm::Twine(version));
  contents = contents.drop_front(2);

  size_t lengthBytes = version == 1 ? 2 : 4;
  if (contents.size() < lengthBytes)
    return llvm::createStringError("the file ends inside its header");
  size_t length = version == 1
                      ? llvm::support::endian::read16le(contents.data())
                      : llvm::support::endian::read32le(contents.data());
  contents = contents.drop_front(lengthBytes);
  if (contents.size() < length)
    return llvm::createStringError(
        "expected a header of " + llvm::Twine(length) +
        " bytes, but the file ends after " + llvm::Twine(contents.size()));
  StringRef text = contents.take_front(length);
  contents = contents.drop_front(length);
  return HeaderParser(text).parse();
}

std::string ditto::printNpyHeader(StringRef dtype, ArrayRef<int64_t> shape) {
  std::string dict =
      ("{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (").str();
  for (int64_t extent : shape)
    dict += std::to_string(extent) + ", ";
  dict += "), }";

  // Elements begin at a multiple of 64 bytes; the header ends with a newline.
  constexpr size_t fixed = magic.size() + 2, alignment = 64;
  auto pad = [&](size_t lengthBytes) {
    size_t before = fixed + lengthBytes;
    return llvm::alignTo(before + dict.size() + 1, alignment) - before;
  };
  size_t length = pad(2);
  bool isVersion1 = length <= UINT16_MAX;
  if (!isVersion1)
    length = pad(4);
  dict.resize(length - 1, ' ');
  dict += '\n';

  std::string header = magic.str();
  header += isVersion1 ? '\1' : '\2';
  header += '\0';
  for (size_t i = 0; i < (isVersion1 ? 2 : 4); ++i)
    header += static_cast<char>(length >> (8 * i));
  return header + dict;
}
