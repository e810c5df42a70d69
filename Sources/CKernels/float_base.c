// Single precision in vectors of what every CPU of the family has.
#include <math.h>
#include "include/nasl_kernels.h"
#include "kernels/tables.h"

#define NAME(name) name##_float_base
#define KERNEL_SET "base"
#define REAL float
#define WIDTH 4
#define GEMM sgemm
#define HAS_FMA 0
#define HAS_ROUNDING 0
#include "kernels/all.h"
