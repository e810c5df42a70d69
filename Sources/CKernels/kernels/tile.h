// Tiles of a product: a block of the result is held in registers while one runs through the products of its sums (Goto & van de Geijn,
// "Anatomy of High-Performance Matrix Multiplication", 2008, without its outer blocking: here the right factor fits into the second cache).

// Vectors side by side and rows in a tile: as many as there are registers for.
enum { TILE_VECTORS = WIDTH == 16 ? 4 : 2, LONG_TILE = WIDTH == 16 ? 12 : 6, TILE_ROWS = 6 };

// One tile: c = start + a b. The sum runs over `segments` stretches of `k` products: in each, a's element (i, p) lies at a[i][p * cs] and b's
// rows are ldb apart; the next stretch begins `as` and `bs` further on. `start` is NULL for zero, a row (stride 0) or c itself. `last` is
// the number of columns wanted of the last vector.
INLINE void tile_of_rows(const int rows, const int vectors, int64_t segments, int64_t k, const REAL *const *a, int64_t cs, int64_t as,
                         const REAL *b, int64_t ldb, int64_t bs, const REAL *start, int64_t start_stride, REAL *c, int64_t ldc, int64_t last) {
    V sum[LONG_TILE][TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sum[r][v] = start ? load(start + r * start_stride + v * WIDTH) : ZERO;
    for (int64_t s = 0, from = 0; s < segments; s++, from += as, b += bs)
        for (int64_t p = 0; p < k; p++) {
            V right[TILE_VECTORS];
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) right[v] = load(b + p * ldb + v * WIDTH);
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++) {
                const V left = (V)a[r][from + p * cs];
#pragma clang loop unroll(full)
                for (int v = 0; v < vectors; v++) sum[r][v] = left * right[v] + sum[r][v];
            }
        }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors - 1; v++) store(c + r * ldc + v * WIDTH, sum[r][v]);
        REAL *end = c + r * ldc + (vectors - 1) * WIDTH;
        if (last == WIDTH) {
            store(end, sum[r][vectors - 1]);
        } else {
            REAL lanes[WIDTH];
            store(lanes, sum[r][vectors - 1]);
            for (int64_t j = 0; j < last; j++) end[j] = lanes[j];
        }
    }
}

// The same, where the rows of a are `rs` apart.
INLINE void tile(const int rows, const int vectors, int64_t segments, int64_t k, const REAL *a, int64_t rs, int64_t cs, int64_t as,
                 const REAL *b, int64_t ldb, int64_t bs, const REAL *start, int64_t start_stride, REAL *c, int64_t ldc, int64_t last) {
    const REAL *at[LONG_TILE];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) at[r] = a + r * rs;
    tile_of_rows(rows, vectors, segments, k, at, cs, as, b, ldb, bs, start, start_stride, c, ldc, last);
}
