// What the engine runs: programs (elementwise register code) and plans (instructions over one arena).
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "nasl_opcodes.h"

/// Buffers are aligned to this many bytes and padded to a multiple of 16 values, so that vectors never need a scalar tail.
enum { NASL_ALIGNMENT = 64 };

// ---- programs -----------------------------------------------------------------------------------------------------------------

/// One operation of a program on registers: `dst = op(a, b, c)`.
typedef struct nasl_step {
    uint16_t op, dst, a, b, c;
} nasl_step;

/// Elementwise register code. A register is a block of `block` values. The first registers are the inputs, then the constants.
typedef struct nasl_program {
    const nasl_step *steps;
    const double *constants;
    const uint16_t *outputs;  ///< the register of each output
    int32_t step_count;
    int32_t uniform_count;  ///< the first steps depend on scalars and constants only and run once
    int32_t input_count, constant_count, output_count, register_count;
    int32_t block;  ///< values in a register, a multiple of 64
} nasl_program;

/// How an input of a program lies in memory, or what becomes of an output.
enum {
    NASL_UNUSED = 0,
    NASL_FULL = 1,     ///< one value for each element; an output's register is the memory itself
    NASL_SCALAR = 2,   ///< one value for all; an output is summed
    NASL_COLUMNS = 3,  ///< element i has value i % period; an output is summed over the rows
    NASL_ROWS = 4,     ///< element i has value i / period; an output is summed over the columns
    NASL_COPIED = 5,   ///< an output stored (or added) at the end of a block, since its place is still read or is added to
};

typedef struct nasl_operand {
    int64_t at;      ///< byte offset in the arena
    int64_t period;  ///< for columns and rows
    int32_t kind;
    int32_t accumulate;  ///< an output is added to what is there
} nasl_operand;

// ---- plans --------------------------------------------------------------------------------------------------------------------

/// Up to this depth, and up to this many values of the right factor, products are done here and not by a library.
enum { NASL_SMALL_PRODUCT_DEPTH = 1024, NASL_SMALL_PRODUCT_FACTOR = 65536 };

typedef enum nasl_kernel {
    NASL_GEMM,
    NASL_ELEMENTWISE,
    NASL_FILL,
    NASL_COPY_COLUMNS,
    NASL_SUM,
    NASL_SUM_GRADIENT,
    NASL_COLUMN_SUM,
    NASL_EMBEDDING,
    NASL_EMBEDDING_GRADIENT,
    NASL_EMBEDDING_SUM,
    NASL_EMBEDDING_SUM_GRADIENT,
    NASL_CROSS_ENTROPY,
    NASL_CROSS_ENTROPY_GRADIENT,
    NASL_CORRECT,
    NASL_LOG_SOFTMAX,
    NASL_LOG_SOFTMAX_GRADIENT,
    NASL_LSTM,
    NASL_LSTM_GRADIENT,
    NASL_PAD,
    NASL_CONVOLUTION,
    NASL_FLIP_FILTERS,
    NASL_FILTER_GRADIENT,
    NASL_MAX_POOL,
    NASL_MAX_POOL_GRADIENT,
    NASL_AVERAGE_POOL,
    NASL_AVERAGE_POOL_GRADIENT,
    NASL_BATCH_NORM,
    NASL_BATCH_NORM_GRADIENT,
    NASL_LAYER_NORM,
    NASL_LAYER_NORM_GRADIENT,
    NASL_COPY_BLOCK,
    NASL_TRANSPOSE,
    NASL_GATHER,
    NASL_GATHER_GRADIENT,
} nasl_kernel;

/// One step of a plan. What the operands mean is said at each kernel.
typedef struct nasl_instruction {
    int32_t kernel;
    int32_t flags;
    int64_t at[8];    ///< byte offsets in the arena, -1 where there is none
    int64_t size[12];  ///< rows, columns, ...
    double value[4];
} nasl_instruction;

typedef void (*nasl_sgemm)(int order, int transA, int transB, int m, int n, int k, float alpha, const float *a, int lda, const float *b,
                           int ldb, float beta, float *c, int ldc);
