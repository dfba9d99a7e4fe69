/*===- RoundToBF16.c - The C functions that LLVM rounds to bf16 with ------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "ditto/Runtime/Runtime.h"

#include <math.h>
#include <string.h>

static uint32_t toBits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  return bits;
}

static float fromBits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof(value));
  return value;
}

float __truncsfbf2(float value) {
  uint32_t bits = toBits(value);
  if (isnan(value))
    return fromBits(bits >> 16 | 0x40);
  uint32_t isOdd = bits >> 16 & 1;
  return fromBits((bits + 0x7fff + isOdd) >> 16);
}

float __truncdfbf2(double value) {
  float rounded = (float)value;
  uint32_t bits = toBits(rounded);
  /* Rounding twice to nearest may go wrong at a tie that the first rounding
     makes. Truncating first, with the last bit set if anything was lost, makes
     none. */
  if (rounded != value && !isnan(value)) {
    if (fabs((double)rounded) > fabs(value))
      --bits;
    bits |= 1;
  }
  return __truncsfbf2(fromBits(bits));
}
