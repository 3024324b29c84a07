/* fuzz.h: what a target defines: aborts where something is wrong, returns 0. */

#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
