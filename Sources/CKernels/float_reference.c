// Single precision on the C library's functions.
#include <math.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

#define NAME(name) name##_float_reference
#define KERNEL_SET "reference"
#define REAL float
#define WIDTH 1
#define GEMM sgemm
#define HAS_FMA 0
#define HAS_ROUNDING 0
#include "kernels/all.h"
