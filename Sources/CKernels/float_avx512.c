// Single precision in vectors of AVX-512.
#include <math.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,no-prefer-256-bit"))), apply_to = function)

#define NAME(name) name##_float_avx512
#define KERNEL_SET "avx512"
#define REAL float
#define WIDTH 16
#define GEMM sgemm
#define HAS_FMA 1
#define HAS_ROUNDING 1
#include "kernels/all.h"
#pragma clang attribute pop
#endif
