/*===- Invocation.c - Calls that a run-time error can end -----------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "Internal.h"

_Thread_local struct DittoInvocation *dittoCurrentInvocation;

/** Whether `function` ended without a run-time error. A function of its own, so
    that no local variable changes between setjmp and longjmp. */
static int runToTheEnd(struct DittoInvocation *invocation,
                       void (*function)(void *), void *argument) {
  if (setjmp(invocation->failure))
    return 0;
  function(argument);
  return 1;
}

int dittoRuntimeCall(void (*function)(void *), void *argument, char *message,
                     size_t messageSize) {
  struct DittoInvocation invocation;
  invocation.outer = dittoCurrentInvocation;
  invocation.blocks.previous = invocation.blocks.next = &invocation.blocks;
  atomic_flag_clear(&invocation.lock);
  invocation.message = message;
  invocation.messageSize = messageSize;

  dittoCurrentInvocation = &invocation;
  int ended = runToTheEnd(&invocation, function, argument);
  dittoCurrentInvocation = invocation.outer;

  if (!ended) {
    dittoFreeBlocks(&invocation);
    return 1;
  }
  dittoHandOverBlocks(&invocation);
  return 0;
}
