// Double precision on the C library's functions: the reference.
#include <math.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

#define NAME(name) name##_double
#define KERNEL_SET "double"
#define REAL double
#define WIDTH 1
#define GEMM dgemm
#define HAS_FMA 0
#define HAS_ROUNDING 0
#include "kernels/all.h"
