/* vector.h: for functions that are plain loops over columns: built once more for processors with AVX2, and chosen when
 * the program starts. Results are the same. */

#pragma once

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MQ_VECTOR __attribute__ ((optimize ("O3"), target_clones ("avx2", "default")))
#else
#define MQ_VECTOR
#endif
