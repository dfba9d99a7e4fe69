//===- ObjectCache.cpp - Object files of earlier processes ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ObjectCache.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Host.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

static std::string hash(StringRef text) {
  return llvm::toHex(llvm::SHA256::hash(llvm::arrayRefFromStringRef(text)),
                     /*LowerCase=*/true);
}

/// When this library was built: two builds of one version may differ.
static std::string describeBuild() {
  Dl_info info;
  struct stat status;
  if (!dladdr(reinterpret_cast<void *>(&describeBuild), &info) ||
      stat(info.dli_fname, &status))
    return "unknown";
  return std::to_string(status.st_size) + "." +
         std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

static std::string describeTarget() {
  std::string text =
      "ditto " DITTO_VERSION " LLVM " LLVM_VERSION_STRING " build " +
      describeBuild() + " cpu " + llvm::sys::getHostCPUName().str();
  SmallVector<std::string> features;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    if (feature.second)
      features.push_back(feature.first().str());
  llvm::sort(features);
  return text + " +" + llvm::join(features, " +");
}

/// The directory, which exists and belongs to this user alone; otherwise "".
static std::string findDirectory(StringRef target) {
  SmallString<128> path;
  if (auto chosen = llvm::sys::Process::GetEnv("DITTO_CACHE_DIR")) {
    if (chosen->empty())
      return "";
    path = *chosen;
  } else {
    if (!llvm::sys::path::cache_directory(path))
      return "";
    llvm::sys::path::append(path, "ditto");
  }
  llvm::sys::path::append(path, DITTO_VERSION "-" + hash(target).substr(0, 16));
  struct stat status;
  if (llvm::sys::fs::create_directories(path, /*IgnoreExisting=*/true,
                                        llvm::sys::fs::owner_all) ||
      stat(path.c_str(), &status) || status.st_uid != getuid() ||
      status.st_mode & (S_IWGRP | S_IWOTH))
    return "";
  return path.str().str();
}

ObjectCache::ObjectCache()
    : target(describeTarget()), directory(findDirectory(target)) {}

std::string ObjectCache::getPath(StringRef source) const {
  return directory + "/" + hash(source).substr(0, 32) + ".o";
}

std::string ObjectCache::getHeader(StringRef source, StringRef object) const {
  return target + "\n" + hash(source) + "\n" + hash(object) + "\n";
}

std::unique_ptr<llvm::MemoryBuffer> ObjectCache::load(StringRef source) const {
  if (directory.empty())
    return nullptr;
  auto file = llvm::MemoryBuffer::getFile(getPath(source), /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return nullptr;
  StringRef content = (*file)->getBuffer();
  size_t headerSize = getHeader(source, "").size();
  StringRef object = content.drop_front(std::min(headerSize, content.size()));
  if (!content.starts_with(getHeader(source, object)))
    return nullptr;
  return llvm::MemoryBuffer::getMemBufferCopy(object, "kernel");
}

void ObjectCache::store(StringRef source,
                        const llvm::MemoryBuffer &object) const {
  if (directory.empty())
    return;
  // Processes at the same time write files of their own; renaming is atomic.
  // Not by llvm::sys::fs::TempFile, which handles signals that are Python's.
  int fd;
  SmallString<128> temporary;
  if (llvm::sys::fs::createUniqueFile(directory + "/%%%%%%%%.tmp", fd,
                                      temporary))
    return;
  llvm::raw_fd_ostream stream(fd, /*shouldClose=*/true);
  stream << getHeader(source, object.getBuffer()) << object.getBuffer();
  stream.close();
  bool failed = stream.has_error();
  stream.clear_error();
  if (failed || llvm::sys::fs::rename(temporary, getPath(source)))
    llvm::sys::fs::remove(temporary);
}
