/*===- Failure.c - Run-time errors and who hears of them ------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "Internal.h"

#include <stdio.h>
#include <stdlib.h>

static void printFailure(const char *message, void *userData) {
  (void)userData;
  fprintf(stderr, "ditto: %s\n", message);
}

/* Handler and data change together, hence the lock. */
static atomic_flag handlerLock = ATOMIC_FLAG_INIT;
static DittoRuntimeFailureHandler failureHandler = printFailure;
static void *failureUserData;

void dittoRuntimeSetFailureHandler(DittoRuntimeFailureHandler handler,
                                   void *userData) {
  dittoLock(&handlerLock);
  failureHandler = handler ? handler : printFailure;
  failureUserData = userData;
  dittoUnlock(&handlerLock);
}

_Noreturn void dittoFailWithMessage(const char *message) {
  struct DittoInvocation *invocation = dittoCurrentInvocation;
  if (invocation) {
    if (invocation->messageSize)
      snprintf(invocation->message, invocation->messageSize, "%s", message);
    longjmp(invocation->failure, 1);
  }
  dittoLock(&handlerLock);
  DittoRuntimeFailureHandler handler = failureHandler;
  void *userData = failureUserData;
  dittoUnlock(&handlerLock);
  handler(message, userData);
  abort();
}

/** The printf format of error `code`, or null. */
static const char *lookUpFormat(int64_t code) {
  switch (code) {
#define DITTO_RUNTIME_ERROR(name, code, message)                               \
  case code:                                                                   \
    return message;
#include "ditto/Runtime/Errors.def"
  default:
    return NULL;
  }
}

_Noreturn void dittoRuntimeFail(int64_t code, int64_t a, int64_t b, int64_t c) {
  char message[256];
  const char *format = lookUpFormat(code);
  if (format)
    snprintf(message, sizeof(message), format, (long long)a, (long long)b,
             (long long)c);
  else
    snprintf(message, sizeof(message),
             "unknown run-time error %lld (%lld, %lld, %lld): the code was "
             "compiled for a newer ditto runtime",
             (long long)code, (long long)a, (long long)b, (long long)c);
  dittoFailWithMessage(message);
}

_Noreturn void dittoRuntimeFailAssert(const char *message) {
  dittoFailWithMessage(message);
}