typedef void (*nasl_dgemm)(int order, int transA, int transB, int m, int n, int k, double alpha, const double *a, int lda,
                           const double *b, int ldb, double beta, double *c, int ldc);

typedef struct nasl_plan {
    const nasl_instruction *instructions;
    const nasl_program *programs;
    const nasl_operand *operands;
    char *arena;
    char *scratch;  ///< at least as large as the programs and rows need
    const uint64_t *key;  ///< two numbers on which all random draws depend: a seed and the step
    nasl_sgemm sgemm;
    nasl_dgemm dgemm;
} nasl_plan;

/// One masked choice to be drawn: among `count` alternatives, whose logits begin at `column` of their row and whose logarithms of priors
/// begin at `priors` of a table; none where `count` is 0.
typedef struct nasl_draw {
    int32_t column, priors, count;
    int32_t choice;   ///< drawn
    double point;     ///< uniform in [0, 1)
    double log_p;     ///< of what is drawn
} nasl_draw;

/// A masked choice that was made, and what it is worth.
typedef struct nasl_choice {
    int32_t column, priors, count;  ///< as for a draw
    int32_t taken;
    double advantage, entropy_weight;
    double log_p;  ///< of what was taken
} nasl_choice;

// ---- tables of kernels ----------------------------------------------------------------------------------------------------------

/// The kernels compiled for one instruction set.
typedef struct nasl_kernels {
    const char *name;  ///< "reference", "base", "avx2", "avx512"
    /// Runs `count` instructions from `first`.
    void (*run)(const nasl_plan *plan, int64_t first, int64_t count);
    /// Runs a program on `count` elements; inputs, then outputs, stand in `operands`, their places relative to `arena`. Its random draws
    /// depend on `key` (two numbers).
    void (*program)(const nasl_program *program, const nasl_operand *operands, char *arena, char *scratch, const uint64_t *key, int64_t count);
    /// One operation on `count` elements (a multiple of 16), for tests and benchmarks.
    void (*map)(int32_t op, int64_t count, void *dst, const void *a, const void *b, const void *c);
    /// Draws one choice in each of `rows` rows of `columns` logits, with the probabilities softmax(logits + priors). `scratch` holds two
    /// padded rows; what lies behind the logits and the priors may be read.
    void (*draw)(const void *logits, int64_t columns, const void *priors, nasl_draw *draws, int64_t rows, char *scratch);
    /// The loss of the choices made in these rows of logits: what  -advantage * log p(taken) - entropy_weight * H(p)  sum to is added to
    /// `loss`, its derivatives by the logits are put into `slopes`. With `slopes` NULL only log p(taken) is found, as always. A row whose
    /// `count` is 0 counts nothing. `scratch` holds 32 padded rows; what lies behind logits and priors may be read.
    void (*judge)(const void *logits, int64_t columns, const void *priors, nasl_choice *choices, int64_t rows, void *slopes, double *loss, char *scratch);
} nasl_kernels;

/// The float tables this machine can run, best last; NULL past the end. Number 0 is "reference", 1 is "base".
const nasl_kernels *nasl_float_kernels(int32_t index);
/// The one table in double precision.
const nasl_kernels *nasl_double_kernels(void);
/// The table of that name, or NULL; the best of all where `name` is NULL.
const nasl_kernels *nasl_float_kernels_named(const char *name);

/// Bytes of scratch that a program needs, for values of `width` bytes.
int64_t nasl_program_scratch(const nasl_program *program, int64_t width);

// Plain matrix products, for where results must not depend on the BLAS library.
void nasl_reference_sgemm(int order, int transA, int transB, int m, int n, int k, float alpha, const float *a, int lda, const float *b,
                          int ldb, float beta, float *c, int ldc);
void nasl_reference_dgemm(int order, int transA, int transB, int m, int n, int k, double alpha, const double *a, int lda,
                          const double *b, int ldb, double beta, double *c, int ldc);
