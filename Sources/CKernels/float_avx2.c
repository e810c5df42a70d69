// Single precision in vectors of AVX2 and fused multiply-add.
#include <math.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define NAME(name) name##_float_avx2
#define KERNEL_SET "avx2"
#define REAL float
#define WIDTH 8
#define GEMM sgemm
#define HAS_FMA 1
#define HAS_ROUNDING 1
#include "kernels/all.h"
#pragma clang attribute pop
#endif
