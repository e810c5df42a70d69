// Plain matrix products: each element is summed in the order of k, whatever the machine.
#include <stddef.h>
#include "include/nasl_kernels.h"

#pragma clang fp contract(off)

enum { COLUMN_MAJOR = 102, PLAIN = 111 };

#define DEFINE_GEMM(function, REAL)                                                                                                   \
    void function(int order, int transA, int transB, int m, int n, int k, REAL alpha, const REAL *a, int lda, const REAL *b, int ldb, \
                  REAL beta, REAL *c, int ldc) {                                                                                      \
        if (order == COLUMN_MAJOR) {                                                                                                  \
            function(101, transB, transA, n, m, k, alpha, b, ldb, a, lda, beta, c, ldc);                                              \
            return;                                                                                                                   \
        }                                                                                                                             \
        for (ptrdiff_t i = 0; i < m; i++) {                                                                                           \
            REAL *row = c + i * ldc;                                                                                                  \
            for (ptrdiff_t j = 0; j < n; j++) row[j] = beta == 0 ? 0 : beta * row[j];                                                 \
            for (ptrdiff_t p = 0; p < k; p++) {                                                                                       \
                const REAL factor = alpha * (transA == PLAIN ? a[i * lda + p] : a[p * lda + i]);                                      \
                if (transB == PLAIN)                                                                                                  \
                    for (ptrdiff_t j = 0; j < n; j++) row[j] += factor * b[p * ldb + j];                                              \
                else                                                                                                                  \
                    for (ptrdiff_t j = 0; j < n; j++) row[j] += factor * b[j * ldb + p];                                              \
            }                                                                                                                         \
        }                                                                                                                             \
    }

DEFINE_GEMM(nasl_reference_sgemm, float)
DEFINE_GEMM(nasl_reference_dgemm, double)
