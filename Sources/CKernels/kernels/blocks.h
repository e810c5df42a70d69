// Moving blocks of up to four axes.

// at: result, from; size: batch, rows, columns, length, then how far apart (in values) batches, rows and columns lie in the result, then in
// `from`; flag 1 adds.
static void NAME(copy_block)(const nasl_instruction *in, char *arena) {
    REAL *result = (REAL *)(arena + in->at[0]);
    const REAL *source = (const REAL *)(arena + in->at[1]);
    const int64_t *s = in->size;
    for (int64_t b = 0; b < s[0]; b++)
        for (int64_t y = 0; y < s[1]; y++)
            for (int64_t x = 0; x < s[2]; x++) {
                REAL *restrict to = result + b * s[4] + y * s[5] + x * s[6];
                const REAL *restrict from = source + b * s[7] + y * s[8] + x * s[9];
                if (in->flags & 1)
                    for (int64_t j = 0; j < s[3]; j++) to[j] += from[j];
                else
                    for (int64_t j = 0; j < s[3]; j++) to[j] = from[j];
            }
}

// at: result, from; size: rows, columns of `from`; flag 1 adds.
static void NAME(transpose)(const nasl_instruction *in, char *arena) {
    REAL *restrict to = (REAL *)(arena + in->at[0]);
    const REAL *restrict from = (const REAL *)(arena + in->at[1]);
    const int64_t rows = in->size[0], columns = in->size[1];
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) {
            if (in->flags & 1) to[j * rows + i] += from[i * columns + j];
            else to[j * rows + i] = from[i * columns + j];
        }
}

// at: result, x, indices; size: rows, columns. One value of each row; NaN where there is none of that number.
static void NAME(gather)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const REAL *from = (const REAL *)(arena + in->at[1]);
    const int32_t *indices = (const int32_t *)(arena + in->at[2]);
    for (int64_t i = 0; i < in->size[0]; i++) {
        const int fits = indices[i] >= 0 && indices[i] < in->size[1];
        to[i] = fits ? from[i * in->size[1] + indices[i]] : (REAL)__builtin_nan("");
    }
}

// at: gradient, indices, adjoint; size: rows, columns. Always adds.
static void NAME(gather_gradient)(const nasl_instruction *in, char *arena) {
    REAL *to = (REAL *)(arena + in->at[0]);
    const int32_t *indices = (const int32_t *)(arena + in->at[1]);
    const REAL *adjoint = (const REAL *)(arena + in->at[2]);
    for (int64_t i = 0; i < in->size[0]; i++)
        if (indices[i] >= 0 && indices[i] < in->size[1]) to[i * in->size[1] + indices[i]] += adjoint[i];
}
