// Matrix products of the sizes that small networks have, where a library's copying and dispatch would cost as much as the product.

#if WIDTH >= 8
#define OWN_GEMM 1
// All rows of one panel of `vectors` vectors.
INLINE void panel(const int vectors, int64_t m, int64_t k, const REAL *a, int64_t rs, int64_t cs, const REAL *b, int64_t ldb,
                  const REAL *start, int64_t start_stride, REAL *c, int64_t ldc, int64_t last) {
    int64_t i = 0;
#define TILE(rows)                                                                                                                  \
    tile(rows, vectors, 1, k, a + i * rs, rs, cs, 0, b, ldb, 0, start ? start + i * start_stride : start, start_stride, c + i * ldc, ldc, last)
    if (2 * vectors <= TILE_VECTORS)
        for (; i + LONG_TILE <= m; i += LONG_TILE) TILE(LONG_TILE);
    for (; i + TILE_ROWS <= m; i += TILE_ROWS) TILE(TILE_ROWS);
    for (; i + 4 <= m; i += 4) TILE(4);
    for (; i + 2 <= m; i += 2) TILE(2);
    if (i < m) TILE(1);
#undef TILE
}

#if WIDTH == 16
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#else
#define ZIP_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#endif

// Column j0 + j of the panel is row j0 + j of b: a square of WIDTH rows is transposed by shuffling it log2(WIDTH) times.
static void NAME(pack_transposed)(REAL *to, int64_t width, const REAL *b, int64_t ldb, int64_t columns, int64_t k) {
    for (int64_t j = 0; j < width; j += WIDTH)
        for (int64_t p = 0; p < k; p += WIDTH) {
            V square[WIDTH], other[WIDTH];
            for (int r = 0; r < WIDTH; r++) square[r] = load(b + (j + r < columns ? j + r : columns - 1) * ldb + p);
            for (int step = 1; step < WIDTH; step *= 2) {
                for (int r = 0; r < WIDTH / 2; r++) {
                    other[2 * r] = ZIP_LOW(square[r], square[r + WIDTH / 2]);
                    other[2 * r + 1] = ZIP_HIGH(square[r], square[r + WIDTH / 2]);
                }
                for (int r = 0; r < WIDTH; r++) square[r] = other[r];
            }
            for (int r = 0; r < WIDTH && p + r < k; r++) store(to + (p + r) * width + j, square[r]);
        }
}

// c (+)= op(a) op(b), or + a row; see run.h. Says 0 where a library does better.
static int NAME(small_gemm)(int transA, int transB, int64_t m, int64_t n, int64_t k, const REAL *a, const REAL *b, const REAL *row,
                            int accumulate, REAL *c, char *scratch) {
    if (k > NASL_SMALL_PRODUCT_DEPTH || n * k > NASL_SMALL_PRODUCT_FACTOR) return 0;
    const int64_t rs = transA ? 1 : k, cs = transA ? m : 1;
    REAL *packed = (REAL *)scratch;
    for (int64_t j = 0; j < n;) {
        int64_t vectors = (n - j + WIDTH - 1) / WIDTH;
        if (vectors > TILE_VECTORS) vectors = TILE_VECTORS;
        const int64_t width = vectors * WIDTH;
        int64_t last = n - j < width ? n - j - (vectors - 1) * WIDTH : WIDTH;
        if (last < WIDTH && n >= width && !accumulate) {
            // Some columns are computed twice, with the same result, instead of stored one by one.
            j = n - width;
            last = WIDTH;
        }
        const REAL *right = b + j;
        int64_t ldb = n;
        if (transB) {
            NAME(pack_transposed)(packed, width, b + j * k, k, n - j, k);
            right = packed;
            ldb = width;
        }
        const REAL *start = accumulate ? c + j : row ? row + j : 0;
        const int64_t start_stride = accumulate ? n : 0;
        switch (vectors) {
        case 1: panel(1, m, k, a, rs, cs, right, ldb, start, start_stride, c + j, n, last); break;
        case 2: panel(2, m, k, a, rs, cs, right, ldb, start, start_stride, c + j, n, last); break;
#if WIDTH == 16
        case 3: panel(3, m, k, a, rs, cs, right, ldb, start, start_stride, c + j, n, last); break;
        case 4: panel(4, m, k, a, rs, cs, right, ldb, start, start_stride, c + j, n, last); break;
#endif
        }
        j += width;
    }
    return 1;
}
#else
#define OWN_GEMM 0
#endif
