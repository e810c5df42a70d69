// The tables that the inclusions of all.h define.
#pragma once
extern const nasl_kernels nasl_kernels_double, nasl_kernels_float_reference, nasl_kernels_float_base;
#if defined(__x86_64__)
extern const nasl_kernels nasl_kernels_float_avx2, nasl_kernels_float_avx512;
#endif
